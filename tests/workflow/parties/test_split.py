"""A party becomes a case of its own: what goes with it, what stays, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework import later, reload
from workflow import api
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, Deadline, JournalLine
from workflow.services.parties import add_named_party
from workflow.services.splitting import split_party


@pytest.fixture
def case(world):
    case = world.investigating()
    world.evidence(case)
    fields = {"kind": "enterprise", "name": "东至某某玩具有限公司"}
    add_named_party(case, actor=world.handler, fields=fields, violation="供货")
    return reload(case)


def split(case, actor, order=2, **more):
    row = case.parties.get(order=order)
    return split_party(row, actor=actor, title="玩具公司供货案", reason="两个违法行为", **more)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_party_goes_with_facts_handlers_and_evidence(world, case):
    new = split(case, world.unit_head)

    assert new.number != case.number
    assert (new.lead_id, new.filed_at, new.unit_id) == (case.lead_id, case.filed_at, case.unit_id)
    assert [row.party.name for row in new.parties.all()] == ["东至某某玩具有限公司"]
    assert [row.violation for row in new.parties.all()] == ["供货"]
    handlers = [set(c.handlers.values_list("user_id", flat=True)) for c in (case, new)]
    assert handlers[0] == handlers[1]
    (old_file,), (file,) = case.evidence.all(), new.evidence.all()
    assert (file.copy_of, file.file.name, file.sha256) == (
        old_file, old_file.file.name, old_file.sha256,
    )  # fmt: skip


def test_the_ninety_days_go_on(world, case):
    with later(days=20):
        new = split(case, world.unit_head)
    limits = Deadline.objects.filter(code="C12")

    old, copy = limits.get(case=case), limits.get(case=new)

    assert (copy.starts_at, copy.due_on) == (old.starts_at, old.due_on)
    assert copy.key != old.key


def test_an_extension_granted_before_goes_along_and_is_not_granted_twice(world, case):
    world.signed(case, "case.extend", {"reason": "案情复杂"})
    new = split(reload(case), world.unit_head)

    old, copy = (Deadline.objects.get(code="C12", case=c) for c in (case, new))

    assert copy.due_on == old.due_on
    assert copy.due_on - case.filed_at.date() >= timedelta(days=119)
    assert [e.amount for e in copy.extensions.all()] == [e.amount for e in old.extensions.all()]


def test_both_journals_say_so(world, case):
    new = split(case, world.unit_head)

    lines = JournalLine.objects.filter(verb__in=["party.split", "case.split_off"])

    assert [(line.verb, line.case_id, line.reason) for line in lines.order_by("verb")] == [
        ("case.split_off", new.pk, "两个违法行为"),
        ("party.split", case.pk, "两个违法行为"),
    ]


def test_guards_of_the_old_case_ask_for_the_others_alone(world, case):
    split(case, world.unit_head)
    row = case.parties.get(order=2)

    from workflow.guards.file import CaseFile

    assert [party.row for party in CaseFile(case).open_parties] == [case.parties.get(order=1)]
    assert row.split_into is not None


def test_one_party_stays(world, case):
    split(case, world.unit_head)

    with pytest.raises(TransitionRefused) as refused:
        split(case, world.unit_head, order=1)

    assert codes(refused) == ["last_party"]
    assert Case.objects.count() == 2


def test_a_party_is_split_off_once(world, case):
    split(case, world.unit_head)

    with pytest.raises(TransitionRefused) as refused:
        split(case, world.unit_head)

    assert codes(refused) == ["not_open"]


@pytest.mark.parametrize(
    ("who", "code"), [("handler", "no_permission"), ("stranger", "out_of_scope")]
)
def test_only_heads_and_leaders_split(world, case, who, code):
    with pytest.raises(TransitionRefused) as refused:
        split(case, getattr(world, who))

    assert codes(refused) == [code]


def test_what_waits_for_signature_becomes_void(world, case):
    approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": "复杂"})

    split(case, world.unit_head)

    approval.refresh_from_db()
    assert approval.outcome == "voided"


def test_people_named_to_know_go_along_with_a_restricted_case(world, case):
    from workflow.services.access import restrict

    restrict(case, actor=world.unit_head, people=[], reason="保密")
    new = split(reload(case), world.unit_head)

    assert new.restricted
    named = [set(c.grants.live().values_list("user_id", flat=True)) for c in (case, new)]
    assert named[0] == named[1]
