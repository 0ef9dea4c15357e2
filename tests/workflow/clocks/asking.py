"""How the tests of the pure core put a question."""

from __future__ import annotations

from datetime import date

from workflow.clocks import compute, rules
from workflow.clocks.calendar import LIBRARY
from workflow.clocks.rule import Extension, Pause, iso
from workflow.clocks.sane import day_of


def ask(code, start, *, pauses=(), extensions=(), calendar=LIBRARY):
    """The answer of the shipped rules; dates as text, pauses as (start, end[, reason])."""
    start = date.fromisoformat(start) if isinstance(start, str) else start
    rule = rules.find(code, day_of(start), versions=rules.shipped_rules())
    return compute.due(
        rule,
        start,
        pauses=[Pause(day(a), day(b) if b else None, *reason) for a, b, *reason in pauses],
        extensions=[Extension(n, day(on) if on else None) for n, on in extensions],
        calendar=calendar,
    )


def day(text):
    return date.fromisoformat(text)


def codes(answer):
    return [warning.code for warning in answer.warnings]


def due(answer):
    return iso(answer.due) if answer.due is not None else None


def later(answer):
    return iso(answer.later) if answer.later is not None else None
