"""A campaign's file uploaded in the browser: tried first, then kept."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from accounts.access import forget, may
from accounts.clock import now
from accounts.models import User
from workflow.engine import journal
from workflow.models import Campaign
from workflow.services.campaigns import load_campaign


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file makes: the campaign as it would stand, and (number, name, lead unit, units)."""

    campaign: Campaign
    is_new: bool
    categories: list[tuple[int, str, str, int]]


def upload_campaign(text: str, *, actor: User, keep: bool) -> Loaded:
    """Load the campaign of a file; without ``keep`` everything is tried and nothing stays.

    Raises ``PermissionDenied``, and ``ValidationError`` with a message per row that is wrong.
    """
    forget(actor)
    if not may(actor, "manage_campaigns"):
        raise PermissionDenied(_("Your posting does not allow this."))
    try:
        with transaction.atomic():
            before = set(Campaign.objects.values_list("pk", flat=True))
            campaign = _load(text)
            loaded = Loaded(campaign, campaign.pk not in before, _categories(campaign))
            roles = ""
            journal.append(
                campaign, verb="campaign.loaded", actor=actor, acted_at=now(), actor_role=roles,
                data={"code": campaign.code, "categories": len(loaded.categories)},
            )  # fmt: skip
            if not keep:
                transaction.set_rollback(True)
    except KeyError as error:
        message = _("The entry “%(name)s” is missing.") % {"name": error.args[0]}
        raise ValidationError(message) from error
    except (TypeError, AttributeError) as error:
        message = _("The file has another shape than a campaign's: see the one of another year.")
        raise ValidationError(message) from error
    except (DatabaseError, ValueError) as error:
        message = _("A value in the file cannot be: %(why)s")
        raise ValidationError(message % {"why": error}) from error
    return loaded


def _load(text: str) -> Campaign:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "campaign.json"
        path.write_text(text, encoding="utf-8")
        return load_campaign(path)


def _categories(campaign: Campaign) -> list[tuple[int, str, str, int]]:
    rows = campaign.categories.select_related("lead_unit").prefetch_related("responsible_units")
    return [
        (row.number, row.name, str(row.lead_unit), len(row.responsible_units.all()))
        for row in rows.order_by("number")
    ]
