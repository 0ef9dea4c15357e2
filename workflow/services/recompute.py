"""After the calendar or the rules changed: which open limits move, and moving them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, live_roles, may
from accounts.clock import now
from accounts.models import User
from accounts.roles import ROLES
from workflow.clocks import store
from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.deadlines import answer_for, choose_rule, recompute
from workflow.clocks.sane import day_of
from workflow.engine import journal
from workflow.engine.acts import record_act
from workflow.engine.locking import lock
from workflow.models import Case, Deadline, Lead, Transfer

CHUNK = 500


def record_of(deadline: Deadline) -> Any:
    """The record on which an act about the limit is written: its own, else its case or lead."""
    for model in (Transfer, Case, Lead):
        if deadline.record_type == model._meta.label_lower:
            return model._base_manager.get(pk=deadline.record_id)
    return deadline.case or deadline.lead


@dataclass(frozen=True, slots=True)
class Shift:
    """So many open limits of one clock would move from one date to another, no record named.

    ``guess`` says that the new date still rests on a year nobody has entered.
    """

    code: str
    name: str
    before: date | None
    after: date | None
    guess: bool
    count: int


def dry_run() -> list[Shift]:
    """What would move now, counted by clock and dates; writes nothing.

    Those who keep the settings see no case: hence numbers, and no record.
    """
    found: Counter[tuple[str, str, date | None, date | None, bool]] = Counter()
    for deadline, before, guess in _moved(store.work_calendar()):
        if deadline.due_on != before or deadline.is_guess != guess:
            name = deadline.rule.name
            found[deadline.code, name, before, deadline.due_on, deadline.is_guess] += 1
    rows = [Shift(*key, count) for key, count in found.items()]
    return sorted(rows, key=lambda row: (row.code, row.before or date.max, row.after or date.max))


def _moved(calendar: WorkCalendar) -> Iterator[tuple[Deadline, date | None, bool]]:
    """Open limits as they would stand, each with its stored date; nothing is saved."""
    rows = Deadline.objects.filter(state__in=Deadline.OPEN).select_related("rule")
    rows = rows.prefetch_related("pauses", "extensions").order_by("pk")
    book = store.rulebook()
    for deadline in rows.iterator(chunk_size=CHUNK):
        before, guess, rule = deadline.due_on, deadline.is_guess, deadline.rule_id
        choose_rule(deadline, book=book)
        answer = answer_for(deadline, calendar=calendar)
        deadline.due_on = day_of(answer.due) if answer.due is not None else None
        deadline.is_guess = answer.is_guess
        if (deadline.due_on, deadline.is_guess, deadline.rule_id) != (before, guess, rule):
            yield deadline, before, guess


def recompute_all(*, by: User) -> int:
    """Move every open limit to where calendar and rules now put it; returns how many moved.

    Each in its own transaction under its record's lock, with a line in the record's journal, so
    that one may stop half way and go on. Raises ``PermissionDenied`` without ``manage_settings``.
    """
    forget(by)
    if not may(by, "manage_settings"):
        raise PermissionDenied(_("Your posting does not allow this."))
    calendar = store.work_calendar()
    keys = [deadline.pk for deadline, _before, _guess in _moved(calendar)]
    moved = sum(_recompute_one(pk, calendar) for pk in keys)
    roles = "、".join(str(ROLES[code].label) for code in ROLES if code in live_roles(by))
    with transaction.atomic():
        journal.append(
            by, verb="clock.recomputed", actor=by, acted_at=now(), actor_role=roles[:100],
            data={"moved": moved},
        )  # fmt: skip
    return moved


def _recompute_one(pk: int, calendar: WorkCalendar) -> int:
    with transaction.atomic():
        record = lock(record_of(Deadline.objects.select_related("case", "lead").get(pk=pk)))
        rows = Deadline.objects.select_for_update(of=("self",)).select_related("rule")
        deadline = rows.get(pk=pk)
        if not deadline.is_open:
            return 0
        before = (deadline.due_on, deadline.is_guess, deadline.rule_id)
        choose_rule(deadline)
        recompute(deadline, calendar=calendar)
        if (deadline.due_on, deadline.is_guess, deadline.rule_id) == before:
            return 0
        record_act(
            record, "clock.recomputed", actor=None,
            reason=_("The work calendar or the rules were changed."),
            data={
                "deadline": pk, "code": deadline.code, "from": before[0], "to": deadline.due_on,
            },
        )  # fmt: skip
        return 1
