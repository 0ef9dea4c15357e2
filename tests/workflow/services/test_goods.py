"""Where goods go: every quantity once, never more than is held, each under its own paper."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import clock
from tests.casework import START, World, later, reload
from tests.workflow.measures import TOYS, give_back, in_force, picture, propose, sign
from tests.workflow.services.test_measures import codes, enforced
from workflow import api
from workflow.api import TransitionRefused
from workflow.models import CustodyStep, Deadline, ItemMove, MeasureItem
from workflow.services import goods, side


def test_a_part_goes_back_and_the_rest_is_held(world):
    item = in_force(world).items.get()

    give_back(world, item, "12.5")

    item = reload(item)
    assert (item.held, item.moved()) == (Decimal("17.5"), {"released": Decimal("12.5")})
    assert item.measure.state == "in_force"


def test_the_measure_ends_with_the_last_of_it(world):
    measure = in_force(world, items=(TOYS, TOYS | {"name": "纸箱", "quantity": Decimal(2)}))
    guns, boxes = measure.items.all()

    give_back(world, guns, 30)
    assert reload(measure).state == "in_force"
    give_back(world, boxes, 2)

    measure = reload(measure)
    assert (measure.state, measure.outcome) == ("ended", "disposed")
    limit = Deadline.objects.get(record_type="workflow.measure", record_id=measure.pk)
    assert limit.state == "met"


@pytest.mark.parametrize("quantity", ["30.001", "0", "-1"])
def test_not_more_leaves_than_is_held(world, quantity):
    item = in_force(world).items.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, quantity)

    assert codes(refused) == ["more_than_held"]
    assert reload(item).held == 30


def test_nothing_leaves_before_the_measure_is_carried_out(world):
    item = sign(world, propose(world)).items.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 1, permit=None)

    assert codes(refused) == ["wrong_state"]


@pytest.mark.parametrize("who", ["handler", "stranger"])
def test_two_different_handlers_answer_for_it(world, who):
    item = in_force(world).items.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 1, second=getattr(world, who))

    assert codes(refused) == ["second_officer"]


def test_goods_leave_after_they_were_taken(world):
    item = in_force(world).items.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 1, at=clock.now() - timedelta(hours=2))

    assert [(r.code, r.field) for r in refused.value.refusals] == [
        ("before_measure", "acted_at"), ("before_permit", "acted_at"),
    ]  # fmt: skip


def test_confiscation_needs_a_decision_that_confiscates_goods(world):
    case = world.investigating()
    item = in_force(world, case).items.get()
    enforced(world, case)
    decision = case.parties.get().decisions.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 30, kind="confiscated", decision=decision)
    assert codes(refused) == ["decision"]

    decision.penalties.create(kind="goods", goods="塑料玩具枪 30 件")
    move = give_back(world, item, 30, kind="confiscated", decision=decision)
    assert (move.decision, reload(item).held) == (decision, 0)


def test_goods_follow_a_transfer_that_was_handed_over(world):
    case = world.investigating()
    item = in_force(world, case).items.get()
    transfer = side.propose_transfer(
        case, actor=world.handler, kind="department", authority=world.police, facts="另案",
        team=[], whole=False, part="玩具枪 10 件",
    )  # fmt: skip

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 10, kind="transferred", transfer=transfer, receiver="县公安局")
    assert codes(refused) == ["transfer"]

    transfer = world.signed(transfer, "transfer.approve", signers=[world.head])
    api.perform(transfer, "transfer.hand_over", actor=world.handler, data={})
    give_back(world, item, 10, kind="transferred", transfer=reload(transfer), receiver="县公安局")
    assert reload(item).held == 20


def test_destruction_is_seen_and_photographed(world):
    case = world.investigating()
    item = in_force(world, case).items.get()
    said = {"document": "东市监销〔2022〕1号", "witness": "公证处王某"}

    for missing, fields in (
        (["proof"], said),
        (["witness"], {"document": "1号", "proof": picture(world, case)}),
    ):
        with pytest.raises(TransitionRefused) as refused:
            give_back(world, item, 30, kind="destroyed", **fields)
        assert [r.field for r in refused.value.refusals] == missing
    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 30, kind="destroyed", proof=world.evidence(case), **said)
    assert codes(refused) == ["proof_no_picture"]

    give_back(world, item, 30, kind="destroyed", proof=picture(world, case), **said)
    assert reload(item).held == 0


def test_a_proof_is_a_file_of_the_same_case(world):
    item = in_force(world).items.get()
    other = picture(world, world.investigating())

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 1, kind="destroyed", proof=other, document="1号", witness="王某")

    assert codes(refused) == ["proof"]


def test_perishables_are_disposed_of_early(world):
    item = in_force(world).items.get()

    with pytest.raises(TransitionRefused) as refused:
        give_back(world, item, 5, kind="handled_early", document="先行处置确认书1号")
    assert [r.field for r in refused.value.refusals] == ["reason"]

    move = give_back(
        world, item, 5, kind="handled_early", document="先行处置确认书1号", reason="易腐",
        proceeds_fen=120_00,
    )  # fmt: skip
    assert (move.proceeds_fen, reload(item).held) == (12_000, 25)


def test_custody_is_a_chain(world):
    measure = in_force(world)

    with later(hours=2):
        goods.hand_over_goods(
            measure, actor=world.handler, to_keeper="县罚没仓库", place="尧渡镇", at=clock.now()
        )
        measure = reload(measure)

    assert (measure.keeper, measure.place) == ("县罚没仓库", "尧渡镇")
    assert [(s.from_keeper, s.to_keeper) for s in measure.custody.all()] == [
        ("某某县小星星玩具店", "吴承办"), ("吴承办", "县罚没仓库"),
    ]  # fmt: skip
    with later(hours=3), pytest.raises(TransitionRefused) as refused:
        goods.hand_over_goods(
            measure, actor=world.handler, to_keeper="甲", place="乙", at=START + timedelta(hours=1)
        )
    assert codes(refused) == ["before_last"]


@pytest.mark.parametrize(("kind", "allowed"), [("object", True), ("document", False)])
def test_a_thing_in_evidence_changes_hands(world, kind, allowed):
    case = world.investigating()
    evidence = picture(world, case)
    evidence.kind = kind

    def hand_over():
        return goods.hand_over_thing(
            evidence, actor=world.handler, from_keeper="吴承办", to_keeper="证据室",
            place="二楼", at=clock.now(),
        )  # fmt: skip

    if allowed:
        assert hand_over().evidence == evidence
    else:
        with pytest.raises(TransitionRefused) as refused:
            hand_over()
        assert codes(refused) == ["no_object"]


@pytest.mark.parametrize("held", [-1, 31])
def test_the_database_keeps_the_balance_by_itself(world, held):
    item = in_force(world).items.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureItem.objects.filter(pk=item.pk).update(held=held)


@pytest.mark.parametrize("model", [ItemMove, CustodyStep])
def test_what_was_moved_is_never_rewritten(world, model):
    item = in_force(world).items.get()
    give_back(world, item, 1)

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        model.objects.all().delete()


def balanced(item: MeasureItem) -> None:
    """in = released + confiscated + transferred + destroyed + disposed of + held; none below 0."""
    item = reload(item)
    assert sum(item.moved().values()) + item.held == item.quantity
    assert 0 <= item.held <= item.quantity


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["released", "handled_early", "destroyed"]),
        st.decimals(min_value=-1, max_value=31, places=3, allow_nan=False),
    ),
    max_size=6,
)


@pytest.fixture
def held_item(world):
    case = world.investigating()
    measure = in_force(world, case)
    return measure.items.get(), picture(world, case)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
def test_any_moves_keep_the_balance(world, held_item, moves):
    item, proof = held_item
    with transaction.atomic():
        left = item.quantity
        for kind, quantity in moves:
            fields = {"document": "1号", "reason": "易腐", "witness": "王某", "receiver": "店主"}
            if kind == "destroyed":
                fields["proof"] = proof
            fits = 0 < quantity <= left
            try:
                give_back(world, item, quantity, kind=kind, **fields)
                moved = True
            except TransitionRefused:
                moved = False
            assert moved == fits
            left -= quantity if moved else 0
            assert reload(item).held == left
            balanced(item)
        transaction.set_rollback(True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_never_give_out_more_than_is_held():
    with clock.at(START):
        world = World()
        item = in_force(world).items.get()
    done: list[str] = []

    def give() -> None:
        try:
            for _ in range(10):
                with clock.at(START):
                    try:
                        give_back(world, item, 2)
                        done.append("moved")
                    except TransitionRefused:
                        done.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(done) == ["moved"] * 15 + ["refused"] * 5
    balanced(item)
    assert reload(item).held == 0
