"""The computation against an independent, slow reference: 10,000 random questions, 2019-2027."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.clocks import reference
from tests.workflow.clocks.reference import BEIJING, works
from workflow.clocks import compute
from workflow.clocks.calendar import LIBRARY
from workflow.clocks.rule import Extension, Pause, Rule
from workflow.clocks.rules import shipped_rules

FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
CASES_AT_ONCE = 20

days = st.dates(FIRST, LAST)


def question(seed):
    """One random question; a seed alone is drawn, because drawing every part takes longer."""
    rng = random.Random(seed)
    start = FIRST + timedelta(rng.randrange((LAST - FIRST).days + 1))
    unit = rng.choice(["working_day"] * 9 + ["calendar_day"] * 9 + ["month"] * 5 + ["year"])
    amount = rng.randint(1, {"month": 6, "year": 2}.get(unit, 90))
    pauses = []
    for _ in range(rng.randint(0, 3)):
        begin = start + timedelta(rng.randint(-20, 130))
        running = rng.random() < 0.15
        pauses.append((begin, None if running else begin + timedelta(rng.randint(0, 40))))
    more = {"month": 2, "year": 1}.get(unit, 30)
    extensions = [
        (rng.randint(1, more), start + timedelta(rng.randint(0, 160)))
        for _ in range(rng.choice([0, 0, 1, 2]))
    ]
    return unit, amount, start, pauses, extensions, rng.choice(["forward", "safe", "none"])


seeds = st.integers(0, 2**32)


def fast(unit, amount, start, pauses, extensions, roll):
    rule = Rule("X1", "测试", unit, amount, date(2000, 1, 1), roll=roll)
    return compute.due(
        rule,
        start,
        pauses=[Pause(begin, end) for begin, end in pauses],
        extensions=[Extension(more, granted) for more, granted in extensions],
    )


@pytest.mark.slow
@settings(max_examples=300)
@given(seeds)
def test_answers_are_those_of_the_slow_reference(seed):
    for number in range(CASES_AT_ONCE):
        asked = question(seed + number)
        answer = fast(*asked)

        wanted = reference.with_extensions(*asked)
        assert (answer.due, answer.later, answer.left) == wanted, asked
        if answer.due is not None:
            assert (answer.due - asked[2]).days == answer.counted + len(answer.skipped)


@pytest.mark.slow
@settings(max_examples=60)
@given(seeds)
def test_every_clock_of_the_law_answers_as_the_reference(seed):
    """Each shipped version with its own unit, length and roll, from every corner of its time."""
    rng = random.Random(seed)
    for rule in shipped_rules():
        if rule.amount is None or rule.unit == "hour" or rule.backwards:
            continue
        _unit, _amount, start, pauses, extensions, _roll = question(rng.random())
        answer = compute.due(
            rule,
            start,
            pauses=[Pause(begin, end) for begin, end in pauses],
            extensions=[Extension(more, granted) for more, granted in extensions],
        )

        asked = (rule.unit, rule.amount, start, pauses, extensions, rule.roll, rule.code)
        wanted = reference.with_extensions(*asked)
        assert (answer.due, answer.later, answer.left) == wanted, (rule.code, asked)


@settings(max_examples=100)
@given(seeds)
def test_hours_are_those_of_the_reference(seed):
    rng = random.Random(seed)
    rule = Rule("X3", "测试", "hour", rng.randint(1, 72), date(2000, 1, 1), roll="none")
    for _number in range(CASES_AT_ONCE):
        begin = datetime(2019, 1, 1, tzinfo=BEIJING) + timedelta(minutes=rng.randrange(9 * 525_600))
        granted = begin.date() + timedelta(rng.randint(-1, 5))
        extensions = [(rng.randint(1, 48), granted)] if rng.random() < 0.5 else []

        answer = compute.due(rule, begin, extensions=[Extension(*given) for given in extensions])

        assert answer.due == reference.hours(rule.amount, begin, extensions), (begin, extensions)


@settings(max_examples=300)
@given(days, st.integers(1, 30), st.booleans())
def test_backwards_is_as_the_reference_counts_and_forwards_again(event, amount, working):
    unit = "working_day" if working else "calendar_day"
    rule = Rule("X2", "测试", unit, amount, date(2000, 1, 1), backwards=True, roll="none")

    last = compute.due(rule, event).due

    assert last == reference.back_from(event, amount, unit)
    between = [last + timedelta(n) for n in range((event - last).days)]
    assert sum(works(day) or not working for day in between) == amount
    assert works(last) or not working


@settings(max_examples=200)
@given(seeds)
def test_a_longer_pause_never_brings_the_date_forward(seed):
    unit, amount, start, pauses, _extensions, roll = question(seed)
    closed = [(begin, end) for begin, end in pauses if end is not None]
    more = [(begin, end + timedelta(3)) for begin, end in closed]

    shorter = fast(unit, amount, start, closed, [], roll)
    longer = fast(unit, amount, start, more, [], roll)

    assert shorter.due <= longer.due


@settings(max_examples=100)
@given(days)
def test_year_beyond_the_library_always_warns(start):
    answer = fast("working_day", 15, start, [], [], "forward")

    warned = "unknown_year" in [warning.code for warning in answer.warnings]
    assert warned == (answer.due.year >= 2027)


def test_calendar_is_that_of_the_notices_typed_in():
    """2019-2026 day by day; of 2027 nothing is known yet, and both go by the weekday."""
    all_days = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]

    assert [day for day in all_days if LIBRARY.is_working(day) != works(day)] == []
