"""Limits follow the journal: every line starts, ends, pauses and extends what its verb says.

Called by the engine for each new line, inside its transaction and under the record's lock. A line
that touches no rule costs one query.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from workflow.clocks import changes, conditions, lines, store
from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.correct import correct
from workflow.clocks.deadlines import recompute
from workflow.clocks.rule import ClockError
from workflow.clocks.sane import day_of
from workflow.models.case import Case
from workflow.models.clock import ClockRule
from workflow.models.deadline import Deadline
from workflow.models.journal import JournalLine
from workflow.models.lead import Lead
from workflow.models.party import CaseParty

PAUSE, RESUME, EXTEND, END = "clock.pause", "clock.resume", "clock.extend", "clock.end"
"""Verbs that name one deadline themselves: ``data`` has its number under ``deadline``."""
START = Deadline.BY_HAND
"""The verb that starts a limit by hand: ``data`` has its rule under ``code``."""


def follow(line: JournalLine) -> list[Deadline]:
    """Bring every limit the line touches in line with it; return those that changed.

    Afterwards limits the verb ends are met (late when the act's own date lies after them), those
    it pauses or extends have new dates, and those it starts exist once. Raises ClockError when an
    extension says neither its length nor has a usual one.
    """
    if line.corrects_id is not None:
        return correct(line)
    following = _Following(line)
    if line.act in (PAUSE, RESUME, EXTEND, END):
        return following.one()
    if line.act == START:
        return following.by_hand()
    return [*following.touch(), *following.start()]


def _same(code: str, kind: str, pk: int, party: int | None = None) -> QuerySet[Deadline]:
    rows = Deadline.objects.filter(code=code, record_type=kind, record_id=pk, party_id=party)
    return rows.order_by("pk")


_SAME = Prepared(_same, str, str, int)
_SAME_OF_PARTY = Prepared(_same, str, str, int, int)


@dataclasses.dataclass
class _Following:
    """One line, and what is read for it no more than once."""

    line: JournalLine

    @cached_property
    def book(self) -> store.Rulebook:
        return store.rulebook()

    @cached_property
    def calendar(self) -> WorkCalendar:
        return store.work_calendar()

    @cached_property
    def day(self) -> date:
        return day_of(lines.happened(self.line))

    def touch(self) -> list[Deadline]:
        """What the verb ends, drops, pauses, resumes or extends."""
        codes = self.book.touching.get(self.line.act)
        if not codes:
            return []
        changed = []
        for deadline in self._subjects(codes):
            if self._concerns(deadline) and self._act_on(deadline):
                recompute(deadline, calendar=self.calendar)
                changed.append(deadline)
        return changed

    def _subjects(self, codes: Iterable[str]) -> list[Deadline]:
        found: list[Deadline] = []
        for keyed_by in {row.keyed_by for row in self.book.rows if row.code in codes}:
            if anchor := lines.anchor(keyed_by, self.line):
                rows = Deadline.objects.filter(
                    code__in=codes, record_type=anchor[0], record_id=anchor[1]
                )
                rows = rows.exclude(state=Deadline.State.CANCELLED).select_related("rule")
                found += [row for row in rows.order_by("pk") if row.rule.keyed_by == keyed_by]
        return list({row.pk: row for row in found}.values())

    def _concerns(self, deadline: Deadline) -> bool:
        """A limit of one party is touched by acts on that party, or on the whole case."""
        if deadline.starts_at > self.line.acted_at and day_of(deadline.starts_at) > self.day:
            return deadline.rule.backwards
        named = lines.named_parties(self.line)
        return deadline.party_id is None or not named or deadline.party_id in named

    def _act_on(self, deadline: Deadline) -> bool:
        line, rule = self.line, deadline.rule
        if deadline.is_open and line.act in (*rule.ends_on, *rule.cancels_on):
            changes.end(deadline, line, cancelled=line.act not in rule.ends_on)
            return True
        if line.act in rule.revives_on:
            return changes.revive(deadline)
        if not deadline.is_open and deadline.done_at and line.acted_at > deadline.done_at:
            return False
        changed = False
        if reason := rule.resumes_on.get(line.act):
            changed = changes.resume(deadline, line, reason=reason)
        if reason := rule.pauses_on.get(line.act):
            changed = changes.pause(deadline, line, reason=reason) or changed
        if line.act in rule.extends_on:
            changed = changes.extend(deadline, line)
        return changed

    def start(self) -> list[Deadline]:
        """What the verb starts, by the rule version of the act's own date."""
        begun = []
        for code in sorted(self.book.starting.get(self.line.act, ())):
            row = self._version(code)
            if row is None or (anchor := lines.anchor(row.keyed_by, self.line)) is None:
                continue
            for party_id in self._parties(row):
                if conditions.holds(row.starts_when, self.line, party_id=party_id):
                    begun.append(self._begin(row, anchor, party_id))
        return [deadline for deadline in begun if deadline is not None]

    def _version(self, code: str) -> ClockRule | None:
        row = self.book.row(code, self.day)
        moment = lines.start_of(row, self.line)
        if moment is None:
            return None
        row = self.book.row(code, day_of(moment))
        starts = row.amount is not None and self.line.act in row.starts_on
        return row if starts else None

    def _parties(self, row: ClockRule) -> list[int | None]:
        if row.keyed_by != ClockRule.KeyedBy.PARTY:
            return [None]
        if named := lines.named_parties(self.line):
            return [*sorted(named)]
        parties = CaseParty.objects.standing().filter(case=self.line.case)
        return list(parties.order_by("pk").values_list("pk", flat=True)) or [None]

    def by_hand(self) -> list[Deadline]:
        """A limit that no act starts, beside those of its kind that run already."""
        row = self.book.row(str(self.line.data["code"]), self.day)
        anchor = lines.anchor(row.keyed_by, self.line)
        if anchor is None or not row.starts_by_hand:
            raise ClockError(_("This limit is not started by hand."))
        begun = self._begin(row, anchor, None, beside=True)
        return [begun] if begun else []

    def _begin(
        self, row: ClockRule, anchor: tuple[str, int], party_id: int | None, *, beside: bool = False
    ) -> Deadline | None:
        moment = lines.start_of(row, self.line) or lines.happened(self.line)
        same = (row.code, *anchor)
        earlier: list[Deadline] = (
            _SAME.rows(*same) if party_id is None else _SAME_OF_PARTY.rows(*same, party_id)
        )
        running = next((old for old in earlier if old.is_open and not beside), None)
        if running is not None and not (row.starts_at and running.starts_at != moment):
            return None
        deadline = running or Deadline(
            key=lines.key(row.code, anchor, party_id, len(earlier) + 1),
            code=row.code,
            record_type=anchor[0],
            record_id=anchor[1],
            case_id=self.line.case_id,
            lead_id=self.line.lead_id,
            unit_id=lines.unit_of(self.line),
            party_id=party_id,
            obliged=row.obliged,
        )
        deadline.starts_at, deadline.started_by, deadline.rule = moment, self.line, row
        if self.line.act in row.ends_on:
            changes.end(deadline, self.line, cancelled=False)
        recompute(deadline, calendar=self.calendar)
        return deadline

    def one(self) -> list[Deadline]:
        """An act on one deadline that the line names, of the same case or lead."""
        rows = Deadline.objects.select_related("rule").exclude(state=Deadline.State.CANCELLED)
        deadline = rows.get(pk=self.line.data["deadline"])
        same_case = deadline.case_id and self.line.case_id == deadline.case_id
        if not same_case and (self.line.case_id or self.line.lead_id != deadline.lead_id):
            raise ClockError(_("That limit belongs to another record."))
        reason = str(self.line.data.get("reason", ""))
        if self.line.act == PAUSE:
            changed = changes.pause(deadline, self.line, reason=reason)
        elif self.line.act == RESUME:
            changed = changes.resume(deadline, self.line, reason=reason)
        elif self.line.act == EXTEND:
            changed = changes.extend(deadline, self.line)
        else:
            changed = deadline.is_open
            changes.end(deadline, self.line, cancelled=bool(self.line.data.get("dropped")))
        if not changed:
            return []
        recompute(deadline, calendar=self.calendar)
        return [deadline]


def rehome(record: Case | Lead) -> int:
    """After a lead or case moved to another unit its limits show in the new unit's lists."""
    which = {"case": record} if isinstance(record, Case) else {"lead": record, "case": None}
    return Deadline.objects.filter(**which).update(unit_id=record.unit_id)
