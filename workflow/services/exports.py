"""What left the house in a file is kept with the person who took it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, live_roles, may
from accounts.clock import now
from accounts.models import User
from accounts.roles import ROLES
from workflow.engine import journal
from workflow.models import JournalLine


def note_export(
    *, actor: User, name: str, filters: Mapping[str, Any], rows: int, file_format: str
) -> JournalLine:
    """A line in the person's own chain: which list, how narrowed, how many rows, which format.

    Raises ``PermissionDenied`` when no posting of today allows exporting.
    """
    with transaction.atomic():
        forget(actor)
        if not may(actor, "export_records"):
            raise PermissionDenied(_("Your posting does not allow exporting lists."))
        roles = live_roles(actor)
        held = "、".join(str(role.label) for code, role in ROLES.items() if code in roles)
        data = {"list": name, "filters": dict(filters), "rows": rows, "format": file_format}
        return journal.append(
            actor, verb="records.exported", actor=actor, acted_at=now(), actor_role=held[:100],
            data=data,
        )  # fmt: skip
