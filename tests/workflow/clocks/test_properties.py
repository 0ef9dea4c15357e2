"""The computation against an independent, slow reference: 5,000 random questions, 2019-2027."""

from __future__ import annotations

import random
from datetime import date, timedelta

from chinese_calendar import constants
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.clocks import compute
from workflow.clocks.rule import Extension, Pause, Rule

FIRST, LAST = date(2019, 1, 1), date(2027, 12, 31)
CASES_AT_ONCE = 20

days = st.dates(FIRST, LAST)


def works(day):
    """Whether the day is worked, from the library's raw tables and not through its functions."""
    if day in constants.workdays:
        return True
    return day not in constants.holidays and day.isoweekday() not in (6, 7)


WORKED = {FIRST + timedelta(n): works(FIRST + timedelta(n)) for n in range(-400, 7000)}


def question(seed):
    """One random question; a seed alone is drawn, because drawing every part takes longer."""
    rng = random.Random(seed)
    start = FIRST + timedelta(rng.randrange((LAST - FIRST).days + 1))
    unit = rng.choice(["working_day", "working_day", "calendar_day", "calendar_day", "month"])
    if rng.random() < 0.02:
        unit = "year"
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


def slow(unit, amount, start, pauses, extensions, roll):
    """(date, other reading, days left): asks of every day from the start whether the limit is over.

    A day is the last one when as many days as the limit has were free to count up to it and, where
    the limit rolls, it is itself worked and free.
    """
    total = amount
    answer = at(unit, total, start, pauses, roll)
    for more, granted in sorted(extensions, key=lambda given: given[1]):
        last = answer[1] or answer[0]
        if last is None or granted <= last:
            total += more
            answer = at(unit, total, start, pauses, roll)
    return answer


def at(unit, total, start, pauses, roll):
    running = min((begin for begin, end in pauses if end is None), default=date.max)

    def held(day):
        return day >= running or any(b <= day <= e for b, e in pauses if e is not None)

    length = total
    if unit in ("month", "year"):
        length = (start + relativedelta(**{f"{unit}s": total}) - start).days
    after = [start + timedelta(n) for n in range(1, 2 * length + 200)]
    counting = [d for d in after if (unit != "working_day" or WORKED[d]) and not held(d)][:length]
    if len(counting) < length:
        return None, None, length - len(counting)
    nominal = counting[-1]
    if unit == "working_day" or roll == "none" or WORKED[nominal]:
        return nominal, None, None
    tail = [nominal + timedelta(n) for n in range(1, 200)]
    rolled = next(d for d in tail if WORKED[d] and (d >= running or not held(d)))
    if roll == "safe":
        return nominal, rolled, None
    return (None, None, 1) if rolled >= running else (rolled, None, None)


def fast(unit, amount, start, pauses, extensions, roll):
    rule = Rule("X1", "测试", unit, amount, date(2000, 1, 1), roll=roll)
    return compute.due(
        rule,
        start,
        pauses=[Pause(begin, end) for begin, end in pauses],
        extensions=[Extension(more, granted) for more, granted in extensions],
    )


@settings(max_examples=250)
@given(seeds)
def test_answers_are_those_of_the_slow_reference(seed):
    for number in range(CASES_AT_ONCE):
        asked = question(seed + number)
        answer = fast(*asked)

        assert (answer.due, answer.later, answer.left) == slow(*asked), asked
        if answer.due is not None:
            assert (answer.due - asked[2]).days == answer.counted + len(answer.skipped)


@settings(max_examples=300)
@given(days, st.integers(1, 30), st.booleans())
def test_backwards_is_forwards_seen_from_the_event(event, amount, working):
    unit = "working_day" if working else "calendar_day"
    rule = Rule("X2", "测试", unit, amount, date(2000, 1, 1), backwards=True, roll="none")

    last = compute.due(rule, event).due

    between = [last + timedelta(n) for n in range((event - last).days)]
    assert sum(WORKED[day] or not working for day in between) == amount
    assert WORKED[last] or not working


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


def test_reference_knows_the_make_up_days():
    assert [works(date(2021, 5, 8)), works(date(2021, 5, 4))] == [True, False]
