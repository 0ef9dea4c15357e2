"""Files from before the system: records in the state they reached, one line for every past act.

The guards of a past act are not asked: it happened, under the law of its day. What is kept is when
it happened, that it was taken over, from which file and row; the limits follow from these dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.engine.lines import follow_line, write_line
from workflow.models import JournalLine
from workflow.models.journal import TAKEN_OVER
from workflow.numbering import take_over_number


@dataclass(frozen=True, slots=True)
class Source:
    """Who takes over, in which role, from which file; ``digest`` is of the row as it was read."""

    actor: User
    role: str
    file: str
    row: int
    digest: str


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act of the past: its verb, its day, the states it led between, what it was about."""

    verb: str
    acted_at: datetime
    source: str = ""
    target: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def take_over(
    record: Any, *, state: str, previous: str, since: datetime, number: str, on: date, by: Source
) -> None:
    """Save a new record in the state it reached; its ``number`` (a class of numbers) is taken.

    Part of the caller's transaction. ``record.number`` is never given out again, and the class
    goes on after it.
    """
    record.__dict__["state"] = state
    record.previous_state, record.state_since = previous, since
    record.created_by = by.actor
    record.save(force_insert=True)
    take_over_number(number, record.number, on=on, unit=record.unit, record=record)


def record_past(record: Any, act: PastAct, *, by: Source) -> JournalLine:
    """One journal line, recorded now with its real date, and the limits that follow from it."""
    line = write_line(
        record,
        verb=TAKEN_OVER,
        actor=by.actor,
        actor_role=by.role,
        acted_at=act.acted_at,
        source=act.source,
        target=act.target,
        data={**act.data, "act": act.verb, "file": by.file, "row": by.row, "digest": by.digest},
        reason=act.reason,
        late_reason=_("Taken over when the system came into use."),
    )
    follow_line(line)
    record.version += 1
    return line


def settle(record: Any) -> None:
    """After its last line: the version counts the acts."""
    record.updated_at = now()
    record.save(update_fields=["version", "updated_at"])


def taken_over_as(record: Any) -> str | None:
    """The digest of the row a record came from; None for one that began here."""
    line = JournalLine.objects.filter(
        record_type=record._meta.label_lower, record_id=record.pk, seq=1, verb=TAKEN_OVER
    ).first()
    return str(line.data.get("digest", "")) if line else None
