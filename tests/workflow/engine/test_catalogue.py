"""The bound catalogue: the fsm, the page and the engine give one answer, in every state."""

from __future__ import annotations

import django_fsm
import pytest

from tests.casework import reload
from workflow import api
from workflow.engine.bind import catalogue, machines, transitions_of
from workflow.engine.refusals import access_refusal, guard_refusals

WALKS = ("investigating", "concluded", "reviewing", "reviewed", "noticed", "deliberating",
         "decided", "enforcing", "closed", "archived")  # fmt: skip
ROLES = ("handler", "second", "stranger", "unit_head", "leader", "head", "reviewer", "jurist",
         "office", "system_admin")  # fmt: skip


def agrees(record, bound, user) -> None:
    """``can_proceed`` ≡ no record refusal; ``has_transition_perm`` ≡ no record or actor refusal."""
    attempt = api.attempt_of(record, bound.transition, user)
    here = record.state in bound.transition.sources and bound.transition.exists_for(record)
    of_record = list(guard_refusals(attempt, bound, "record"))
    of_actor = list(guard_refusals(attempt, bound, "actor"))
    method = getattr(record, bound.transition.method)

    assert django_fsm.can_proceed(method) == (here and not of_record)
    allowed = here and not (access_refusal(attempt) or of_record or of_actor)
    assert django_fsm.has_transition_perm(method, user) == allowed
    assert (api.refusals(attempt) == []) == allowed


def walked(world, name):
    if name == "lead":
        return world.lead()
    if name == "verifying":
        return world.verifying()
    return getattr(world, name)()


@pytest.mark.parametrize("name", ["lead", "verifying", *WALKS])
def test_the_fsm_and_the_refusals_agree(world, name):
    record = reload(walked(world, name))

    for role in ROLES:
        for bound in transitions_of(record.machine):
            agrees(record, bound, getattr(world, role))


def test_the_fsm_and_the_refusals_agree_on_transfers(world):
    transfer = world_transfer(world)

    for name in (None, "transfer.hand_over", "transfer.receipt", "transfer.refuse"):
        if name == "transfer.hand_over":
            transfer = world.signed(transfer, "transfer.approve", signers=[world.head])
        if name:
            transfer = step(world, transfer, name)
        for role in ROLES:
            for bound in transitions_of("transfer"):
                agrees(transfer, bound, getattr(world, role))


def world_transfer(world):
    from workflow.services.side import propose_transfer

    case = world.investigating()
    return propose_transfer(
        case, actor=world.handler, kind="criminal", authority=world.police, whole=True,
        facts="涉嫌销售伪劣产品罪。", team=[world.handler, world.second],
    )  # fmt: skip


def step(world, transfer, name):
    data = {
        "transfer.hand_over": {"materials": MATERIALS},
        "transfer.receipt": {"receipt_number": "东公回执〔2022〕1号"},
        "transfer.refuse": {"reason": "未达追诉标准", "outcome_number": "东公不立〔2022〕1号"},
    }[name]
    api.perform(transfer, name, actor=world.handler, data=data)
    return reload(transfer)


MATERIALS = ["transfer_letter", "report", "goods_list", "test_report"]


def test_every_transition_of_the_catalogue_is_an_fsm_transition():
    for name, model in machines().items():
        installed = (
            {t.name for t in model().get_all_state_transitions()}
            if hasattr(model, "get_all_state_transitions")
            else {m for m in dir(model) if hasattr(getattr(model, m), "_django_fsm")}
        )

        assert installed == {b.transition.method for b in transitions_of(name)}


def test_state_is_protected(world):
    case = world.investigating()

    with pytest.raises(AttributeError):
        case.state = "closed"


def test_the_fsm_method_by_itself_moves_nothing_in_the_database(world):
    """Calling the method is not an act: no journal line, and the row stays as it is."""
    case = world.concluded()

    bound = catalogue()["case.submit_review"]
    getattr(case, bound.transition.method)(api.attempt_of(case, bound.transition, world.handler))

    assert reload(case).state == "concluded"
