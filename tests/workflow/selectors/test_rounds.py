"""案卷自查 of a case that was reopened, changed by others, or corrected."""

from __future__ import annotations

from datetime import timedelta

from accounts import clock
from tests.casework import START, reload
from tests.workflow.challenging import changed, filed, latest, settled
from tests.workflow.selectors.proving import proven
from workflow import api
from workflow.models import Decision, JournalLine, Notice
from workflow.selectors.consistency import findings
from workflow.services import case_file, corrections


def codes(case):
    return [finding.code for finding in findings(reload(proven(case)))]


def test_a_reopened_case_goes_through_the_same_days_again(world):
    """What was enforced and closed before lies before the new decision, and agrees."""
    case = world.closed()
    with clock.at(START + timedelta(days=20)):
        settled(world, filed(world, case), "redo")
        again = world.signed(case, "case.reopen", {"reason": "责令重作"})
    assert codes(again) == []
    with clock.at(START + timedelta(days=30)):
        again = decide_again(world, again)
    assert codes(again) == []
    assert JournalLine.objects.filter(verb="case.close").count() == 1
    # In the second round too the days are in order.
    Decision.objects.filter(round=2).update(decided_at=START + timedelta(days=25))
    Notice.objects.filter(superseded_at=None).update(issued_at=START + timedelta(days=28))
    assert "dates_out_of_order" in codes(again)


def decide_again(world, case):
    data = {"report": "重新调查", "proposal": "罚款 3000 元"}
    api.perform(case, "case.conclude", actor=world.handler, data=data)
    api.perform(reload(case), "case.submit_review", actor=world.handler)
    case = world.opinion(reload(case))
    world.draft_notice(case, fine_fen=300_000)
    case = world.signed(case, "case.notify")
    notice = Notice.objects.get(superseded_at=None)
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", notice=notice,
    )  # fmt: skip
    case = world.answer(reload(case))
    world.draft_decision(case, fine_fen=300_000)
    api.perform(case, "case.deliberate", actor=world.handler)
    case = world.signed(reload(case), "case.decide")
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", decision=Decision.objects.get(round=2),
    )  # fmt: skip
    return reload(case)


def test_a_decision_changed_by_others_is_no_new_round(world):
    case = world.enforcing()
    with clock.at(START + timedelta(days=20)):
        changed(world, case)
    assert codes(case) == []


def test_a_corrected_act_is_judged_by_its_right_day(world):
    case = world.decided()
    case_file.record_service(
        case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
        receiver="店主", decision=Decision.objects.get(),
    )  # fmt: skip
    with clock.at(START + timedelta(days=2)):
        api.perform(case, "case.enforce", actor=world.handler)
    with clock.at(START + timedelta(days=3)):
        case_file.record_payment(
            latest(case).penalties.get(),
            actor=world.handler,
            amount_fen=500_000,
            paid_on=clock.today(),
        )
        data = {"ground": "performed", "reason": "缴清"}
        case = world.signed(reload(case), "case.close", data)
    with clock.at(START + timedelta(days=5)):
        corrections.correct(
            JournalLine.objects.get(verb="case.enforce"), case, actor=world.unit_head,
            acted_at=START + timedelta(days=1), reason="误记",
        )  # fmt: skip
    assert codes(case) == []
