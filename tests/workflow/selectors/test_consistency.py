"""案卷自查: a clean file has no finding; each flaw has exactly its own."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from tests.casework import START, later, reload
from tests.workflow.measures import in_force
from tests.workflow.selectors.proving import issued, proven
from workflow.models import (
    Article,
    ArticleCitation,
    Case,
    CaseParty,
    Deadline,
    Decision,
    DocumentForm,
    FineRange,
    Handler,
    IssuedNumber,
    Law,
    LawVersion,
    MeasureItem,
    Notice,
    Party,
    Penalty,
    Service,
)  # fmt: skip
from workflow.selectors.consistency import findings
from workflow.services import case_file, execution


def codes(case):
    return [finding.code for finding in findings(reload(case))]


@pytest.fixture
def case(world):
    return proven(world.closed())


def cite(penalty, *, until=None):
    law = Law.objects.create(name="自查示例法", short_name="示例法")
    version = LawVersion.objects.create(
        law=law, label="2018", effective_from=date(2018, 12, 29), effective_until=until
    )
    article = Article.objects.create(version=version, number="54", order=54, text="责令改正")
    ArticleCitation.objects.create(article=article, penalty=penalty, role="penalty")
    return article


def imposed(case):
    return Penalty.objects.get(decision__case_party__case=case)


def test_a_clean_file_has_no_finding(case):
    assert codes(case) == []


def test_dates_out_of_order_are_found(case):
    Notice.objects.update(issued_at=START - timedelta(days=3))
    assert codes(case) == ["dates_out_of_order"]


def test_a_day_with_one_handler_is_found(case):
    Handler.objects.filter(case=case).first().delete()
    assert codes(case) == ["handlers_too_few", "handlers_too_few"]


def test_a_measure_or_a_record_of_questions_by_one_handler_is_found(world):
    measure = in_force(world)
    case = measure.case
    assert codes(case) == []
    Handler.objects.filter(case=case).first().delete()
    assert codes(case) == ["handlers_too_few"]

    issued(case, DocumentForm.objects.get(code="F14"))

    assert codes(case) == ["handlers_too_few", "handlers_too_few"]


def test_an_inspection_by_one_officer_is_found(world):
    case = world.investigating()
    row = world.evidence(case)
    assert codes(case) == []
    row.pk, row.collectors = None, ["吴承办"]
    row.save(force_insert=True)
    assert codes(case) == ["collectors_too_few"]


def test_an_article_no_longer_in_force_is_found(case):
    cite(imposed(case), until=date(2021, 12, 31))
    assert codes(case) == ["not_in_force"]


def test_a_fine_above_its_range_is_found(case):
    article = cite(imposed(case))
    assert codes(case) == []
    FineRange.objects.create(article=article, max_fen=100_000)
    assert codes(case) == ["above_range"]


def test_a_fine_above_a_range_nobody_verified_is_looked_at(case):
    FineRange.objects.create(article=cite(imposed(case)), max_fen=100_000, is_verified=False)
    assert [(f.code, f.severity) for f in findings(case)] == [("above_range", "warning")]


def test_a_decision_heavier_than_its_notice_is_found(case):
    Penalty.objects.filter(notice=None).update(amount_fen=500_001)
    assert codes(case) == ["heavier"]


@pytest.mark.parametrize("paper", ["notice", "decision"])
def test_a_paper_without_service_is_found_and_weighs_more_after_a_week(case, paper):
    Service.objects.filter(**{f"{paper}__isnull": False}).delete()
    assert [(f.code, f.severity) for f in findings(case)] == [("not_served", "warning")]
    with clock.at(START + timedelta(days=8)):
        assert [f.severity for f in findings(case) if f.code == "not_served"] == ["error"]


def test_a_service_nobody_signed_is_found(case):
    Service.objects.filter(decision=None).update(receiver="")
    assert codes(case) == ["service_unsigned"]


def test_a_document_served_on_nobody_is_found(world, case):
    row = Service.objects.filter(decision=None).get()
    row.pk, row.notice, row.document, row.receiver = None, None, "责令改正通知书", ""
    row.save(force_insert=True)
    assert codes(case) == ["service_unsigned"]


def test_a_paper_served_again_is_named_and_counts_from_the_first_time(case):
    row = Service.objects.filter(notice=None).get()
    row.pk, row.served_at, row.method = None, START + timedelta(days=9), "post"
    row.save(force_insert=True)
    found = findings(case)
    assert [(f.code, f.severity) for f in found] == [("served_again", "warning")]
    row.pk = None
    row.save(force_insert=True)
    assert codes(case) == ["service_twice"]


def test_a_violation_found_after_the_time_bar_is_named(case):
    found_on = case.lead.received_at.date()
    for years, said in [(2, []), (3, ["time_barred"])]:
        Case.objects.filter(pk=case.pk).update(
            violated_on=found_on.replace(year=found_on.year - years)
        )
        assert codes(case) == said


def test_a_form_for_the_party_without_service_is_found(case):
    paper = issued(case, DocumentForm.objects.get(code="F33"))
    assert codes(case) == ["form_not_served"]
    row = Service.objects.filter(decision=None).get()
    row.pk, row.notice, row.document, row.paper = None, None, str(paper), paper
    row.save(force_insert=True)
    assert codes(case) == []


def test_an_open_surcharge_of_a_fine_paid_late_is_named(world):
    case = proven(world.enforcing())
    penalty = case.parties.get().decisions.get().penalties.get()
    with later(days=20):
        case_file.record_payment(
            penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
        )
        left = codes(case)
        execution.record_surcharge(
            penalty, actor=world.handler, amount_fen=75_000, paid_on=clock.today()
        )

        assert (left, codes(case)) == (["surcharge_open"], [])


def test_a_voided_form_and_one_for_another_authority_need_no_service(case):
    issued(case, DocumentForm.objects.get(code="F18"))
    issued(
        case, DocumentForm.objects.get(code="F33"),
        status="voided", voided_at=START, void_reason="送达前发现错误",
    )  # fmt: skip
    assert codes(case) == []


def test_goods_that_do_not_add_up_are_found(world):
    measure = in_force(world)
    assert codes(measure.case) == []
    MeasureItem.objects.update(held=Decimal(29))
    assert codes(measure.case) == ["goods_do_not_add_up"]


def test_goods_held_by_a_closed_case_are_found(world, case):
    measure = in_force(world)
    type(measure).objects.update(case=case, case_party=case.parties.get())
    assert codes(case) == ["goods_still_held"]


def test_a_notice_without_number_is_found(case):
    Notice.objects.update(number="")
    assert codes(case) == ["number_missing"]


def test_a_number_voided_without_reason_is_found(case):
    number = IssuedNumber.objects.filter(text=Decision.objects.get().number)
    number.update(voided_at=START, void_reason="当事人名称有误")
    assert codes(case) == []
    number.update(void_reason="")
    assert codes(case) == ["voided_without_reason"]


def test_limits_missed_and_run_out_are_found(case):
    row = Deadline.objects.filter(case=case, obliged="bureau", state="met").first()
    Deadline.objects.filter(pk=row.pk).update(state="late_met")
    found = findings(case)
    assert [(f.code, f.severity) for f in found] == [("limit_late_met", "warning")]
    assert row.code in found[0].message
    Deadline.objects.filter(pk=row.pk).update(
        state="running", done_at=None, due_on=START.date() - timedelta(days=1)
    )
    assert [(f.code, f.severity) for f in findings(case)] == [("limit_running", "error")]


def test_queries_do_not_follow_the_parties(case):
    cite(imposed(case))
    with CaptureQueriesContext(connection) as one:
        findings(Case.objects.select_related("lead").get(pk=case.pk))
    for order in (2, 3):
        party = Party.objects.create(kind="company", name=f"玩具店{order}")
        row = CaseParty.objects.create(case=case, party=party, order=order)
        for model, paper in ((Notice, "notice"), (Decision, "decision")):
            old = model.objects.first()
            penalty = old.penalties.get()
            old.pk, old.case_party, old.number = None, row, f"{old.number}-{order}"
            old.save(force_insert=True)
            penalty.pk, penalty._state.adding = None, True
            setattr(penalty, paper, old)
            penalty.save()
    with CaptureQueriesContext(connection) as three:
        findings(Case.objects.select_related("lead").get(pk=case.pk))
    assert len(three) == len(one)


def test_the_page_says_what_and_where(client, world, case):
    url = reverse("workflow_case:check", args=[case.pk])
    client.force_login(world.handler)
    tabs = client.get(reverse("workflow_case:inspect", args=[case.pk])).content.decode()
    assert url in tabs
    clean = client.get(url).context
    assert (clean["errors"], clean["warnings"]) == ([], [])
    Service.objects.filter(decision=None).update(receiver="")
    page = client.get(url)
    assert [finding.code for finding in page.context["errors"]] == ["service_unsigned"]
    assert f"/parties/{case.parties.get().pk}/service/" in page.content.decode()
    client.force_login(world.stranger)
    assert client.get(url).status_code == 404
