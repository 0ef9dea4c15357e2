"""Reading, signing, returning and taking back a proposal."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import reload
from workflow import api
from workflow.models import Case


@pytest.fixture
def lead(world):
    return world.verifying()


@pytest.fixture
def approval(world, lead):
    return api.propose(lead, "lead.file", actor=world.handler, data=world.filing())


def address(approval):
    return reverse("workflow_lead:approval", args=[approval.record_id, approval.pk])


def answer(client, user, approval, kind, **data):
    client.force_login(user)
    named = {f"{kind}-{name}": value for name, value in data.items()}
    return client.post(address(approval), {"answer": kind, **named})


def test_signer_reads_what_is_proposed(client, world, approval):
    client.force_login(world.unit_head)

    shown = client.get(address(approval)).content.decode()

    assert "现场检查发现三无玩具 30 件。" in shown
    assert 'value="sign"' in shown
    assert 'value="return"' in shown


def test_proposer_may_take_back_but_not_sign(client, world, approval):
    client.force_login(world.handler)

    shown = client.get(address(approval)).content.decode()

    assert 'value="sign"' not in shown
    assert 'value="withdraw"' in shown


def test_last_signature_files_the_case(client, world, lead, approval):
    first = answer(client, world.unit_head, approval, "sign", opinion="同意")
    second = answer(client, world.leader, approval, "sign", opinion="同意立案")

    assert (first.status_code, second.status_code) == (302, 302)
    assert reload(lead).state == "filed"
    assert Case.objects.get().lead_id == lead.pk


def test_signing_out_of_turn_is_refused(client, world, lead, approval):
    response = answer(client, world.leader, approval, "sign", opinion="同意")

    assert response.status_code == 422
    assert approval.steps.filter(signer__isnull=False).count() == 0


def test_return_needs_a_reason(client, world, lead, approval):
    without = answer(client, world.unit_head, approval, "return", reason="")
    with_one = answer(client, world.unit_head, approval, "return", reason="请补充询问笔录")

    assert (without.status_code, with_one.status_code) == (422, 302)
    assert reload(approval).outcome == "returned"
    assert reload(lead).state == "verifying"


def test_withdrawn_proposal_is_over(client, world, approval):
    answer(client, world.handler, approval, "withdraw", reason="")

    late = answer(client, world.unit_head, approval, "sign", opinion="同意")

    assert reload(approval).outcome == "withdrawn"
    assert late.status_code == 422


def test_approval_is_read_under_its_own_record_only(client, world, approval):
    other = world.lead()
    client.force_login(world.unit_head)

    wrong = reverse("workflow_lead:approval", args=[other.pk, approval.pk])

    assert client.get(wrong).status_code == 404
    client.force_login(world.stranger)
    assert client.get(address(approval)).status_code == 404


def test_opinion_of_unreadable_characters_is_refused(client, world, approval):
    response = answer(client, world.unit_head, approval, "sign", opinion="同\x07意")

    assert response.status_code == 422
    assert approval.steps.filter(signer__isnull=False).count() == 0
