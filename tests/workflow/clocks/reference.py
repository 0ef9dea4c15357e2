"""A slow, independent reading of the law: the holiday notices typed in, one day after the other.

Nothing of ``workflow`` is used here, nor the calendar library: both would agree with themselves.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE = timedelta(days=1)
BEIJING = ZoneInfo("Asia/Shanghai")

NOTICES = {
    # 国务院办公厅关于部分节假日安排的通知: days off (first-last), make-up days (调休)
    2019: ("0101 0204-0210 0405-0407 0501-0504 0607-0609 0913-0915 1001-1007",
           "0202 0203 0428 0505 0929 1012"),
    2020: ("0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008",
           "0119 0426 0509 0628 0927 1010"),
    2021: ("0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
           "0207 0220 0425 0508 0918 0926 1009"),
    2022: ("0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231",
           "0129 0130 0402 0424 0507 1008 1009"),
    2023: ("0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006 1230-1231",
           "0128 0129 0423 0506 0625 1007 1008"),
    2024: ("0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
           "0204 0218 0407 0428 0511 0914 0929 1012"),
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
           "0126 0208 0427 0928 1011"),
    2026: ("0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
           "0104 0214 0228 0509 0920 1010"),
}  # fmt: skip


def _on(year, text):
    return date(year, int(text[:2]), int(text[2:]))


def _table():
    off, made_up = set(), set()
    for year, (holidays, makeup) in NOTICES.items():
        for span in holidays.split():
            first, _dash, last = span.partition("-")
            day = _on(year, first)
            while day <= _on(year, last or first):
                off.add(day)
                day += ONE
        made_up |= {_on(year, text) for text in makeup.split()}
    return off, made_up


OFF, MADE_UP = _table()


def works(day):
    """Whether the day is worked: by its notice, in a year without one by the weekday."""
    if day in MADE_UP:
        return True
    return day not in OFF and day.isoweekday() < 6


def months_on(day, months):
    """The same day number, else the last day of the month (民法典 202)."""
    year, month = day.year, day.month
    for _step in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    number = day.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def limit(unit, amount, start, pauses, roll):
    """(date, other reading, units left): walks on until the limit is used up.

    ``pauses`` are (first, last) with both days included; last None still runs.
    """

    if unit in ("month", "year"):
        end = months_on(start, amount * (12 if unit == "year" else 1))
        left = (end - start).days
    else:
        left = amount
    day = start
    while left:
        day += ONE
        if held_for_good(day, pauses):
            return None, None, left
        counts = unit != "working_day" or works(day)
        if counts and not held(day, pauses):
            left -= 1
    if unit == "working_day" or roll == "none" or works(day):
        return day, None, None
    return off_rest_day(day, pauses, roll)


def held(day, pauses):
    return any(day >= first and (last is None or day <= last) for first, last in pauses)


def held_for_good(day, pauses):
    return any(last is None and day >= first for first, last in pauses)


def off_rest_day(day, pauses, roll):
    """On to the next day that is worked and not in a pause; the careful rules show both."""
    rolled = day
    while not works(rolled) or (held(rolled, pauses) and not held_for_good(rolled, pauses)):
        rolled += ONE
        if roll == "forward" and held_for_good(rolled, pauses):
            return None, None, 1
    return (day, rolled, None) if roll == "safe" else (rolled, None, None)


MORE_AT_MOST = {
    # 程序规定 18, 64; 投诉举报办法 23; 行政强制法 25: what extensions may add, all told
    "C1": [15], "C8": [15], "C12": [30, None], "C18": [30],
}  # fmt: skip


def room(code, given_before):
    """What the next extension may add; None for as much as it says."""
    ceilings = MORE_AT_MOST.get(code, [None])[: len(given_before) + 1]
    return None if None in ceilings else max(sum(ceilings) - sum(given_before), 0)


def with_extensions(unit, amount, start, pauses, extensions, roll, code=""):
    """As ``limit``; an extension (units, granted on) after the date then in force is no more."""
    answer = limit(unit, amount, start, pauses, roll)
    given = []
    for more, granted in sorted(extensions, key=lambda extension: extension[1]):
        if answer[0] is None or granted <= answer[0]:
            most = room(code, given)
            given.append(more if most is None else min(more, most))
            answer = limit(unit, amount + sum(given), start, pauses, roll)
    return answer


def hours(amount, begin, extensions):
    """The moment: hours run through nights and holidays, in Beijing time."""
    end = begin + timedelta(hours=amount)
    for more, granted in sorted(extensions, key=lambda given: given[1]):
        if datetime.combine(granted, time(), tzinfo=BEIJING) <= end:
            end += timedelta(hours=more)
    return end


def back_from(event, amount, unit):
    """The last day from which ``amount`` units pass until the event (its own day is the last)."""
    day = event
    while amount:
        day -= ONE
        if unit != "working_day" or works(day):
            amount -= 1
    return day
