"""A second table worked by hand: several clocks of one length a row, over every awkward season.

Beside the days of ``test_table``:
2019 off 1-4 May, 7-9 June, 1-7 October; worked 28 April, 5 May, 29 September, 12 October.
2020 off 24 January-2 February, 1-5 May; worked 19 January, 26 April, 9 May.
2022 off 1-3 January, 30 April-4 May, 1-7 October; worked 24 April, 7 May, 8 and 9 October.
2023 off 1-2 and 21-27 January, 29 April-3 May, 29 September-6 October; worked 28 and 29 January,
23 April, 6 May, 7 and 8 October.
2024 off 10-17 February, 1-5 May, 1-7 October; worked 4 and 18 February, 11 May, 29 September, 12
October.
2025 off 31 May-2 June, 1-8 October; worked 28 September, 11 October.
2026 off 15-23 February, 1-5 May, 25-27 September, 1-7 October; worked 14 and 28 February, 9 May,
20 September.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.workflow.clocks.asking import ask, codes, due, later
from workflow.clocks.rule import BEIJING

THREE = "C35"
FIVE = "C4 C23"
SEVEN = "C5 C7 C9 C16 C25 C36 S1"
SEVEN_OF_SUPERIORS = "C10 C11"
TEN = "C22 C30 C34a C34b"
FIFTEEN = "C1 C8 C21 C32"
TWENTY = "C33 C37"
POLICE = "T2 T5 T6 T7 T8 T9"

WORKING_DAYS = [
    # clocks, start, last day, the days counted
    (THREE, "2021-07-15", "2021-07-20", "16, 19, 20 July (处罚法 48, 85)"),
    (THREE, "2021-09-17", "2021-09-23", "18 (a worked Saturday), 22, 23 September"),
    (THREE, "2022-01-28", "2022-02-07", "29, 30 January, 7 February"),
    (THREE, "2026-05-08", "2026-05-12", "9 (a worked Saturday), 11, 12 May"),
    (FIVE, "2021-09-17", "2021-09-26", "18, 22-24, 26 (a worked Sunday) September"),
    (FIVE, "2022-04-28", "2022-05-09", "29 April, 5, 6, 7 (Saturday), 9 May"),
    (FIVE, "2023-01-19", "2023-01-31", "20, 28 (Saturday), 29 (Sunday), 30, 31 January"),
    (FIVE, "2024-09-27", "2024-10-10", "29 (Sunday), 30 September, 8-10 October"),
    ("C4", "2021-04-28", "2021-05-08", "29, 30 April, 6, 7, 8 (Saturday) May (投诉举报办法 31)"),
    ("C23", "2021-04-29", "2021-05-07", "three days: 30 April, 6, 7 May (程序暂行规定)"),
    ("C23", "2026-05-07", "2026-05-13", "8, 9 (Saturday), 11-13 May"),
    (SEVEN, "2021-09-28", "2021-10-13", "29, 30 September, 8, 9 (Saturday), 11-13 October"),
    (SEVEN, "2022-09-29", "2022-10-13", "30 September, 8, 9 (both worked), 10-13 October"),
    (SEVEN, "2024-04-30", "2024-05-13", "6-10, 11 (Saturday), 13 May"),
    (SEVEN, "2025-05-29", "2025-06-10", "30 May, 3-6, 9, 10 June"),
    (SEVEN, "2025-09-26", "2025-10-13", "28 (Sunday), 29, 30 September, 9-11, 13 October"),
    (SEVEN, "2026-02-12", "2026-02-28", "13, 14, 24-27, 28 (a worked Saturday) February"),
    (SEVEN_OF_SUPERIORS, "2019-04-26", "2019-05-08", "28 (Sunday), 29, 30 April, 5-8 May"),
    (SEVEN_OF_SUPERIORS, "2021-04-29", "2021-05-12", "30 April, 6-8, 10-12 May"),
    (SEVEN_OF_SUPERIORS, "2021-07-14", "2021-07-23", "15, 16, 19-23 July, the old rule's last day"),
    (SEVEN_OF_SUPERIORS, "2021-07-15", "2021-07-26", "16, 19-23, 26 July"),
    (SEVEN_OF_SUPERIORS, "2022-12-29", "2023-01-10", "30 December, 3-6, 9, 10 January"),
    (SEVEN_OF_SUPERIORS, "2026-09-17", "2026-09-28", "18, 20 (Sunday), 21-24, 28 September"),
    ("C9", "2020-01-17", "2020-02-04", "19 (Sunday), 20-23 January, 3, 4 February"),
    (TEN, "2021-07-14", "2021-07-28", "15, 16, 19-23, 26-28 July (强制法 69)"),
    (TEN, "2021-09-24", "2021-10-13", "26-30 September, 8, 9, 11-13 October"),
    (TEN, "2020-04-24", "2020-05-11", "26-30 April, 6-9, 11 May"),
    (TEN, "2023-04-21", "2023-05-08", "23-28 April, 4-6, 8 May"),
    (TEN, "2024-09-27", "2024-10-16", "29, 30 September, 8-12, 14-16 October"),
    (FIFTEEN, "2021-07-14", "2021-08-04", "15, 16, 19-23, 26-30 July, 2-4 August"),
    (FIFTEEN, "2021-09-10", "2021-10-08", "13-18, 22-24, 26-30 September, 8 October"),
    (FIFTEEN, "2021-09-18", "2021-10-15", "a worked Saturday starts it: 22-24, 26-30, 8, 9, 11-15"),
    (FIFTEEN, "2022-01-24", "2022-02-17", "25-30 January, 7-11, 14-17 February"),
    (FIFTEEN, "2024-02-02", "2024-02-28", "4-9, 18-23, 26-28 February"),
    (FIFTEEN, "2026-02-06", "2026-03-05", "9-14, 24-28 February, 2-5 March"),
    ("C21", "2019-09-20", "2019-10-16", "23-27, 29, 30 September, 8-12, 14-16 October"),
    (TWENTY, "2021-09-10", "2021-10-14", "fifteen to 8 October, then 9, 11-14"),
    (TWENTY, "2022-12-19", "2023-01-17", "20-23, 26-30 December, 3-6, 9-13, 16, 17 January"),
    (TWENTY, "2026-02-06", "2026-03-12", "fifteen to 5 March, then 6, 9-12"),
    ("C33", "2021-08-31", "2021-09-28", "1-3, 6-10, 13-18, 22-24, 26-28 September (old rule)"),
    ("C37", "2019-05-14", "2019-06-12", "15-17, 20-24, 27-31 May, 3-6, 10-12 June (条例 2007)"),
    ("C37", "2019-05-15", "2019-06-13", "the first day of 条例 2019"),
    ("C6", "2021-04-28", "2021-07-05", "2 in April, 18 in May, 22 in June, 3 in July"),
    ("C6", "2023-08-28", "2023-11-03", "23 to 28 September, then 7, 8 October and five weeks"),
    ("C6", "2026-01-05", "2026-03-13", "19 in January, 16 in February, 10 in March"),
]
DAYS_AND_MONTHS = [
    # clocks, start, last day, the other reading, how
    ("C12", "2021-07-14", "2021-10-12", None, "17 + 31 + 30 + 12 days, the old rule's last day"),
    ("C12", "2021-07-15", "2021-10-13", None, "the first of the new (处罚法 60)"),
    ("C12", "2022-07-03", "2022-10-08", None, "the ninetieth is 1 October, Saturday 8 is worked"),
    ("C12", "2023-11-30", "2024-02-28", None, "31 + 31 + 28"),
    ("C12", "2023-12-01", "2024-02-29", None, "a leap day is a day"),
    ("C16 C25", "2021-07-14", "2021-07-21", None, "old law: 七日 by the calendar"),
    ("C16 C25", "2021-04-26", "2021-05-06", None, "old law: the seventh is 3 May"),
    ("C16 C25", "2021-07-15", "2021-07-26", None, "new law: 16, 19-23, 26 July"),
    ("C18", "2021-09-01", "2021-10-01", "2021-10-08", "the thirtieth day is the National Day"),
    ("C18", "2022-01-05", "2022-02-04", "2022-02-07", "in Spring Festival"),
    ("C18", "2024-01-30", "2024-02-29", None, "a leap day"),
    ("C18", "2021-09-09", "2021-10-09", None, "a worked Saturday is a last day as any other"),
    ("C26", "2019-03-03", "2019-05-05", None, "60 days end on 2 May; Sunday 5 is worked"),
    ("C26", "2021-12-31", "2022-03-01", None, "31 + 28 + 1 days, the last sixty"),
    ("C26", "2022-01-01", "2022-02-07", None, "30 days end on 31 January"),
    ("C26", "2024-01-30", "2024-02-29", None, "30 days"),
    ("C27", "2021-02-01", "2021-02-18", None, "16 February is in Spring Festival (处罚法 1996)"),
    ("C27", "2021-07-14", "2021-07-29", None, "15 days"),
    ("C27", "2022-04-15", "2022-05-05", None, "the fifteenth is 30 April"),
    ("C27", "2022-09-23", "2022-10-08", None, "a worked Saturday"),
    ("C29a", "2021-12-05", "2022-02-07", None, "26 + 31 + 3 days end in Spring Festival"),
    ("C29a", "2022-12-01", "2023-01-30", None, "30 + 30 days, a Monday"),
    ("C29a", "2023-12-31", "2024-02-29", None, "31 + 29 days, the last day of 复议法 1999"),
    ("C29a", "2024-01-01", "2024-03-01", None, "复议法 2023, 20"),
    ("C29b", "2015-04-30", "2015-07-30", None, "three months (诉讼法 1989, 39)"),
    ("C29b", "2015-05-01", "2015-11-02", None, "six months end on a Sunday (诉讼法 46)"),
    ("C29b", "2021-03-31", "2021-09-30", None, "no 31 September"),
    ("C29b", "2021-10-31", "2022-05-05", None, "no 31 April; 30 April is a holiday"),
    ("C29b", "2022-07-31", "2023-01-31", None, "the same day number"),
    ("C31", "2021-07-01", "2021-10-08", None, "1 October (强制法 53)"),
    ("C31", "2022-07-08", "2022-10-08", None, "a worked Saturday"),
    ("C31", "2023-11-30", "2024-02-29", None, "no 30 February, but a leap day"),
    ("C38a", "2019-02-28", "2021-02-28", "2021-03-01", "a Sunday (处罚法 1996, 29)"),
    ("C38a", "2019-10-03", "2021-10-03", "2021-10-08", "in the National Day's week"),
    ("C38a", "2021-07-14", "2023-07-14", None, "the last day of the old law, a Friday"),
    ("C38b", "2021-07-14", None, None, "five years only for acts from 15 July 2021"),
    ("C38b", "2021-10-01", "2026-10-01", "2026-10-08", "处罚法 36"),
    ("S2", "2021-09-17", "2021-09-22", None, "18 (a worked Saturday), 22 September (处罚法 71)"),
    (POLICE, "2020-08-06", "2020-08-09", "2020-08-10", "a Sunday (移送规定 2001)"),
    (POLICE, "2021-09-15", "2021-09-18", None, "a worked Saturday: one reading"),
    (POLICE, "2021-09-16", "2021-09-19", "2021-09-22", "Mid-autumn"),
    (POLICE, "2022-12-28", "2022-12-31", "2023-01-03", "over the New Year"),
    (POLICE, "2024-02-26", "2024-02-29", None, "a leap day"),
]
BACKWARDS = [
    # hearing, last lawful day of notice
    ("2021-07-14", "2021-07-07", "old law: seven days by the calendar"),
    ("2021-07-15", "2021-07-06", "14, 13, 12, 9, 8, 7, 6 July (处罚法 64, 85)"),
    ("2021-10-12", "2021-09-27", "11, 9 (Saturday), 8 October, 30, 29, 28, 27 September"),
    ("2022-02-10", "2022-01-27", "9, 8, 7 February, 30, 29 (both worked), 28, 27 January"),
    ("2024-03-06", "2024-02-26", "5, 4, 1 March, 29, 28, 27, 26 February"),
]
PAUSED_AND_EXTENDED = [
    # code, start, pauses, extensions, last day, the other reading, how
    ("C1", "2021-09-10", ["0913-0917"], [], "2021-10-14", None, "five working days on from 8 Oct."),
    ("C1", "2021-09-10", [], [15], "2021-10-28", None, "thirty: 9, 11-15, 18-22, 25-28 October"),
    ("C1", "2021-09-10", ["0918-0921"], [], "2021-10-09", None, "one of four days was worked"),
    ("C8", "2021-09-10", ["0913-0917"], [15], "2021-11-04", None, "five on from 28 October"),
    ("C12", "2021-04-28", ["0420-0502"], [], "2021-08-02", None, "four count: Saturday 31 July"),
    ("C12", "2021-04-28", ["0428-0428"], [], "2021-07-27", None, "it does not count anyway"),
    ("C12", "2021-04-28", ["0720-0805"], [], "2021-08-13", None, "over the last day: 8 are left"),
    ("C12", "2021-04-28", ["0727-"], [], None, None, "still running on the last day"),
    ("C12", "2021-04-28", ["0728-"], [], "2021-07-27", None, "begun too late"),
    ("C12", "2021-04-28", ["0510-0519", "0520-0529"], [30], "2021-09-15", None, "20 days"),
    ("C12", "2021-08-02", [], [30], "2021-11-30", None, "120 from 立案, not 30 from 1 November"),
    ("C12", "2021-08-02", ["1030-1101"], [], "2021-11-03", None, "30, 31 October and 1 November"),
    ("C18", "2021-09-01", ["0906-0915"], [], "2021-10-11", None, "ten days on from 1 October"),
    ("C18", "2021-09-01", [], [30], "2021-10-31", "2021-11-01", "sixty days end on a Sunday"),
    ("C18", "2021-09-01", ["0906-0915"], [30], "2021-11-10", None, "seventy days"),
    ("C21", "2021-09-10", [], [10], "2021-10-21", None, "twenty-five: 9, 11-15, 18-21 October"),
    ("C22", "2021-09-24", ["0927-0930"], [], "2021-10-19", None, "26; 8, 9, 11-15, 18, 19"),
    ("C22", "2021-09-24", [], [5], "2021-10-20", None, "fifteen"),
    ("C27", "2021-08-02", [], [30], "2021-09-16", None, "forty-five days (处罚法 66)"),
    ("C29b", "2021-08-31", ["0901-0905"], [], "2022-03-07", None, "five days on: Saturday 5 March"),
    ("T9", "2021-08-02", ["0803-0804"], [], "2021-08-07", "2021-08-09", "5, 6, 7 August"),
]  # fmt: skip
HOURS = [
    ("C17", "2024-02-28T23:59", "2024-02-29T23:59"),
    ("T3", "2021-12-31T18:00", "2022-01-01T18:00"),
    ("T4", "2022-02-28T08:15", "2022-03-01T08:15"),
]
UNKNOWN = [
    ("C12", "2026-10-10", "2027-01-08"),
    ("C18", "2026-12-05", "2027-01-04"),
    ("C29b", "2026-08-31", "2027-03-01"),
    ("C33", "2026-12-10", "2027-01-07"),
    ("C38a", "2025-03-10", "2027-03-10"),
    ("C38b", "2024-02-29", "2029-02-28"),
    ("T2", "2026-12-30", "2027-01-02"),
]


def each(rows):
    return [(code, *rest) for clocks, *rest in rows for code in clocks.split()]


@pytest.mark.parametrize(("code", "start", "expected", "how"), each(WORKING_DAYS))
def test_working_days_by_hand(code, start, expected, how):
    answer = ask(code, start)

    assert (due(answer), answer.counted) == (expected, answer.rule.amount)
    assert "unknown_year" not in codes(answer)


@pytest.mark.parametrize(("code", "start", "expected", "other", "how"), each(DAYS_AND_MONTHS))
def test_days_months_and_years_by_hand(code, start, expected, other, how):
    answer = ask(code, start)

    assert (due(answer), later(answer)) == (expected, other)
    assert ("two_readings" in codes(answer)) == (other is not None)


@pytest.mark.parametrize(("hearing", "expected", "how"), BACKWARDS)
def test_notice_of_a_hearing_by_hand(hearing, expected, how):
    assert due(ask("C24", hearing)) == expected


@pytest.mark.parametrize(
    ("code", "start", "pauses", "extensions", "expected", "other", "how"), PAUSED_AND_EXTENDED
)
def test_pauses_and_extensions_by_hand(code, start, pauses, extensions, expected, other, how):
    spans = [[end and f"2021-{end[:2]}-{end[2:]}" for end in span.split("-")] for span in pauses]

    answer = ask(code, start, pauses=spans, extensions=[(more, None) for more in extensions])

    assert (due(answer), later(answer)) == (expected, other)


@pytest.mark.parametrize(("code", "start", "expected"), HOURS)
def test_hours_by_hand(code, start, expected):
    assert due(ask(code, datetime.fromisoformat(start).replace(tzinfo=BEIJING))) == expected


@pytest.mark.parametrize(("code", "start", "expected"), UNKNOWN)
def test_year_without_a_notice_goes_by_the_weekday_and_warns(code, start, expected):
    answer = ask(code, start)

    assert due(answer) == expected
    assert "unknown_year" in codes(answer)
    assert answer.is_guess
