"""The shipped rules, read once from ``rules.json``: every clock with its versions and verbs.

An entry of the file, and of the ``clocks()`` hook, is one clock: what its versions share, and a
list ``versions`` whose rows override it. A plugin's entry has the same shape.

code, name            C12, 办案期限
obliged               who must act: bureau, party, police, other
unit, amount          working_day, calendar_day, hour, month, year; amount null: no date of its own
roll                  forward, safe (earlier day first, rolled one beside), none
backwards             counted back from an event
keyed_by              what one deadline belongs to: record, case, lead, party
starts_on, ends_on    journal verbs; cancels_on ends it without judging it
starts_at             key of the line's data that holds the start; without it a limit starts and
                      ends on the day under ``on`` of the data, else on the act's own date
starts_when           name of a condition (``workflow.clocks.conditions``)
pauses_on, resumes_on verb -> reason code; extends_on: verbs
revives_on            verbs that undo what ended it (a merge taken back)
lapses                a right, not a duty: once over, ``tick`` drops it
stop_reasons          reason codes the law allows
steps                 extensions the law allows: code, amount, ceiling, approver
source, confidence    the article; verified, secondary, practice, unverified
note                  what else must be known; of an unverified clock, and of one that is counted
                      carefully (roll: safe), a warning of every answer
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from workflow.clocks.rule import CONFIDENCES, ROLLS, UNITS, ClockError, ExtensionStep, Rule

DATA = Path(__file__).with_name("rules.json")
KEYED_BY = ("record", "case", "lead", "party")
DEFAULTS: dict[str, Any] = {
    "amount": None,
    "effective_until": None,
    "obliged": "bureau",
    "backwards": False,
    "roll": "forward",
    "stop_reasons": [],
    "steps": [],
    "source": "",
    "confidence": "verified",
    "note": "",
    "keyed_by": "record",
    "starts_on": [],
    "starts_at": "",
    "starts_when": "",
    "ends_on": [],
    "cancels_on": [],
    "pauses_on": {},
    "resumes_on": {},
    "extends_on": [],
    "revives_on": [],
    "lapses": False,
}
NEEDED = ("code", "name", "unit", "effective_from")


@cache
def shipped_entries() -> tuple[Mapping[str, Any], ...]:
    """The clocks of the file, as they are written there."""
    return tuple(json.loads(DATA.read_text(encoding="utf-8")))


def rows(entries: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One complete row per version; raises ClockError naming the clock that is badly written."""
    for entry in entries:
        shared = {key: value for key, value in entry.items() if key != "versions"}
        versions = [DEFAULTS | shared | version for version in entry.get("versions") or [{}]]
        for row in versions:
            _check(row)
        yield from _each_ended_by_the_next(versions)


def _each_ended_by_the_next(versions: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A version that does not say its last day is in force until the next one begins."""
    ordered = sorted(versions, key=lambda row: _day(row["effective_from"]))
    for row, following in zip_longest(ordered, ordered[1:]):
        if following and not row["effective_until"]:
            until = _day(following["effective_from"]) - timedelta(days=1)
            row = row | {"effective_until": until.isoformat()}
        yield row


def _check(row: Mapping[str, Any]) -> None:
    code = row.get("code", "?")
    for key in NEEDED:
        if not row.get(key):
            raise ClockError(_("Clock %(code)s lacks “%(key)s”.") % {"code": code, "key": key})
    for key in row:
        if key not in DEFAULTS and key not in NEEDED:
            raise ClockError(
                _("Clock %(code)s: unknown key “%(key)s”.") % {"code": code, "key": key}
            )
    choices = {"unit": UNITS, "roll": ROLLS, "confidence": CONFIDENCES, "keyed_by": KEYED_BY}
    for key, allowed in choices.items():
        if row[key] not in allowed:
            raise ClockError(
                _("Clock %(code)s: “%(value)s” is no value of “%(key)s”.")
                % {"code": code, "value": row[key], "key": key}
            )


def to_rule(row: Mapping[str, Any]) -> Rule:
    """The row as the computation wants it; the wiring to verbs is left behind."""
    return Rule(
        code=row["code"],
        name=row["name"],
        unit=row["unit"],
        amount=row["amount"],
        effective_from=_day(row["effective_from"]),
        effective_until=_day(row["effective_until"]) if row["effective_until"] else None,
        backwards=row["backwards"],
        roll=row["roll"],
        stop_reasons=tuple(row["stop_reasons"]),
        steps=tuple(ExtensionStep(**step) for step in row["steps"]),
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """All shipped versions, for questions asked without a database."""
    return tuple(to_rule(row) for row in rows(shipped_entries()))


def pick(versions: Sequence[Rule], on: date) -> Rule:
    """The version in force on the day of the act; the first known one before all of them.

    Raises ClockError when there is no version at all.
    """
    if not versions:
        raise ClockError(_("There is no such clock."))
    ordered = sorted(versions, key=lambda rule: rule.effective_from)
    in_force = [rule for rule in ordered if rule.effective_from <= on]
    return in_force[-1] if in_force else ordered[0]


def find(code: str, on: date, *, versions: Iterable[Rule]) -> Rule:
    """The version of a code on a day. Raises ClockError for an unknown code, naming variants."""
    known = tuple(versions)
    same = [rule for rule in known if rule.code == code]
    if same:
        return pick(same, on)
    variants = sorted({rule.code for rule in known if rule.code[:-1] == code})
    if variants:
        raise ClockError(
            _("%(code)s has variants: ask for one of %(variants)s.")
            % {"code": code, "variants": ", ".join(variants)}
        )
    raise ClockError(_("There is no clock %(code)s.") % {"code": code})
