"""What the gate asks: refused and let through from one set-up each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts import clock
from publicity.exposures import checking
from publicity.exposures.guards.case import nomination_refusals
from publicity.exposures.models import Exposure
from publicity.exposures.nominate import nominate
from publicity.exposures.states import ExposureState as S
from tests.casework import reload
from tests.publicity.exposures.world import codes
from tests.workflow.guards.test_transfers import handed_over
from workflow import api
from workflow.models import Challenge
from workflow.services import challenges


def refused(call, *args, **kwargs) -> list[str]:
    with pytest.raises(api.TransitionRefused) as error:
        call(*args, **kwargs)
    return codes(error)


def test_case_is_nominated_once_its_decision_is_served(news):
    case = news.decided()

    before = refused(news.nominated, case)
    follow_up = news.nominated(case, kind="follow_up")
    news.do(follow_up, "exposure.drop", {"reason": "改作典型案例。"})
    news.serve(case)
    exposure = news.nominated(reload(case))
    again = refused(news.nominated, reload(case))

    assert before == ["decision_not_served"]
    assert exposure.state == S.NOMINATED
    assert again == ["open_exposure"]


def test_who_may_not_see_the_case_does_not_nominate_it(news):
    case = news.enforcing()

    assert refused(news.nominated, case, actor=news.editor) == ["out_of_scope"]
    assert refused(news.nominated, case, actor=news.stranger) == ["out_of_scope"]
    assert refused(news.nominated, case, actor=news.reviewer) == ["no_permission"]


def test_minor_restricted_and_contested_cases_are_not_exposed(news):
    case = news.enforcing()
    party = case.parties.get().party
    party.kind, party.born_on = "person", case.filed_at.date() - timedelta(days=17 * 365)
    party.save()
    decision = case.parties.get().decisions.get()
    challenge = Challenge.objects.create(
        decision=decision, kind="lawsuit", body="县人民法院", filed_on=clock.today(),
        recorded_by=news.handler,
    )  # fmt: skip

    found = refused(news.nominated, reload(case))
    party.born_on = date(1980, 1, 1)
    party.save()
    challenge.outcome, challenge.outcome_on = "upheld", clock.today()
    challenge.save()
    assert refused(news.nominated, reload(case)) == ["challenge_pending"]
    challenge.effective_on = clock.today()
    challenge.save()

    assert {"minor", "challenge_pending"} <= set(found)
    assert news.nominated(reload(case)).state == S.NOMINATED


def test_two_people_and_secrecy_stand_by_the_very_text(news):
    exposure = news.settled(news.checking())
    asked = {"actor": news.editor}

    alone = refused(api.propose, exposure, "exposure.approve", **asked)
    own = refused(api.perform, exposure, "exposure.confirm", **asked)
    exposure = news.do(exposure, "exposure.confirm", by=news.editor2)
    exposure = news.do(exposure, "exposure.review_secrecy", by=news.checker)
    assert api.propose(exposure, "exposure.approve", **asked).is_pending
    approval = api.pending_for(exposure, "exposure.approve")
    news.write(exposure, significance="<p>补写的典型意义。</p>")
    voided = refused(api.sign, approval, actor=news.leader)

    assert {"second_missing", "secrecy_missing"} <= set(alone)
    assert "own_text" in own
    assert voided == ["approval_void"]
    assert reload(exposure).state == S.CHECKING


def test_reporter_in_the_text_is_a_wall_and_other_traces_ask_for_a_reason(news):
    case = news.enforcing()
    case.lead.reporters.create(kind="real_name", name="尤志刚", phone="13955512345")
    exposure = news.drafting(case=case)
    news.write(exposure, significance="<p>感谢尤志刚反映，联系电话13955599999。</p>")
    exposure = news.do(exposure, "exposure.submit_check")
    hits = exposure.runs.first().hits
    blocked = hits.filter(severity="block").first()

    kept = refused(checking.keep, blocked, actor=news.editor2, reason="无妨")
    confirmed = refused(api.perform, exposure, "exposure.confirm", actor=news.editor2)
    news.write(exposure, significance="<p>感谢社会监督。</p>")
    stale = refused(api.perform, reload(exposure), "exposure.confirm", actor=news.editor2)

    assert kept == ["blocked_hit"]
    assert "blocked_hit" in confirmed
    assert "check_stale" in stale
    assert not hits.filter(excerpt_hash__contains="尤志刚").exists()


def test_scheduled_release_and_end_of_the_period_come_by_themselves(news, client):
    from publicity.exposures import jobs

    exposure = news.approved()
    moment = clock.now() + timedelta(days=1)
    past = refused(
        api.perform, exposure, "exposure.schedule", actor=news.editor,
        data={"scheduled_at": clock.now() - timedelta(minutes=1)},
    )  # fmt: skip
    last_day = (clock.now() + timedelta(days=30)).date()
    data = {"scheduled_at": moment, "expires_on": last_day}
    exposure = news.do(exposure, "exposure.schedule", data)

    early = jobs.release_due(clock.now())
    with clock.at(moment + timedelta(minutes=1)):
        due = jobs.release_due(clock.now())
        twice = jobs.release_due(clock.now())
        shown = client.get("/cases/1/").status_code
    with clock.at(moment + timedelta(days=31)):
        ended = jobs.expire(clock.now())

    assert past == ["invalid"]
    assert (early, due, twice, shown, ended) == (0, 1, 0, 200, 1)
    exposure = reload(exposure)
    assert (exposure.state, exposure.withdrawal_kind) == (S.EXPIRED, "expired")
    assert (exposure.page.go_live_at, exposure.page.expire_at) == (None, None)
    assert client.get("/cases/1/").status_code == 410


def challenge_of(news, exposure, kind):
    decision = exposure.case.parties.get().decisions.latest("round")
    return challenges.file_challenge(
        decision, actor=news.handler, kind=kind, body="受理机关", filed_on=clock.today()
    )


def settle(news, challenge, outcome, **more):
    return challenges.settle_challenge(
        challenge, actor=news.handler, outcome=outcome, outcome_on=clock.today(), **more
    )


@pytest.mark.parametrize(
    ("kind", "outcome", "ground", "codes"),
    [
        ("reconsideration", "revoked", "decision_revoked", ["overturned"]),
        ("reconsideration", "unlawful", "decision_unlawful", ["overturned"]),
        ("lawsuit", "revoked", "decision_revoked", ["challenge_pending"]),
    ],
)  # fmt: skip
def test_overturned_decision_takes_the_case_down_at_once(
    news, client, kind, outcome, ground, codes
):
    exposure = news.released()

    settle(news, challenge_of(news, exposure, kind), outcome)

    exposure = reload(exposure)
    assert (exposure.state, exposure.withdrawal_kind) == (S.WITHDRAWN, ground)
    assert client.get("/cases/1/").status_code == 410
    assert refused(news.nominated, exposure.case) == codes


def test_a_decision_changed_in_part_comes_down_and_may_be_exposed_as_it_is_now(news):
    exposure = news.released()
    challenge = challenge_of(news, exposure, "reconsideration")
    penalty = challenge.decision.penalties.get()

    settle(news, challenge, "changed", parts=[{"penalty": penalty.pk, "amount_fen": 300_000}])

    exposure = reload(exposure)
    assert (exposure.state, exposure.withdrawal_kind) == (S.WITHDRAWN, "decision_changed")
    assert news.nominated(exposure.case).state == S.NOMINATED


def test_a_decision_upheld_stays_public(news):
    exposure = news.released()

    settle(news, challenge_of(news, exposure, "reconsideration"), "upheld")

    assert reload(exposure).state == S.RELEASED


def test_correction_needs_the_leader_and_leaves_a_note(news, client):
    exposure = news.released()
    data = {"wrong": "30 件", "right": "31 件", "public_note": "更正数量。"}

    missing = refused(
        api.propose, exposure, "exposure.correct", actor=news.editor,
        data={**data, "wrong": "不在文中的话"},
    )  # fmt: skip
    telling = refused(
        api.propose, exposure, "exposure.correct", actor=news.editor,
        data={**data, "right": "31 件，电话13955512345"},
    )  # fmt: skip
    exposure = news.signed(
        exposure, "exposure.correct", data, actor=news.editor, signers=(news.leader,)
    )

    html = client.get("/cases/1/").content.decode()
    assert missing == ["words_not_found"]
    assert telling == ["traces_in_correction"]
    assert exposure.state == S.CORRECTED
    assert "31 件" in html
    assert "30 件" not in html
    assert "更正数量" in html


def test_dropped_draft_leaves_nothing_and_the_case_can_be_nominated_again(news):
    exposure = news.checking()
    page = exposure.page

    exposure = news.do(exposure, "exposure.drop", {"reason": "不典型。"})

    assert (exposure.state, exposure.page_id) == (S.WITHDRAWN, None)
    assert not type(page).objects.filter(pk=page.pk).exists()
    assert news.nominated(exposure.case).pk != exposure.pk


def test_release_numbers_have_no_gap(news):
    first = news.released()
    broken = news.approved()
    news.write(broken, title="没有批准的标题")

    wrong = refused(api.perform, broken, "exposure.release", actor=news.editor)
    second = news.released()

    assert "not_the_approved_text" in wrong
    assert (first.release_no, second.release_no) == (1, 2)
    assert Exposure.objects.filter(release_no__isnull=False).count() == 2


def test_nomination_says_why(news):
    case = news.enforcing()

    assert refused(nominate, case, actor=news.handler, reason=" ") == ["reason_missing"]
    assert refused(nominate, case, actor=news.handler, reason="x" * 3000) == ["reason_missing"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("criminal", ["criminal_stage"]), ("jurisdiction", [])]
)
def test_the_police_agree_only_where_they_have_the_case(news, kind, expected):
    case = news.investigating()
    handed_over(news, case, kind=kind)
    case = reload(case)
    assert case.state == "transferred"

    found = nomination_refusals(case, kind="follow_up", police_agreement="")

    assert [refusal.code for refusal in found] == expected
