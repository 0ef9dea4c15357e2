"""Limits start, stop and move with the journal, by the date of the act and not of the entry."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflow.clocks.conftest import at
from workflow.clocks.follow import follow, rehome
from workflow.clocks.rule import ClockError
from workflow.models import Deadline, Payment
from workflow.models.clock import ClockRule

pytestmark = pytest.mark.django_db


def test_lead_is_verified_within_its_limit(lead, write, states):
    write(lead, "lead.register", "2021-08-02")
    assert states("C1") == [(f"C1:workflow.lead:{lead.pk}", "2021-08-23", "running")]

    write(lead, "lead.file", "2021-08-23T23:59")
    assert states("C1") == [(f"C1:workflow.lead:{lead.pk}", "2021-08-23", "met")]


def test_lead_filed_late_stays_late(lead, write, states):
    write(lead, "lead.register", "2021-08-02")
    write(lead, "lead.decline", "2021-08-24")

    assert states("C1")[0][2] == "late_met"


def test_verification_extended_once_by_its_usual_length(lead, write, officer):
    write(lead, "lead.register", "2021-04-28")
    write(lead, "lead.extend", "2021-05-20")

    deadline = Deadline.objects.get(code="C1")
    extension = deadline.extensions.get()
    assert deadline.due_on.isoformat() == "2021-06-11"
    assert (extension.amount, extension.approver, extension.approver_name) == (
        15, officer, "王小明",
    )  # fmt: skip


def test_merge_taken_back_lets_the_old_limit_run_on(lead, write, states):
    write(lead, "lead.register", "2021-08-02")
    write(lead, "lead.merge", "2021-08-05")
    assert states("C1")[0][2] == "met"

    write(lead, "lead.unmerge", "2021-08-10")
    assert states("C1") == [(f"C1:workflow.lead:{lead.pk}", "2021-08-23", "running")]


def test_lead_taken_up_again_has_a_second_limit(lead, write, states):
    write(lead, "lead.register", "2021-08-02")
    write(lead, "lead.decline", "2021-08-05")
    write(lead, "lead.reopen", "2021-09-01")

    assert states("C1")[1] == (f"C1:workflow.lead:{lead.pk}:2", "2021-09-23", "running")


def test_only_a_named_reporter_is_owed_an_answer(lead, write, states, reporter):
    write(lead, "lead.decline", "2021-08-02")
    assert states("C4") == [(f"C4:workflow.lead:{lead.pk}", "2021-08-09", "running")]
    write(lead, "reporter.informed", "2021-08-09")
    assert states("C4")[0][2] == "met"


def test_anonymous_reporter_is_owed_none(lead, write, states, reporter):
    reporter.kind = "anonymous"
    reporter.save()

    write(lead, "lead.decline", "2021-08-02")

    assert states("C4") == []


def test_case_has_ninety_days_from_filing(case, write, states, unit):
    write(case, "case.open", "2021-08-02")

    deadline = Deadline.objects.get(code="C12")
    assert states("C12") == [(f"C12:workflow.case:{case.pk}", "2021-11-01", "running")]
    assert (deadline.case, deadline.unit, deadline.rule.effective_from.isoformat()) == (
        case, unit, "2021-07-15",
    )  # fmt: skip
    write(case, "case.decide", "2021-11-01")
    assert states("C12")[0][2] == "met"


def test_suspension_stops_the_clock_and_resuming_starts_it(case, write, states):
    write(case, "case.open", "2021-04-28")
    write(case, "case.suspend", "2021-05-17")
    assert states("C12")[0][1:] == (None, "paused")
    assert Deadline.objects.get(code="C12").left == 72

    write(case, "case.resume", "2021-05-20")
    assert states("C12")[0][1:] == ("2021-08-02", "running")


def test_overlapping_pauses_of_two_reasons_count_once(case, write, states):
    write(case, "case.open", "2021-04-28")
    write(case, "case.schedule_hearing", "2021-05-17", scheduled_at=at("2021-06-04").isoformat())
    write(case, "case.suspend", "2021-05-19")
    write(case, "case.close_hearing", "2021-05-20")
    assert states("C12")[0][2] == "paused"

    write(case, "case.resume", "2021-05-26")
    assert states("C12")[0][1] == "2021-08-06"


def test_case_with_the_police_stands_still(case, write, states):
    write(case, "case.open", "2021-08-02")
    write(case, "case.transfer", "2021-08-10")
    assert states("C12")[0][2] == "paused"
    write(case, "case.take_back", "2021-09-09")
    assert states("C12")[0][1] == "2021-12-01"


def test_back_dated_pause_is_counted_even_after_the_end(case, write, states):
    write(case, "case.open", "2021-04-28")
    write(case, "case.decide", "2021-07-29")
    assert states("C12")[0][2] == "late_met"

    pk = Deadline.objects.get(code="C12").pk
    pause = {"from": "2021-06-01", "until": "2021-06-10", "document": "检验期间告知书"}
    write(case, "clock.pause", "2021-06-11", deadline=pk, reason="testing", **pause)

    assert states("C12")[0][1:] == ("2021-08-06", "met")


def test_decision_while_paused_ends_the_pause(case, write):
    write(case, "case.open", "2021-08-02")
    write(case, "case.suspend", "2021-08-10")
    write(case, "case.terminate", "2021-08-20")

    deadline = Deadline.objects.get(code="C12")
    assert (deadline.state, deadline.pauses.get().end_on.isoformat()) == ("met", "2021-08-20")


def test_first_extension_is_thirty_days_the_second_must_say_how_long(case, write, states):
    write(case, "case.open", "2021-08-02")
    write(case, "case.extend", "2021-10-20")
    assert states("C12")[0][1] == "2021-11-30"
    with pytest.raises(ClockError):
        write(case, "case.extend", "2021-11-20")
    write(case, "case.extend", "2021-11-20", days=20)
    assert states("C12")[0][1] == "2021-12-20"


def test_late_extension_leaves_the_old_date(case, write, states):
    write(case, "case.open", "2021-04-28")
    write(case, "case.extend", "2021-07-28")

    assert states("C12")[0][1] == "2021-07-27"


def test_correction_of_the_date_moves_the_limit_and_its_version(case, parties, write, states):
    served = write(case, "notice.served", "2021-07-15", party=parties[0].pk)
    assert states("C23")[0][1] == "2021-07-22"

    write(case, "correct", "2021-07-20", corrects=served, acted_at=at("2021-07-14").isoformat())

    assert states("C23")[0][1] == "2021-07-19"
    assert Deadline.objects.get(code="C23").rule.amount == 3


def test_each_party_has_its_own_window(case, parties, write, states):
    first, second = parties
    write(case, "notice.served", "2021-08-11", party=first.pk)
    write(case, "notice.served", "2021-08-12", party=second.pk)
    write(case, "notice.answered", "2021-08-13", party=first.pk)

    base = f"C23:workflow.case:{case.pk}:party"
    assert states("C23") == [
        (f"{base}:{first.pk}", "2021-08-18", "met"),
        (f"{base}:{second.pk}", "2021-08-19", "running"),
    ]


def test_a_reopened_case_starts_the_window_of_its_new_notice(case, parties, write, states):
    """Nobody answered the first one: its window ran on, and the new notice has one of its own."""
    write(case, "notice.served", "2021-08-11", party=parties[0].pk)
    write(case, "case.reopen", "2021-10-11")
    write(case, "notice.served", "2021-11-03", party=parties[0].pk)

    assert [row[1:] for row in states("C23")] == [
        ("2021-08-18", "cancelled"), ("2021-11-10", "running"),
    ]  # fmt: skip


def test_review_ends_with_the_opinion_and_starts_again_after_a_hearing(case, write, states):
    write(case, "case.submit_review", "2021-08-02")
    write(case, "case.give_opinion", "2021-08-16")
    write(case, "case.close_hearing", "2021-09-01")

    assert [row[1:] for row in states("C22")] == [("2021-08-16", "met"), ("2021-09-15", "running")]


def test_hearing_notice_is_counted_back_from_the_hearing(case, write, states):
    hearing = at("2021-08-16T09:30").isoformat()
    write(case, "case.schedule_hearing", "2021-08-05", scheduled_at=hearing)
    write(case, "case.schedule_hearing", "2021-08-06", scheduled_at=hearing)

    assert [row[1:] for row in states("C24")] == [("2021-08-05", "met"), ("2021-08-05", "late_met")]


def test_decision_is_served_on_every_party_and_the_fined_one_pays(
    case, parties, write, decide, states
):
    first, second = parties
    fine = decide(first, number="罚1")
    decide(second, number="罚2", fine=0)
    write(case, "case.decide", "2021-09-01")
    write(case, "decision.served", "2021-09-10", party=first.pk)
    write(case, "decision.served", "2021-09-13", party=second.pk)
    assert [row[1:] for row in states("C25")] == [("2021-09-10", "met"), ("2021-09-10", "late_met")]
    assert [row[0] for row in states("C27")] == [f"C27:workflow.case:{case.pk}:party:{first.pk}"]

    Payment.objects.create(
        penalty=fine, amount_fen=100_000, paid_on=at("2021-09-20").date(),
        recorded_by=fine.decision.drafted_by,
    )  # fmt: skip
    warning = second.decisions.get().penalties.get()
    write(case, "penalty.paid", "2021-09-30", party=first.pk, on="2021-09-20")
    assert (states("C27")[0][2], states("C32")) == ("met", [])

    warning.performed_on = at("2021-09-20").date()
    warning.save()
    write(case, "penalty.performed", "2021-09-30", party=second.pk, on="2021-09-20")
    assert states("C32")[0][1:] == ("2021-10-15", "running")
    write(case, "case.close", "2021-10-15")
    assert states("C32")[0][2] == "met"


def test_part_payment_does_not_open_the_closing_limit(case, parties, write, decide, states):
    decide(parties[0], number="罚1")

    write(case, "penalty.paid", "2021-09-20", party=parties[0].pk)

    assert states("C32") == []


def test_starting_again_while_it_runs_changes_nothing(case, write):
    write(case, "case.open", "2021-08-02")

    assert write(case, "case.open", "2021-08-05").changed == []
    assert Deadline.objects.filter(code="C12").count() == 1


def test_another_case_is_not_touched(case, lead, unit, write, states):
    other = type(case).objects.create(
        number="案2", title="另案", cause="销售", unit=unit, filed_at=at("2021-08-02")
    )
    write(case, "case.open", "2021-08-02")
    write(other, "case.open", "2021-08-02")
    write(case, "case.suspend", "2021-08-10")

    assert [row[2] for row in states("C12")] == ["paused", "running"]


def test_a_limit_of_another_record_cannot_be_paused(case, lead, unit, write):
    other = type(case).objects.create(
        number="案2", title="另案", cause="销售", unit=unit, filed_at=at("2021-08-02")
    )
    write(case, "case.open", "2021-08-02")
    deadline = Deadline.objects.get(code="C12")

    with pytest.raises(ClockError):
        write(other, "clock.pause", "2021-08-10", deadline=deadline.pk, reason="testing")


def test_line_that_touches_no_rule_costs_one_query(case, officer, write):
    write(case, "remark.added", "2021-08-02")
    line = write(case, "remark.added", "2021-08-02")

    with CaptureQueriesContext(connection) as queries:
        follow(line)

    assert len(queries) == 1


def test_rule_edited_by_the_bureau_is_used_at_once(case, write, states):
    write(case, "remark.added", "2021-08-02")
    rule = ClockRule.objects.get(code="C12", effective_from="2021-07-15")
    rule.amount = 60
    rule.save()

    write(case, "case.open", "2021-08-02")

    assert states("C12")[0][1] == "2021-10-08"  # 60 days end on 1 October


def test_moved_case_takes_its_limits_along(case, write, unit):
    write(case, "case.open", "2021-08-02")
    case.unit = unit.add_child(code="clock-station", name="所", kind="station")
    case.save()

    assert rehome(case) == 1
    assert Deadline.objects.get(code="C12").unit == case.unit
