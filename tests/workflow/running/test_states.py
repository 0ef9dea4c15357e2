"""A file taken over in any state stands there with its past, and goes on from there."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import reload
from tests.remembered import remembered
from tests.workflow.running import sheets
from tests.workflow.running.sheets import case_row, lead_row, take, wrong
from workflow import api
from workflow.models import Case, Deadline, IssuedNumber, JournalLine, Lead
from workflow.models.scope import sees
from workflow.numbering import issue_number
from workflow.selectors.consistency import findings
from workflow.services import case_file

STATES = {
    "investigating": {}, "concluded": sheets.CONCLUDED, "reviewing": sheets.REVIEWING,
    "noticed": sheets.NOTICED, "deliberating": sheets.DELIBERATING, "decided": sheets.DECIDED,
    "enforcing": sheets.ENFORCING, "suspended": sheets.SUSPENDED,
    "terminated": sheets.TERMINATED, "closed": sheets.CLOSED,
}  # fmt: skip


@remembered
def taken(world, *parts, **cells):
    report = take(world, case_row(*parts, **cells))
    assert wrong(report) == []
    return Case.objects.get(number="东市监立〔2022〕7号")


def to_closure(world, case):
    """What is left to do, by hand, as for any file."""
    steps = {
        "suspended": resume, "investigating": conclude, "concluded": submit, "reviewing": review,
        "noticed": deliberate, "deliberating": decide, "decided": enforce, "enforcing": close,
        "terminated": close_terminated, "closed": archive,
    }  # fmt: skip
    passed = [case.state]
    while case.state != "archived":
        case = steps[case.state](world, case)
        passed.append(case.state)
    return passed


def resume(world, case):
    return world.signed(case, "case.resume", {"reason": "情形消除"})


def conclude(world, case):
    world.evidence(case)
    fields = {"facts": "经查属实。", "legal_basis": "产品质量法第二十七条"}
    case_file.edit_case(case, actor=world.handler, fields=fields)
    data = {"report": "事实清楚。", "proposal": "罚款 5000 元"}
    api.perform(case, "case.conclude", actor=world.handler, data=data)
    return reload(case)


def submit(world, case):
    api.perform(case, "case.submit_review", actor=world.handler)
    return reload(case)


def review(world, case):
    case = world.opinion(case)
    notice = world.draft_notice(case)
    case = world.signed(case, "case.notify")
    notice.refresh_from_db()
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", notice=notice,
    )  # fmt: skip
    return world.answer(reload(case))


def deliberate(world, case):
    world.draft_decision(case)
    api.perform(case, "case.deliberate", actor=world.handler)
    return reload(case)


def decide(world, case):
    world.draft_decision(case)
    return world.signed(case, "case.decide")


def enforce(world, case):
    row = case.parties.get()
    case_file.record_service(
        row, actor=world.handler, method="direct", served_at=clock.now(), receiver="店主",
        decision=row.decisions.latest("round"),
    )  # fmt: skip
    api.perform(case, "case.enforce", actor=world.handler)
    return reload(case)


def close(world, case):
    for penalty in case.parties.get().decisions.latest("round").penalties.all():
        if penalty.amount_fen:
            case_file.record_payment(
                penalty, actor=world.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
            )
        else:
            case_file.record_performed(penalty, actor=world.handler, performed_on=clock.today())
    data = {"ground": "performed", "reason": "执行完毕。"}
    return world.signed(case, "case.close", data)


def close_terminated(world, case):
    data = {"ground": "terminated", "reason": "终止调查。"}
    return world.signed(case, "case.close", data)


def archive(world, case):
    data = {"archive_number": "20220001"}
    api.perform(case, "case.archive", actor=world.handler, data=data)
    return reload(case)


@pytest.mark.parametrize("state", STATES)
def test_case_taken_over_goes_on_to_the_archive(known, state):
    case = taken(known, STATES[state])

    passed = to_closure(known, case)

    assert passed[0] == state
    assert passed[-1] == "archived"
    call_command("verify_journal")


@pytest.mark.parametrize("state", STATES)
def test_every_tab_of_a_case_taken_over_opens(client, known, state):
    case = taken(known, STATES[state], lead_number="东市监线〔2022〕1号", channel="舆情",
                 received_on="2022-01-02")  # fmt: skip
    client.force_login(known.handler)
    url = reverse("workflow_case:inspect", args=[case.pk])
    answers = {tab: client.get(url, {"tab": tab}).status_code for tab in (
        "overview", "parties", "documents", "deadlines", "transfers", "publicity", "timeline"
    )}  # fmt: skip

    assert set(answers.values()) == {200}


def test_past_acts_are_lines_with_their_own_dates(known):
    case = taken(known, sheets.DECIDED)

    lines = JournalLine.objects.filter(case=case).order_by("seq")

    assert [(line.verb, line.act, timezone.localdate(line.acted_at)) for line in lines] == [
        ("imported", "case.open", date(2022, 1, 4)),
        ("imported", "case.conclude", date(2022, 1, 20)),
        ("imported", "case.submit_review", date(2022, 1, 21)),
        ("imported", "case.give_opinion", date(2022, 1, 25)),
        ("imported", "case.notify", date(2022, 1, 26)),
        ("imported", "notice.served", date(2022, 1, 27)),
        ("imported", "case.deliberate", date(2022, 2, 10)),
        ("imported", "case.decide", date(2022, 2, 15)),
    ]
    assert {line.recorded_at for line in lines} == {clock.now()}
    assert {line.actor for line in lines} == {known.office}


def limits(record):
    found = Deadline.objects.filter(**{record.machine: record}).order_by("code")
    return [
        (limit.code, limit.state, limit.due_on, limit.done_at and timezone.localdate(limit.done_at))
        for limit in found
    ]


def test_what_was_served_before_the_system_asks_for_no_receipt(known):
    case = taken(known, sheets.NOTICED)
    unproven = [f for f in findings(case) if f.code == "service_without_receipt"]

    case_file.record_service(
        case.parties.get(), actor=known.handler, method="direct", served_at=clock.now(),
        receiver="店主", document="责令改正通知书",
    )  # fmt: skip

    assert unproven == []
    found = [f for f in findings(reload(case)) if f.code == "service_without_receipt"]
    assert ["责令改正通知书" in f.message for f in found] == [True]


def test_limits_follow_the_real_dates(known):
    """Met, met late and running, all from the days in the file."""
    case = taken(
        known, sheets.ENFORCING, filed_on="2021-09-01", decision_served_on="2022-02-28",
        enforced_on="2022-02-28",
    )  # fmt: skip

    assert limits(case) == [
        ("C12", "late_met", date(2021, 11, 30), date(2022, 2, 15)),
        ("C22", "met", date(2022, 2, 9), date(2022, 1, 25)),
        ("C23", "running", date(2022, 2, 8), None),
        ("C25", "late_met", date(2022, 2, 24), date(2022, 2, 28)),
        ("C27", "running", date(2022, 3, 15), None),
        ("C29a", "running", date(2022, 4, 29), None),
        ("C29b", "running", date(2022, 8, 29), None),
    ]


def test_overdue_limit_shows_at_once(known):
    case = taken(known, filed_on="2021-11-01")

    limit = case.deadlines.get(code="C12")

    assert (limit.state, limit.due_on) == ("running", date(2022, 1, 30))
    assert limit.due_on < clock.today()


def test_pauses_and_extensions_move_the_limit(known):
    case = taken(
        known, extended_on="2022-02-01",
        pauses="检验 2022-01-10至2022-01-19；鉴别2022.2.1至2022年2月5日；"
        "中止2022-02-10至2022-02-12；听证2022-02-14至2022-02-15",
    )  # fmt: skip

    limit = case.deadlines.get(code="C12")
    assert limit.due_on == date(2022, 1, 4) + timedelta(days=90 + 30 + 10 + 5 + 3 + 2)
    assert limit.extensions.get().approver is None


def test_open_pause_stops_the_limit(known):
    case = taken(known, pauses="鉴定 2022-02-01至")

    limit = case.deadlines.get(code="C12")

    assert (limit.state, limit.due_on) == ("paused", None)


def test_lead_under_verification_is_taken_up_again(known):
    row = lead_row(state="核查", accepted_on="2022-02-23", handlers="handler、second")

    report = take(known, row)

    lead = Lead.objects.get(number="东市监线〔2022〕3号")
    assert wrong(report) == []
    assert limits(lead) == [("C1", "running", date(2022, 3, 15), None)]
    lead.subject_name = "某某县小星星玩具店"
    lead.save(update_fields=["subject_name"])
    known.signed(lead, "lead.file", known.filing())
    assert Case.objects.get(lead=lead).number == "东市监立〔2022〕1号"


def test_registered_lead_is_accepted_here(known):
    take(known, lead_row())

    lead = Lead.objects.get()
    api.perform(lead, "lead.accept", actor=known.unit_head,
                data={"handlers": [known.handler, known.second]})  # fmt: skip

    assert reload(lead).state == "verifying"


def test_numbers_go_on_after_the_highest_and_never_come_twice(known):
    take(known, case_row(sheets.DECIDED), case_row(
        number="东市监案字[2021]第12号", filed_on="2021-12-20", party_name="另一家店"))  # fmt: skip

    day = date(2022, 3, 1)
    issued = [issue_number(kind, on=day, unit=known.station)
              for kind in ("filing", "notice", "penalty")]  # fmt: skip

    assert issued == ["东市监立〔2022〕8号", "东市监罚告〔2022〕6号", "东市监罚〔2022〕5号"]
    assert IssuedNumber.objects.filter(text="东市监案字[2021]第12号", kind="old_filing").exists()


def test_restricted_file_is_seen_by_its_handlers_alone(known):
    case = taken(known, restricted="是", lead_number="东市监线〔2022〕1号", channel="舆情",
                 received_on="2022-01-02")  # fmt: skip

    for record in (case, case.lead):
        everybody = (known.handler, known.second, known.unit_head, known.office)
        assert [p for p in everybody if sees(p, record)] == [known.handler, known.second]


def test_what_was_decided_stands_in_the_file(known):
    case = taken(known, sheets.CLOSED)

    row = case.parties.get()
    decision, notice = row.decisions.get(), row.notices.get()

    assert (decision.number, notice.number) == ("东市监罚〔2022〕4号", "东市监罚告〔2022〕5号")
    assert [(p.kind, p.amount_fen, p.goods) for p in decision.penalties.all()] == [
        ("fine", 500_000, ""), ("goods", None, "玩具枪 30 件"),
    ]  # fmt: skip
    assert decision.penalties.first().payments.get().amount_fen == 500_000
    assert case.closed_at == datetime(2022, 2, 25, tzinfo=timezone.get_current_timezone())
    assert (case.state, case.previous_state, row.outcome) == ("closed", "enforcing", "penalty")
