"""Acts that move nothing: the same rights, dates, journal and clocks as a transition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import forget, has_act
from accounts.clock import now
from accounts.models import User
from workflow.engine.approvals import void_if_changed
from workflow.engine.dates import date_refusals
from workflow.engine.lines import follow_line, write_line
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine
from workflow.models.scope import sees
from workflow.plugin import Refusal


def begin(
    record: Any,
    *,
    actor: User,
    permission: str,
    acted_at: datetime | None = None,
    late_reason: str = "",
    states: tuple[str, ...] = (),
) -> Any:
    """Lock the record for an act of ``actor`` and return it fresh. Must be inside ``atomic()``.

    Raises ``TransitionRefused`` when the record is out of scope, the posting does not allow
    ``permission`` in its unit, the record is not in one of ``states``, or the date cannot be.
    """
    locked = lock(record)
    forget(actor)
    if not sees(actor, locked):
        raise TransitionRefused([Refusal("out_of_scope", _("You have no access to this record."))])
    if not has_act(actor, permission, locked.scope_unit_id):
        message = _("Your posting does not allow this in the unit of the record.")
        raise TransitionRefused([Refusal("no_permission", message)])
    if states and locked.state not in states:
        message = _("Not possible while the record stands at “%(state)s”.")
        refusal = Refusal("wrong_state", message % {"state": locked.get_state_display()})
        raise TransitionRefused([refusal])
    if acted_at and (wrong := _wrong_dates(locked, acted_at, late_reason)):
        raise TransitionRefused(wrong)
    return locked


def record_act(
    record: Any,
    verb: str,
    *,
    actor: User | None,
    data: Mapping[str, Any] | None = None,
    acted_at: datetime | None = None,
    reason: str = "",
    late_reason: str = "",
    corrects: JournalLine | None = None,
) -> JournalLine:
    """Write the journal line of an act on a locked record, and let the clocks follow it.

    Afterwards the record's version has grown and approvals of what changed are void.
    """
    line = write_line(
        record,
        verb=verb,
        actor=actor,
        acted_at=acted_at or now(),
        data=data,
        reason=reason,
        late_reason=late_reason,
        corrects=corrects,
    )
    follow_line(line)
    record.version += 1
    record.updated_at = now()
    record.save(update_fields=["version", "updated_at"])
    if actor is not None:
        void_if_changed(record, actor=actor)
    return line


def _wrong_dates(record: Any, acted_at: datetime, late_reason: str) -> list[Refusal]:
    """As for a transition, but an act beside the machine may be older than the last move."""
    found = date_refusals(record, acted_at, late_reason, now=now())
    return [refusal for refusal in found if refusal.code != "before_previous"]
