"""Whatever a correct file says stands in the records afterwards; a wrong one leaves nothing."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.running import sheets
from tests.workflow.running.sheets import case_row, csv_file, wrong
from workflow.models import Case, IssuedNumber, JournalLine
from workflow.services.import_running import import_running
from workflow.services.import_running.chain import CASE_CHAIN

SHAPES = {
    "调查取证": {}, "调查终结": sheets.CONCLUDED, "审核": sheets.REVIEWING,
    "已告知": sheets.NOTICED, "审批决定": sheets.DELIBERATING, "已决定": sheets.DECIDED,
    "执行": sheets.ENFORCING, "结案": sheets.CLOSED,
}  # fmt: skip
DATED = [name for name, _verb, _state in CASE_CHAIN]
words = st.text(
    st.characters(whitelist_categories=("Lo", "Ll", "Nd"), max_codepoint=0x9FFF),
    min_size=1, max_size=40,
)  # fmt: skip


@st.composite
def rows(draw):
    """A correct row: any state, any days in order until today, any amounts and words."""
    state = draw(st.sampled_from(list(SHAPES)))
    row = case_row(SHAPES[state], state=state)
    day = date(2021, 9, 1)
    ends = ["paid_on", "performed_on", "closed_on"] if state == "结案" else []
    for name in [*(n for n in DATED if n in row), *ends]:
        day += timedelta(days=draw(st.integers(0, 12)))
        row[name] = day.isoformat()
    row["cause"], row["party_name"] = draw(words), draw(words)
    row["number"] = f"东市监立〔2021〕{draw(st.integers(1, 900))}号"
    row["goods_value"] = f"{draw(st.integers(0, 10**9))}.{draw(st.integers(0, 99)):02d}"
    if "fine" in row:
        row["fine"] = str(draw(st.integers(1, 10**6)))
    if "paid" in row:
        row["paid"] = row["fine"]
    return row


def one_of_each_number(found):
    """Rows whose numbers differ, as an office has them."""
    for place, row in enumerate(found, start=1):
        row["number"] = f"东市监立〔2021〕{place * 1000 + len(row['cause'])}号"
        for name, text in (("notice_number", "罚告"), ("decision_number", "罚")):
            if name in row:
                row[name] = f"东市监{text}〔2021〕{place}号"
    return found


def undo():
    transaction.set_rollback(True)


def fen(typed):
    whole, _dot, rest = typed.partition(".")
    return int(whole) * 100 + int(rest or 0)


@pytest.mark.slow
@given(found=st.lists(rows(), min_size=1, max_size=3).map(one_of_each_number))
def test_what_is_taken_over_is_what_was_written(known, found):
    with transaction.atomic():
        report = import_running(csv_file(*found), "a.csv", actor=known.office, commit=True)

        assert wrong(report) == []
        for row in found:
            case = Case.objects.get(number=row["number"])
            told = {
                line.act: timezone.localdate(line.acted_at).isoformat()
                for line in JournalLine.objects.filter(case=case)
            }
            assert {verb: told[verb] for name, verb, _s in CASE_CHAIN if name in row} == {
                verb: row[name] for name, verb, _s in CASE_CHAIN if name in row
            }
            assert (case.cause, case.parties.get().party.name) == (row["cause"], row["party_name"])
            assert case.goods_value_fen == fen(row["goods_value"])
            assert sheets.LABELS[case.state] == row["state"]
            fines = [p.amount_fen for d in case.parties.get().decisions.all()
                     for p in d.penalties.all() if p.kind == "fine"]  # fmt: skip
            assert fines == ([int(row["fine"]) * 100] if "decided_on" in row else [])
        call_command("verify_journal", stdout=StringIO(), stderr=StringIO())
        undo()


BREAKS = st.sampled_from([
    {"filed_on": "2022-13-01"}, {"unit": "?"}, {"cause": "\x00"}, {"goods_value": "-1"},
    {"handlers": "谁"}, {"state": ""}, {"number": ""}, {"party_kind": "猫"},
])  # fmt: skip


@pytest.mark.slow
@given(
    found=st.lists(rows(), min_size=1, max_size=3).map(one_of_each_number), broken=BREAKS,
    place=st.integers(0, 2),
)  # fmt: skip
def test_file_with_an_error_writes_nothing(known, found, broken, place):
    found[place % len(found)].update(broken)
    with transaction.atomic():
        report = import_running(csv_file(*found), "a.csv", actor=known.office, commit=True)

        assert report.wrong_rows >= 1
        assert report.written == 0
        assert not Case.objects.exists()
        assert not JournalLine.objects.exists()
        assert not IssuedNumber.objects.exists()
        undo()
