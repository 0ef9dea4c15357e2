"""Goods held when a file is taken over come in with it, and their limit with its real day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import reload
from tests.workflow.running import sheets
from tests.workflow.running.sheets import case_row, take, wrong
from workflow.models import Approval, CustodyStep, Deadline, IssuedNumber, JournalLine, Measure
from workflow.numbering import issue_number
from workflow.selectors.consistency import findings

SEIZED = {
    "measure_kind": "扣押", "measure_number": "东市监强〔2022〕9号", "measure_on": "2022-02-21",
    "measure_basis": "《产品质量法》第十八条", "measure_place": "县局涉案物品库",
    "measure_items": "玩具枪 30 件；包装盒（彩色） 12.5公斤",
}  # fmt: skip
PRESERVED = {
    **SEIZED, "measure_kind": "先行登记保存", "measure_number": "东市监登保〔2022〕4号",
    "measure_basis": None,
}  # fmt: skip


def taken(world, *parts, **cells):
    report = take(world, case_row(*parts, **cells))
    assert wrong(report) == []
    return Measure.objects.get()


def limits(measure):
    rows = Deadline.objects.filter(record_type="workflow.measure", record_id=measure.pk)
    return [(row.code, row.state, row.due_on) for row in rows.order_by("code")]


def test_a_seizure_stands_with_its_goods_and_its_limit_from_its_own_day(known):
    measure = taken(known, SEIZED)

    assert (measure.state, measure.number, measure.kind) == (
        "in_force",
        "东市监强〔2022〕9号",
        "seize",
    )
    assert timezone.localdate(measure.decided_at) == date(2022, 2, 21)
    assert [(i.name, i.quantity, i.held, i.unit_name) for i in measure.items.all()] == [
        ("玩具枪", Decimal(30), Decimal(30), "件"),
        ("包装盒（彩色）", Decimal("12.5"), Decimal("12.5"), "公斤"),
    ]
    assert limits(measure) == [("C18", "running", date(2022, 3, 23))]
    assert CustodyStep.objects.get(measure=measure).place == "县局涉案物品库"
    assert not Approval.objects.exists()
    call_command("verify_journal")


def test_preservation_runs_seven_working_days_and_lapses_when_they_are_over(known):
    measure = taken(known, PRESERVED)
    assert limits(measure) == [("C16", "running", date(2022, 3, 2))]

    with clock.at(clock.now() + timedelta(days=2)):
        call_command("tick")

    assert reload(measure).state == "ended"


def test_an_extension_on_paper_moves_the_limit(known):
    measure = taken(
        known, SEIZED, measure_on="2022-01-10", measure_extended_on="2022-02-08",
        measure_extended_days="30",
    )  # fmt: skip

    assert measure.state == "extended"
    assert limits(measure) == [("C18", "running", date(2022, 3, 11))]


def test_an_overdue_seizure_shows_at_once(known):
    measure = taken(known, SEIZED, measure_on="2022-01-05")

    found = [(f.code, f.severity) for f in findings(measure.case)]

    assert limits(measure)[0][2] == date(2022, 2, 4)
    assert ("C17", "running") not in [row[:2] for row in limits(measure)]
    assert [code for code, _severity in found if code.startswith("goods")] == []


def test_its_number_is_in_the_register_and_its_class_goes_on(known):
    measure = taken(known, SEIZED)

    assert IssuedNumber.objects.get(text="东市监强〔2022〕9号").record_id == measure.pk
    assert (
        issue_number("measure", on=date(2022, 3, 1), unit=known.station) == "东市监强〔2022〕10号"
    )


def test_its_acts_are_lines_of_its_own_journal(known):
    measure = taken(known, SEIZED)

    lines = JournalLine.objects.filter(record_type="workflow.measure", record_id=measure.pk)

    assert [(line.verb, line.act, timezone.localdate(line.acted_at)) for line in lines] == [
        ("imported", "measure.carry_out", date(2022, 2, 21))
    ]


def test_it_is_lifted_here_like_any_other(client, known):
    measure = taken(known, SEIZED)
    client.force_login(known.handler)
    assert client.get(reverse("workflow_measure:inspect", args=[measure.pk])).status_code == 200

    data = {"ground": "decided", "reason": "不再需要扣押。", "receiver": "店主"}
    measure = known.signed(measure, "measure.lift", data)

    assert (measure.state, measure.items.get(order=1).held) == ("ended", 0)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"measure_number": None}, "强制措施文号"), ({"measure_kind": None}, "强制措施种类"),
        ({"measure_on": None}, "措施实施日期"), ({"measure_items": None}, "财物清单"),
        ({"measure_place": None}, "存放地点"), ({"measure_basis": None}, "措施依据"),
        ({"measure_items": "玩具枪若干"}, "财物清单"),
        ({"measure_items": "玩具枪 0 件"}, "财物清单"),
        ({"measure_items": "玩具枪 1.2345 件"}, "财物清单"),
        ({"measure_kind": "没收"}, "强制措施种类"),
        ({"measure_extended_on": "2022-02-25"}, "措施延长天数"),
        ({"measure_extended_days": "30"}, "措施延长批准日期"),
        ({"measure_extended_on": "2022-02-25", "measure_extended_days": "31"}, "措施延长天数"),
        ({"measure_extended_on": "2022-02-20", "measure_extended_days": "3"}, "措施延长批准日期"),
        ({**sheets.CLOSED}, "强制措施种类"),
    ],
)  # fmt: skip
def test_a_measure_that_cannot_be_is_named_at_its_column(known, cells, column):
    report = take(known, case_row(SEIZED, cells))

    assert [error[1] for error in wrong(report)] == [column]
    assert not Measure.objects.exists()


def test_preservation_is_never_extended(known):
    more = {"measure_extended_on": "2022-02-25", "measure_extended_days": "3"}

    report = take(known, case_row(PRESERVED, more))

    assert [error[1] for error in wrong(report)] == ["措施延长批准日期", "措施延长天数"]


def test_a_lead_has_no_measure(known):
    report = take(known, sheets.lead_row(**SEIZED))

    assert {error[1] for error in wrong(report)} == {
        "强制措施种类", "强制措施文号", "措施实施日期", "措施依据", "存放地点", "财物清单",
    }  # fmt: skip
