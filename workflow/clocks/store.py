"""Rules and work calendar as the database holds them, and the one way to ask for a limit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from accounts.prepared import Prepared
from workflow.clocks import compute, conditions, rules
from workflow.clocks.calendar import DayOverride, WorkCalendar
from workflow.clocks.rule import Answer, Extension, Pause, Rule
from workflow.clocks.sane import day_of
from workflow.models.clock import ClockRule, WorkDay, WorkYear

CORE = "core"
CONTENT = tuple(dict.fromkeys((*rules.NEEDED, *rules.DEFAULTS)))


class Loaded(NamedTuple):
    """What ``load_rules`` did, in rows."""

    created: int
    updated: int
    kept: int


def load_rules(
    extra: Mapping[str, Iterable[Mapping[str, Any]]] | Iterable[Mapping[str, Any]] = (),
) -> Loaded:
    """Make the table hold every shipped rule; run again it changes nothing.

    ``extra`` are the plugins' entries, by plugin label or in one list. A row the bureau edited is
    kept as it is. Rules of plugins that are no longer there go out of use but stay, because
    deadlines rest on them. Raises ClockError for a badly written entry, and then writes nothing.
    """
    groups = dict(extra) if isinstance(extra, Mapping) else {"plugin": extra}
    wanted: dict[tuple[str, date], dict[str, Any]] = {}
    for provider, entries in {CORE: rules.shipped_entries(), **groups}.items():
        for row in rules.rows(entries):
            conditions.require(row["starts_when"])
            content = _content(row) | {"provider": provider}
            wanted.setdefault((content["code"], content["effective_from"]), content)
    with transaction.atomic():
        return _store(wanted)


def _store(wanted: Mapping[tuple[str, date], dict[str, Any]]) -> Loaded:
    known = {
        (row.code, row.effective_from): row
        for row in ClockRule.objects.select_for_update().order_by("pk")
    }
    fresh, changed, kept = [], [], 0
    for key, content in wanted.items():
        shipped, row = _digest(content), known.get(key)
        if row is None:
            fresh.append(ClockRule(**content, shipped=shipped))
        elif row.shipped != _digest(_of_row(row)):
            kept += 1
        elif row.shipped != shipped or not row.active:
            changed.append(_write(row, content | {"shipped": shipped, "active": True}))
    for key, row in known.items():
        if key not in wanted and row.shipped and row.active:
            changed.append(_write(row, {"active": False}))
    ClockRule.objects.bulk_create(fresh)
    for row in changed:
        row.save()
    return Loaded(len(fresh), len(changed), kept)


def _write(row: ClockRule, content: Mapping[str, Any]) -> ClockRule:
    for name, value in content.items():
        setattr(row, name, value)
    return row


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    content = {name: row[name] for name in CONTENT}
    for name in ("effective_from", "effective_until"):
        if isinstance(content[name], str):
            content[name] = date.fromisoformat(content[name])
    return content


def as_rule(row: ClockRule) -> Rule:
    """The row as the computation wants it."""
    return rules.to_rule(_of_row(row))


def _of_row(row: ClockRule) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CONTENT}


def _digest(content: Mapping[str, Any]) -> str:
    law = {name: content[name] for name in CONTENT}
    text = json.dumps(law, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


class Rulebook:
    """Every rule in use, and which codes a journal verb touches."""

    def __init__(self, rows: Iterable[ClockRule]) -> None:
        self.rows = tuple(rows)
        self.by_id = {row.pk: row for row in self.rows}
        self.rules = tuple(as_rule(row) for row in self.rows)
        self._row_of = dict(zip(self.rules, self.rows, strict=True))
        self.starting: dict[str, set[str]] = {}
        self.touching: dict[str, set[str]] = {}
        for row in self.rows:
            for verb in row.starts_on:
                self.starting.setdefault(verb, set()).add(row.code)
            verbs = (*row.ends_on, *row.cancels_on, *row.extends_on, *row.revives_on)
            for verb in (*verbs, *row.pauses_on, *row.resumes_on):
                self.touching.setdefault(verb, set()).add(row.code)

    def row(self, code: str, on: date) -> ClockRule:
        """The version in force on the day of the act. Raises ClockError for an unknown code."""
        return self._row_of[rules.find(code, on, versions=self.rules)]


_EDITIONS = Prepared(lambda: ClockRule.objects.order_by("pk").values_list("edition", flat=True))
_DAYS = Prepared(lambda: WorkDay.objects.values_list("day", "is_working", "name"))
_book: tuple[tuple[str, ...], Rulebook] | None = None


def rulebook() -> Rulebook:
    """The rules in use, read again only after one of them changed (one small query otherwise)."""
    global _book
    stamp = tuple(_EDITIONS.rows())
    if _book is None or _book[0] != stamp:
        _book = (stamp, Rulebook(ClockRule.objects.filter(active=True)))
    return _book[1]


class _EnteredYears:
    """Years entered whole; read when a year is asked about that the library does not know."""

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(WorkYear.objects.values_list("year", flat=True))

    def __contains__(self, year: object) -> bool:
        return year in self._years


def work_calendar() -> WorkCalendar:
    """The library's calendar under the bureau's own table (one query)."""
    days = _DAYS.rows()
    return WorkCalendar(
        overrides={day: DayOverride(working, name) for day, working, name in days},
        complete_years=_EnteredYears(),
    )


def ask(
    code: str,
    start: date | datetime,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    versions: Sequence[Rule] | None = None,
    calendar: WorkCalendar | None = None,
) -> Answer:
    """When the limit ``code`` that starts on ``start`` ends. Raises ClockError.

    The version is that of the day of the act. ``versions`` and ``calendar`` spare the reading of
    the database when many questions are asked.
    """
    known = rulebook().rules if versions is None else versions
    rule = rules.find(code, day_of(start), versions=known)
    days = work_calendar() if calendar is None else calendar
    return compute.due(rule, start, pauses=pauses, extensions=extensions, calendar=days)
