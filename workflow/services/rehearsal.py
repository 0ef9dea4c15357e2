"""What an act would do to the limits of a file: done, looked at, and undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from workflow.clocks.deadlines import answer_for
from workflow.clocks.rule import Answer
from workflow.clocks.wording import shown
from workflow.models import Case, Deadline, Lead


@dataclass(frozen=True)
class Move:
    """What an act would do to one limit: its date and state before and after, and warnings.

    ``before`` is None for a limit that the act starts.
    """

    deadline: Deadline
    before: Deadline | None
    answer: Answer

    @property
    def moved(self) -> bool:
        """Whether the date or the state is another one."""
        return self.before is None or _shape(self.deadline) != _shape(self.before)

    @property
    def warnings(self) -> list[str]:
        return [warning.render(day=shown) for warning in self.answer.warnings]


def rehearse(record: Any, act: Callable[[], Any], *, about: Deadline | None = None) -> list[Move]:
    """Do the act, see which limits of the record's file it moves, and undo all of it.

    ``about`` is listed even when it does not move. Raises what the act raises.
    """
    with transaction.atomic():
        before = {limit.pk: limit for limit in _limits_of(record)}
        act()
        found = [
            Move(limit, before.get(limit.pk), answer_for(limit)) for limit in _limits_of(record)
        ]
        transaction.set_rollback(True)
    return [m for m in found if m.moved or (about is not None and m.deadline.pk == about.pk)]


def _limits_of(record: Any) -> list[Deadline]:
    rows = Deadline.objects.select_related("rule", "party__party").order_by("pk")
    if isinstance(record, Case):
        return list(rows.filter(case=record))
    if isinstance(record, Lead):
        return list(rows.filter(lead=record))
    return list(rows.filter(record_type=record._meta.label_lower, record_id=record.pk))


def _shape(limit: Deadline) -> tuple[Any, ...]:
    return limit.due_on, limit.due_at, limit.later_due_on, limit.left, limit.state, limit.starts_at
