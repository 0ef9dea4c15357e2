"""Proposed by one, signed by others in their order; the act happens once, with the last one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.everything import everything
from tests.workflow.engine.test_bad_input import refused
from workflow import api
from workflow.models import Approval, ApprovalStep, Case, Handler, JournalLine
from workflow.services import access, leads


@pytest.fixture(autouse=True)
def people(world):
    return [world.second, world.unit_head, world.leader, world.reviewer]


@pytest.fixture
def lead(world):
    return world.verifying()


@pytest.fixture
def approval(world, lead):
    return api.propose(lead, "lead.file", actor=world.handler, data=world.filing())


def verbs(record) -> list[str]:
    lines = JournalLine.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    return list(lines.order_by("seq").values_list("verb", flat=True))[2:]


def test_the_act_happens_with_the_last_signature_alone(world, lead, approval):
    assert (reload(lead).state, Case.objects.count()) == ("verifying", 0)

    api.sign(approval, actor=world.unit_head, opinion="同意")
    assert (reload(lead).state, Case.objects.count()) == ("verifying", 0)

    ended = api.sign(approval, actor=world.leader, opinion="同意立案")

    assert (ended.outcome, reload(lead).state, Case.objects.count()) == ("performed", "filed", 1)
    assert verbs(lead) == ["approval.proposed", "approval.signed", "lead.file"]
    line = JournalLine.objects.get(verb="lead.file")
    assert (line.actor, line.data["proposer"]) == (world.leader, world.handler.pk)
    steps = ApprovalStep.objects.values_list("role", "signer__username", "outcome")
    assert list(steps) == [("unit_head", "unit_head", "signed"), ("leader", "leader", "signed")]


def test_a_signature_lies_neither_in_the_future_nor_before_the_one_it_follows(world, approval):
    morning = clock.now()
    with later(hours=5):
        tomorrow = clock.now() + timedelta(days=1)
        first = refused(lambda: api.sign(approval, actor=world.unit_head, acted_at=tomorrow))
        api.sign(approval, actor=world.unit_head, acted_at=morning + timedelta(hours=4))
        before = morning + timedelta(hours=3)
        second = refused(lambda: api.sign(approval, actor=world.leader, acted_at=before))
        ended = api.sign(approval, actor=world.leader, acted_at=morning + timedelta(hours=4))

    assert (first, second) == (
        [("in_the_future", "acted_at")], [("before_signature", "acted_at")],
    )  # fmt: skip
    assert ended.outcome == "performed"


def test_nobody_signs_their_own_proposal(world, lead):
    """A head of unit may propose, and holds the first signature."""
    people = [world.handler, world.second, world.unit_head]
    access.assign_handlers(lead, actor=world.unit_head, users=people)
    approval = api.propose(lead, "lead.file", actor=world.unit_head, data=world.filing())

    found = refused(lambda: api.sign(approval, actor=world.unit_head))

    assert found == [("own_proposal", "")]


def test_only_the_role_whose_turn_it_is_signs(world, approval):
    for person in (world.leader, world.second, world.reviewer):
        assert refused(lambda p=person: api.sign(approval, actor=p)) == [("no_permission", "")]
    api.sign(approval, actor=world.unit_head)

    assert refused(lambda: api.sign(approval, actor=world.unit_head)) == [("no_permission", "")]


def test_one_person_gives_one_signature(world, approval):
    """Also who is head of the unit and a leader at the same time."""
    both = world.person("both", "unit_head", world.station)
    from tests.accounts.people import post

    post(both, "leader", world.bureau)
    api.sign(approval, actor=both)

    assert refused(lambda: api.sign(approval, actor=both)) == [("signed_already", "")]
    assert api.sign(approval, actor=world.leader).outcome == "performed"


def test_the_stranger_does_not_even_see_it(world, approval):
    foreign = world.person("foreign_head", "unit_head", world.other)

    assert refused(lambda: api.sign(approval, actor=foreign)) == [("out_of_scope", "")]


def test_a_change_of_what_was_frozen_voids_it(world, lead, approval):
    leads.edit_lead(lead, actor=world.handler, fields={"title": "销售假冒玩具"})

    assert reload(approval).outcome == "voided"
    assert refused(lambda: api.sign(approval, actor=world.unit_head)) == [("approval_ended", "")]
    assert verbs(lead)[-2:] == ["lead.edited", "approval.voided"]


def test_a_change_of_what_was_not_frozen_leaves_it(world, lead, approval):
    leads.edit_lead(lead, actor=world.handler, fields={"source_number": "12315-7"})

    assert api.sign(approval, actor=world.unit_head).is_pending


def test_a_change_past_the_services_is_found_by_the_signature(world, lead, approval):
    """Whatever changed the row: the signature compares what stands with what was proposed."""
    type(lead).objects.filter(pk=lead.pk).update(content="别的内容")

    with pytest.raises(api.TransitionRefused) as caught:
        api.sign(approval, actor=world.unit_head)

    assert [r.code for r in caught.value.refusals] == ["approval_void"]
    assert (reload(approval).outcome, reload(lead).state) == ("voided", "verifying")
    assert ApprovalStep.objects.exclude(outcome="").count() == 0


def test_returned_with_a_reason_it_ends(world, lead, approval):
    assert refused(lambda: api.send_back(approval, actor=world.unit_head, reason="  ")) == [
        ("reason_missing", "opinion")
    ]

    api.send_back(approval, actor=world.unit_head, reason="补充检查笔录")

    ended = reload(approval)
    assert (ended.outcome, ended.outcome_reason) == ("returned", "补充检查笔录")
    assert verbs(lead) == ["approval.proposed", "approval.returned"]
    assert refused(lambda: api.sign(approval, actor=world.unit_head)) == [("approval_ended", "")]
    again = api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
    assert again.is_pending


def test_withdrawn_by_its_proposer_alone(world, lead, approval):
    assert refused(lambda: api.withdraw(approval, actor=world.second)) == [("not_proposer", "")]

    api.withdraw(approval, actor=world.handler, reason="另有线索")

    assert reload(approval).outcome == "withdrawn"
    assert refused(lambda: api.withdraw(approval, actor=world.handler)) == [("approval_ended", "")]
    assert verbs(lead) == ["approval.proposed", "approval.withdrawn"]


def test_one_proposal_of_an_act_waits_at_a_time(world, lead, approval):
    found = refused(lambda: api.propose(lead, "lead.file", actor=world.second, data=world.filing()))

    assert found == [("already_proposed", "")]
    assert Approval.objects.count() == 1


def test_two_different_acts_may_wait_and_the_first_done_ends_the_other(world, lead, approval):
    declining = api.propose(
        lead, "lead.decline", actor=world.second, data={"ground": "minor", "reason": "轻微"}
    )
    api.sign(approval, actor=world.unit_head)
    api.sign(approval, actor=world.leader)

    with pytest.raises(api.TransitionRefused):
        api.sign(declining, actor=world.unit_head)
    assert (reload(lead).state, Case.objects.count()) == ("filed", 1)
    assert reload(declining).outcome != "performed"


def test_what_is_refused_when_performed_is_not_even_proposed(world):
    lead = world.verifying(subject_name="")

    found = refused(
        lambda: api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
    )

    assert found == [("subject_missing", "")]


def test_every_guard_is_asked_again_with_the_last_signature(world, lead, approval):
    """The proposer was recused after proposing: the record is as proposed, the right is gone."""
    api.sign(approval, actor=world.unit_head)
    access.recuse(
        Handler.objects.get(lead=lead, user=world.handler), actor=world.leader, reason="亲属"
    )

    found = refused(lambda: api.sign(approval, actor=world.leader))

    assert found == [("two_handlers", ""), ("recused", "")]
    assert reload(approval).is_pending


def test_the_date_of_the_act_is_the_last_signature_s(world, lead, approval):
    api.sign(approval, actor=world.unit_head)
    before = everything()

    with pytest.raises(api.TransitionRefused) as caught:
        api.sign(approval, actor=world.leader, acted_at=lead.received_at.replace(year=2021))

    assert [r.code for r in caught.value.refusals] == ["before_previous", "late"]
    assert everything() == before
