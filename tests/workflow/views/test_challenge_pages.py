"""The pages of a challenge: what is offered, what is refused beside its field, what is shown."""

from __future__ import annotations

from django.urls import reverse

from accounts import clock
from tests.casework import later
from tests.workflow.challenging import changed, filed, latest
from workflow.models import Challenge


def page(case, name, *args):
    return reverse(f"workflow_case:{name}", args=[case.pk, *args])


def test_the_pages_of_a_challenge(client, world):
    case = world.enforcing()
    decision, day = latest(case), clock.today().isoformat()
    client.force_login(world.handler)
    tab = page(case, "inspect") + "?tab=parties"
    address = page(case, "file_challenge", decision.pk)
    assert address in client.get(tab).content.decode()

    wrong = client.post(address, {"kind": "appeal", "body": "中院", "filed_on": day})
    assert (wrong.status_code, "中院" in wrong.content.decode()) == (422, True)
    assert (
        client.post(address, {"kind": "lawsuit", "body": "县法院", "filed_on": day}).status_code
        == 302
    )
    suit = Challenge.objects.get()
    said = client.get(tab).content.decode()
    assert address not in said
    outcome, course = (
        page(case, "settle_challenge", suit.pk),
        page(case, "amend_challenge", suit.pk),
    )
    assert outcome in said
    assert course in said
    client.post(
        course, {"file_number": "（2022）皖1721行初3号", "accepted_on": day, "notified_on": day}
    )
    assert "（2022）皖1721行初3号" in client.get(tab).content.decode()


def test_the_outcome_of_a_judgment_by_page(client, world):
    case = world.enforcing()
    day, tab = clock.today().isoformat(), page(case, "inspect") + "?tab=parties"
    suit = filed(world, case, "lawsuit")
    outcome = page(case, "settle_challenge", suit.pk)
    client.force_login(world.handler)
    penalty = latest(case).penalties.get()
    data = {"outcome": "changed", "outcome_on": day, "served_on": day, "instrument": "judgment"}
    part = {f"part_{penalty.pk}": "changed"}
    bare = client.post(outcome, data)
    assert (bare.status_code, bare.context["form"].errors.as_data().keys()) == (422, {"outcome"})
    half = client.post(outcome, {**data, **part})
    assert (half.status_code, list(half.context["form"].errors)) == (422, [f"amount_{penalty.pk}"])
    done = client.post(outcome, {**data, **part, f"amount_{penalty.pk}": "3000"})
    assert done.status_code == 302
    said = client.get(tab).content.decode()
    effect, following = page(case, "take_effect", suit.pk), page(case, "next_level", suit.pk)
    assert effect in said
    assert following in said

    early = client.post(effect, {"effective_on": day})
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["effective_on"])
    with later(days=20):
        today = clock.today().isoformat()
        assert client.post(effect, {"effective_on": today}).status_code == 302
        said = client.get(tab).content.decode()
        assert "（判决变更）" in said
        # Others made and served the new round; what follows hangs on the judgment.
        assert page(case, "file_challenge", latest(case).pk) not in said
        assert "尚未送达。" not in said
        assert page(case, "record_payment", penalty.pk) not in said
        lines = client.get(page(case, "inspect") + "?tab=timeline").content.decode()
    assert "Decision changed in part" in lines or "决定被部分变更" in lines


def test_money_is_given_back_by_page(client, world):
    case = world.closed()
    changed(world, case)
    decision = latest(case)
    client.force_login(world.handler)
    address = page(case, "record_refund", decision.pk)
    assert address in client.get(page(case, "inspect") + "?tab=execution").content.decode()
    data = {"refunded_on": clock.today(), "voucher": "退1"}

    much = client.post(address, {**data, "amount": "2000.01"})
    right = client.post(address, {**data, "amount": "2000"})

    assert (much.status_code, list(much.context["form"].errors)) == (422, ["amount"])
    assert right.status_code == 302
    said = client.get(page(case, "inspect") + "?tab=execution").content.decode()
    assert address not in said
