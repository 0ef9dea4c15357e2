"""Parties, notices, services, decisions, payments, challenges, discussions, transfers by form."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts import clock
from tests.casework import USCC, later, reload
from workflow.models import Challenge, Payment, Transfer


def url(case, name, *args):
    return reverse(f"workflow_{case.machine}:{name}", args=[case.pk, *args])


def post(client, user, address, **data):
    client.force_login(user)
    return client.post(address, data)


def local(value):
    from django.utils import timezone

    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")


def rows(*penalties):
    data = {"penalty-TOTAL_FORMS": len(penalties), "penalty-INITIAL_FORMS": 0}
    for number, penalty in enumerate(penalties):
        data |= {f"penalty-{number}-{name}": value for name, value in penalty.items()}
    return data


def test_party_is_added(client, world):
    case = world.investigating()

    response = post(
        client, world.handler, url(case, "add_party"), kind="enterprise", name="某某商贸有限公司",
        violation="供货",
    )  # fmt: skip

    assert response.status_code == 302
    assert [str(row) for row in case.parties.all()][1:] == ["某某商贸有限公司"]


@pytest.mark.parametrize(
    "wrong",
    [{"uscc": "91341721MA2N0ABC4Y"}, {"id_number": "123"}, {"name": "坏\x00名"}, {"name": ""},
     {"kind": "person", "uscc": USCC}],
)  # fmt: skip
def test_party_with_wrong_details_is_refused(client, world, wrong):
    case = world.investigating()
    data = {"kind": "enterprise", "name": "某某商贸有限公司", **wrong}

    response = post(client, world.handler, url(case, "add_party"), **data)

    assert response.status_code == 422
    assert case.parties.count() == 1


def test_notice_is_drafted_in_fen(client, world):
    case = world.reviewed()
    row = case.parties.get()

    response = post(
        client, world.handler, url(case, "draft_notice", row.pk), facts="事实", reasons="理由",
        basis="依据", **rows({"kind": "fine", "amount_fen": "1,234.56"}, {"kind": ""}),
    )  # fmt: skip

    assert response.status_code == 302
    assert [p.amount_fen for p in row.notices.get().penalties.all()] == [123_456]


@pytest.mark.parametrize(
    "penalty",
    [{"kind": "fine"}, {"kind": "fine", "amount_fen": "-5"}, 
     {"kind": "fine", "amount_fen": "0.001"}, {"kind": "warning", "amount_fen": "5"},
     {"kind": "goods"}, {"amount_fen": "10"},
     {"kind": "detention"}, {"kind": "fine", "amount_fen": "99999999999999999999"}],
)  # fmt: skip
def test_penalty_that_cannot_be_is_refused(client, world, penalty):
    case = world.reviewed()
    row = case.parties.get()

    response = post(
        client, world.handler, url(case, "draft_notice", row.pk), facts="写下的事实",
        reasons="理由", basis="依据", **rows(penalty),
    )  # fmt: skip

    assert response.status_code == 422
    assert "写下的事实" in response.content.decode()
    assert row.notices.count() == 0


def test_more_rows_keep_what_was_typed(client, world):
    case = world.reviewed()
    row = case.parties.get()

    response = post(
        client, world.handler, url(case, "draft_notice", row.pk), facts="写下的事实", more="1",
        **rows({"kind": "fine", "amount_fen": "88"}),
    )  # fmt: skip

    assert "写下的事实" in response.content.decode()
    assert response.context["rows"].total_form_count() == 3
    assert row.notices.count() == 0


def test_service_and_answer_are_recorded(client, world):
    case = world.reviewed()
    notice = world.draft_notice(case)
    case = world.signed(case, "case.notify")
    row = case.parties.get()
    proof = world.evidence(case, "放弃声明")

    served = post(
        client, world.handler, url(case, "record_service", row.pk), paper=f"notice-{notice.pk}",
        method="direct", acted_at=local(clock.now()), receiver="店主",
    )  # fmt: skip
    answered = post(
        client, world.handler, url(case, "record_answer", notice.pk), answer="waived",
        acted_at=local(clock.now()), proof=proof.pk,
    )  # fmt: skip

    assert (served.status_code, answered.status_code) == (302, 302)
    assert [answer.kind for answer in notice.answers.all()] == ["waived"]


def test_announced_notice_is_served_when_its_thirty_days_are_over(client, world):
    """民事诉讼法 95: announced on 1 March 2022, served on 31 March; the windows run from there."""
    case = world.reviewed()
    notice = world.draft_notice(case)
    case = world.signed(case, "case.notify")
    address = url(case, "record_service", case.parties.get().pk)
    typed = {"paper": f"notice-{notice.pk}", "method": "announced", "receiver": "公告"}

    def serve(**more):
        return post(
            client, world.handler, address, **typed, acted_at=local(clock.now()), **more
        )  # fmt: skip

    assert "announced_on" in serve().context["form"].errors
    assert "announced_on" in serve(announced_on="2022-02-28").context["form"].errors
    with later(days=29):
        early = serve(announced_on="2022-03-01")
    assert "2022年3月31日" in str(early.context["form"].errors["acted_at"])
    assert "2022-03-01" in early.content.decode()
    assert not notice.services.exists()

    with later(days=30):
        assert serve(announced_on="2022-03-01").status_code == 302
    window = case.deadlines.get(code="C23")
    assert window.due_on.isoformat() == "2022-04-08"  # 1, 2 (worked), 6, 7, 8 April


def test_waiver_without_proof_is_refused_beside_the_field(client, world):
    case = world.noticed()
    notice = case.parties.get().notices.get()

    response = post(
        client, world.handler, url(case, "record_answer", notice.pk), answer="waived",
        acted_at=local(clock.now()),
    )  # fmt: skip

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"proof"}


def test_decision_is_prefilled_and_drafted(client, world):
    case = world.answer(world.noticed())
    row = case.parties.get()
    address = url(case, "draft_decision", row.pk)
    client.force_login(world.handler)

    shown = client.get(address).context
    data = {name: value or "" for name, value in shown["form"].initial.items()}
    response = client.post(address, {**data, **rows({"kind": "fine", "amount_fen": "5000"})})

    assert "销售三无玩具 30 件。" in data["facts"]
    assert response.status_code == 302
    assert row.decisions.get().penalties.get().amount_fen == 500_000


def test_payment_of_more_than_is_owed_is_refused(client, world):
    case = world.enforcing()
    penalty = case.parties.get().decisions.get().penalties.get()
    address = url(case, "record_payment", penalty.pk)

    much = post(client, world.handler, address, amount="5000.01", paid_on=clock.today())
    right = post(client, world.handler, address, amount="5000", paid_on=clock.today())

    assert (much.status_code, right.status_code) == (422, 302)
    assert [p.amount_fen for p in Payment.objects.all()] == [500_000]


def test_challenge_is_filed_and_settled(client, world):
    case = world.enforcing()
    decision = case.parties.get().decisions.get()

    filed = post(
        client, world.handler, url(case, "file_challenge", decision.pk), kind="reconsideration",
        body="市局", filed_on=clock.today(),
    )  # fmt: skip
    challenge = Challenge.objects.get()
    settled = post(
        client, world.handler, url(case, "settle_challenge", challenge.pk), outcome="upheld",
        outcome_on=clock.today(), served_on=clock.today(), instrument="decision",
    )  # fmt: skip

    assert (filed.status_code, settled.status_code) == (302, 302)
    assert reload(challenge).outcome == "upheld"


def test_discussion_needs_three(client, world):
    case = world.deliberating(complex_or_major=True)
    people = [world.leader.pk, world.head.pk]
    data = {
        "acted_at": local(clock.now()), "chair": world.head.pk, "minutes": "记录",
        "conclusion": "同意",
    }  # fmt: skip
    address = url(case, "record_discussion")

    few = post(client, world.reviewer, address, participants=people, **data)
    enough = post(
        client, world.reviewer, address, participants=[*people, world.reviewer.pk], **data
    )

    assert (few.status_code, enough.status_code) == (422, 302)
    assert case.discussions.count() == 1


def test_transfer_is_proposed_and_has_its_page(client, world):
    case = world.investigating()

    response = post(
        client, world.handler, url(case, "propose_transfer"), kind="criminal", extent="part",
        part="销售假药部分", authority=world.police.pk, facts="涉嫌犯罪",
        crime_articles="刑法第一百四十一条",
        team=[world.handler.pk, world.second.pk],
    )  # fmt: skip

    transfer = Transfer.objects.get()
    assert response.url == reverse("workflow_transfer:inspect", args=[transfer.pk])
    for tab in ("overview", "deadlines", "timeline"):
        assert client.get(response.url, {"tab": tab}).status_code == 200
    assert client.get(url(case, "inspect"), {"tab": "transfers"}).status_code == 200


def test_act_of_another_cases_party_does_not_exist(client, world):
    case = world.reviewed()
    other = world.investigating(title="另一线索")
    client.force_login(world.handler)

    wrong = url(case, "draft_notice", other.parties.get().pk)

    assert client.get(wrong).status_code == 404


def test_act_without_the_right_says_so(client, world):
    case = world.investigating()
    client.force_login(world.unit_head)

    shown = client.get(url(case, "add_party"))
    sent = client.post(url(case, "add_party"), {"kind": "enterprise", "name": "某某公司"})

    assert 'name="kind"' not in shown.content.decode()
    assert sent.status_code == 422
    assert case.parties.count() == 1


def test_reporter_is_shown_for_a_reason_that_is_kept(client, world):
    lead = world.lead(reporter={"kind": "real_name", "name": "举报人甲", "phone": "13800000000"})
    address = url(lead, "reveal")

    without = post(client, world.handler, address, reason=" ")
    shown = post(client, world.handler, address, reason="核实举报内容")

    assert "举报人甲" not in without.content.decode()
    assert "举报人甲" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert lead.journal_lines.get(verb="reporter.revealed").reason == "核实举报内容"
