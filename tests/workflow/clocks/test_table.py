"""Every clock against dates worked out by hand from the statutes and the State Council's notices.

2021: off 1-5 May (worked 25 April, 8 May), 12-14 June, 19-21 September (worked 18 and 26
September), 1-7 October (worked 9 October). 2022: off 31 January-6 February (worked 29, 30 January).
"""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.workflow.clocks.asking import ask, codes, due, later
from workflow.clocks.rule import BEIJING
from workflow.clocks.rules import shipped_rules

TABLE = [
    # code, start, due, the other reading, law
    ("C1", "2021-04-28", "2021-05-21", None, "程序暂行规定: 15 working days, 8 May is worked"),
    ("C1", "2021-08-02", "2021-08-23", None, "程序规定 18: 15 working days"),
    ("C4", "2021-08-02", "2021-08-09", None, "投诉举报办法 31: 5 working days"),
    ("C5", "2021-04-28", "2021-05-11", None, "投诉举报办法 14: 7 working days"),
    ("C6", "2021-08-02", "2021-10-09", None, "投诉举报办法 21: 45 working days, 9 Oct is worked"),
    ("C7", "2021-08-02", "2021-08-11", None, "投诉举报办法 21: 7 working days"),
    ("C8", "2021-08-02", "2021-08-23", None, "投诉举报办法 23: 15 working days"),
    ("C9", "2021-08-02", "2021-08-11", None, "投诉举报办法 30: 7 working days"),
    ("C10", "2021-08-02", "2021-08-11", None, "程序规定 13: 7 working days"),
    ("C11", "2021-08-02", "2021-08-11", None, "程序规定 16: 7 working days"),
    ("C12", "2021-04-28", "2021-07-27", None, "程序暂行规定: 90 days"),
    ("C12", "2021-08-02", "2021-11-01", None, "行政处罚法 60: 90 days end on Sunday 31 October"),
    ("C16", "2021-05-11", "2021-05-18", None, "行政处罚法 1996: 七日 are calendar days"),
    ("C16", "2021-04-24", "2021-05-06", None, "the seventh day is 1 May"),
    ("C16", "2021-08-02", "2021-08-11", None, "行政处罚法 56, 85: 7 working days"),
    ("C18", "2021-08-02", "2021-09-01", None, "行政强制法 25: 30 days"),
    ("C18", "2021-04-02", "2021-05-02", "2021-05-06", "ends in the holidays: careful day first"),
    ("C21", "2021-08-02", "2021-08-23", None, "程序规定 45: 15 working days"),
    ("C22", "2021-08-02", "2021-08-16", None, "程序规定 55: 10 working days"),
    ("C23", "2021-05-11", "2021-05-14", None, "before 15 July 2021: 3 working days"),
    ("C23", "2021-07-14", "2021-07-19", None, "the last day of the old rule"),
    ("C23", "2021-07-15", "2021-07-22", None, "the first day of the new: 5 working days"),
    ("C23", "2021-08-11", "2021-08-18", None, "行政处罚法 64, 85: 5 working days"),
    ("C24", "2021-08-16", "2021-08-05", None, "行政处罚法 64: 7 working days before the hearing"),
    ("C24", "2021-05-20", "2021-05-13", None, "old law: 7 days before"),
    ("C25", "2021-05-11", "2021-05-18", None, "old law: 7 days"),
    ("C25", "2021-08-02", "2021-08-11", None, "行政处罚法 61, 85: 7 working days"),
    ("C26", "2021-08-02", "2021-10-08", None, "60 days end on 1 October"),
    ("C26", "2022-01-04", "2022-02-07", None, "民事诉讼法: 30 days end in Spring Festival"),
    ("C27", "2021-08-02", "2021-08-17", None, "行政处罚法 67: 15 days"),
    ("C27", "2021-09-20", "2021-10-08", None, "the fifteenth day is 5 October"),
    ("C29a", "2021-08-02", "2021-10-08", None, "行政复议法 9: 60 days end on 1 October"),
    ("C29b", "2021-08-31", "2022-02-28", None, "行政诉讼法 46: 6 months, no 31 February"),
    ("C30", "2021-08-02", "2021-08-16", None, "行政强制法 54, 69: 10 working days"),
    ("C31", "2021-08-02", "2021-11-02", None, "行政强制法 53: 3 months"),
    ("C31", "2021-11-30", "2022-02-28", None, "no 30 February"),
    ("C32", "2021-08-02", "2021-08-23", None, "程序规定 77: 15 working days"),
    ("S1", "2021-08-02", "2021-08-11", None, "程序规定: 7 working days"),
    ("S2", "2021-08-02", "2021-08-04", None, "行政处罚法 71, 85: 2 working days"),
    ("S2", "2021-05-11", "2021-05-13", None, "old law: 2 days"),
    ("C33", "2021-09-01", "2021-09-29", None, "公示规定 9: 20 working days"),
    ("C34a", "2021-09-01", "2021-09-15", None, "公示规定 10: 10 working days"),
    ("C34b", "2021-09-01", "2021-09-15", None, "公示规定 10: 10 working days"),
    ("C35", "2021-09-01", "2021-09-06", None, "公示规定 11: 3 working days"),
    ("C36", "2021-08-02", "2021-08-11", None, "双公示: 7 working days"),
    ("C37", "2021-08-02", "2021-08-30", None, "政府信息公开条例 26: 20 working days"),
    ("C38a", "2021-08-02", "2023-08-02", None, "行政处罚法 36: 2 years"),
    ("C38a", "2020-02-29", "2022-02-28", None, "no 29 February in 2022"),
    ("C38b", "2021-08-02", "2026-08-02", "2026-08-03", "行政处罚法 36: 5 years end on a Sunday"),
    ("T2", "2021-08-02", "2021-08-05", None, "移送规定 5: 3 days"),
    ("T2", "2021-04-29", "2021-05-02", "2021-05-06", "移送规定 5: in the holidays"),
    ("T5", "2021-08-02", "2021-08-05", None, "移送规定 8: 3 days"),
    ("T6", "2021-08-02", "2021-08-05", None, "移送规定 9: 3 days"),
    ("T7", "2021-08-02", "2021-08-05", None, "移送规定 9: 3 days"),
    ("T8", "2021-08-06", "2021-08-09", None, "移送规定 9: 3 days, a Monday"),
    ("T9", "2021-08-04", "2021-08-07", "2021-08-09", "移送规定 12: 3 days, a Saturday"),
    ("J1", "2021-08-02", "2021-08-17", None, "行政诉讼法 45: 15 days from the reconsideration"),
    ("J2", "2021-08-02", "2021-08-17", None, "行政诉讼法 85: 15 days against a judgment"),
    ("J3", "2021-08-02", "2021-08-12", None, "行政诉讼法 85: 10 days against a ruling"),
    ("J4", "2021-08-02", "2021-08-17", None, "行政诉讼法 85: the same for the bureau"),
    ("J5", "2021-08-02", "2021-08-12", None, "行政诉讼法 85: the same for the bureau"),
    ("J6", "2021-08-02", "2021-08-12", None, "行政复议法 23 (1999): 10 days to answer"),
    ("J7", "2021-08-02", "2021-08-17", None, "行政诉讼法 67: 15 days to answer"),
]
EDGES = [
    # Spring Festivals, make-up days, leap days and years' ends, by the notices of 2019 to 2026
    ("C1", "2019-04-26", "2019-05-20", None, "28 April and 5 May 2019 are worked, 1-4 May off"),
    ("C4", "2020-01-22", "2020-02-06", None, "Spring Festival 2020, made longer to 2 February"),
    ("C16", "2022-01-28", "2022-02-11", None, "29 and 30 January 2022 are worked"),
    ("C6", "2022-12-19", "2023-02-24", None, "45 working days over two New Years"),
    (
        "C27",
        "2023-09-14",
        "2023-10-07",
        None,
        "ends 29 September; 7 October, a Saturday, is worked",
    ),
    ("C29b", "2023-04-01", "2023-10-07", None, "6 months end 1 October, on to the worked Saturday"),
    ("C29b", "2023-08-31", "2024-02-29", None, "no 31 February, but a leap day"),
    ("C12", "2023-10-31", "2024-01-29", None, "90 days, a Monday"),
    ("C33", "2024-01-31", "2024-03-04", None, "9 February 2024 is worked, 4 and 18 February too"),
    ("C26", "2024-01-12", "2024-02-18", None, "30 days end 11 February; Sunday 18 is worked"),
    ("T9", "2024-02-07", "2024-02-10", "2024-02-18", "the third day is New Year of the moon"),
    ("C38a", "2024-02-29", "2026-02-28", None, "no 29 February; Saturday 28 is worked"),
    ("C31", "2024-11-29", "2025-02-28", None, "3 months, a Friday"),
    ("C36", "2025-01-24", "2025-02-10", None, "26 January and 8 February 2025 are worked"),
    ("C29a", "2025-12-03", "2026-02-02", None, "60 days end Sunday 1 February"),
    ("C18", "2026-01-16", "2026-02-15", "2026-02-24", "30 days end on the first day of the feast"),
    ("C24", "2022-10-12", "2022-09-28", None, "back over the National Day, 8 and 9 October worked"),
    ("C35", "2026-09-18", "2026-09-22", None, "Sunday 20 September 2026 is worked"),
]
HOURS = [
    ("C17", datetime(2021, 4, 28, 9, 30, tzinfo=BEIJING), "2021-04-29T09:30", "行政强制法 19"),
    (
        "T3",
        datetime(2021, 4, 30, 16, tzinfo=BEIJING),
        "2021-05-01T16:00",
        "移送规定 5: on a holiday",
    ),
    ("T4", datetime(2021, 8, 2, 8, tzinfo=BEIJING), "2021-08-03T08:00", "移送规定 7"),
]
DATELESS = ["C2", "C3", "C13", "C14", "C15", "C19", "C20", "C28", "T1"]


@pytest.mark.parametrize(("code", "start", "expected", "other", "law"), TABLE + EDGES)
def test_limit_by_hand(code, start, expected, other, law):
    answer = ask(code, start)

    assert (due(answer), later(answer)) == (expected, other)


@pytest.mark.parametrize(("code", "start", "expected", "law"), HOURS)
def test_hours_by_hand(code, start, expected, law):
    answer = ask(code, start)

    assert (due(answer), answer.counted, codes(answer)) == (expected, 24, [])


@pytest.mark.parametrize("code", DATELESS)
def test_clock_without_date_answers_with_a_sentence(code):
    answer = ask(code, "2022-03-01")

    assert (answer.due, answer.counted) == (None, 0)
    assert answer.steps[0].render().startswith(code)
    assert answer.rule.note in answer.steps[0].render()


def test_five_year_bar_only_for_acts_from_15_july_2021():
    assert due(ask("C38b", "2021-07-14")) is None
    assert due(ask("C38b", "2021-07-15")) == "2026-07-15"


def test_every_clock_of_the_law_is_in_the_table():
    checked = {row[0] for row in (*TABLE, *HOURS)} | set(DATELESS)

    variants = {"C29", "C34", "C38"}
    wanted = {f"C{n}" for n in range(1, 39)} - variants | {f"T{n}" for n in range(1, 10)}
    wanted |= {"S1", "S2"}  # 当场处罚
    wanted |= {f"J{n}" for n in range(1, 8)}  # 复议、诉讼
    wanted |= {f"{code}{letter}" for code in variants for letter in "ab"}
    assert checked == wanted == {rule.code for rule in shipped_rules()}


@pytest.mark.parametrize("code", ["C1", "C16", "C23", "C24", "C25", "C38b"])
def test_may_2021_and_august_2021_are_different_law(code):
    before, after = ask(code, "2021-05-11"), ask(code, "2021-08-11")

    assert before.rule.version != after.rule.version
    assert after.rule.version == f"{code}@2021-07-15"


@pytest.mark.parametrize("code", ["C16", "C24", "C25"])
def test_seven_days_of_the_old_law_are_marked_unverified(code):
    assert "unverified" in codes(ask(code, "2021-05-11"))
    assert "unverified" not in codes(ask(code, "2021-08-11"))


@pytest.mark.parametrize("code", ["C4", "C5", "C6", "C7", "C8", "C9"])
def test_complaint_rules_of_2026_answer_with_the_old_number_unverified(code):
    old, new = ask(code, "2026-04-14"), ask(code, "2026-04-15")

    assert old.rule.amount == new.rule.amount
    assert "unverified" not in codes(old)
    assert "unverified" in codes(new)


def test_act_before_the_first_known_version_is_counted_and_marked():
    answer = ask("C1", "2019-03-29")

    assert answer.rule.version == "C1@2019-04-01"
    assert "version_assumed" in codes(answer)
