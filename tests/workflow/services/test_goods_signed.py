"""Goods do not leave by the handlers' word alone; confiscated ones are followed to their end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts import clock
from tests.casework import later, reload
from tests.workflow.measures import TOYS, give_back, in_force, permit, picture
from tests.workflow.services.test_measures import codes, enforced
from workflow import api
from workflow.api import TransitionRefused
from workflow.models import Disposal, ItemMove, ItemPermit, JournalLine
from workflow.services import disposals

SEEN = {"document": "东市监销〔2022〕1号", "witness": "公证处王某"}
#: What each way out needs besides the signature.
FIELDS = {
    "released": {"document": "解除决定书1号", "receiver": "店主"},
    "destroyed": SEEN,
    "handled_early": {"document": "先行处置确认书1号", "reason": "易腐"},
}


def refused(act) -> list[str]:
    with pytest.raises(TransitionRefused) as caught:
        act()
    return codes(caught)


def fields_for(world, case, kind):
    return FIELDS[kind] | ({"proof": picture(world, case)} if kind == "destroyed" else {})


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_nothing_leaves_without_the_leader(world, kind):
    case = world.investigating()
    item = in_force(world, case).items.get()
    fields = fields_for(world, case, kind)

    with pytest.raises(TransitionRefused) as caught:
        give_back(world, item, 10, kind=kind, permit=None, **fields)
    [refusal] = caught.value.refusals
    assert (refusal.code, refusal.link) == (
        "no_permit", f"/admin/measures/{item.measure_id}/step/measure.permit/",
    )  # fmt: skip
    assert str(refusal.law).startswith("行政强制法第二十七、二十八条")

    give_back(world, item, 10, kind=kind, permit=permit(world, item, kind, 10), **fields)
    assert (reload(item).held, reload(item.measure).state) == (20, "in_force")


def test_as_much_leaves_as_was_signed(world):
    item = in_force(world).items.get()
    allowed = permit(world, item, quantity=10)
    give_back(world, item, 6, permit=allowed)

    assert refused(lambda: give_back(world, item, 5, permit=allowed)) == ["more_than_permitted"]

    give_back(world, item, 4, permit=allowed)
    assert (reload(item).held, ItemPermit.objects.get().left) == (20, 0)


def test_a_permit_is_for_one_item_and_one_way(world):
    measure = in_force(world, items=(TOYS, TOYS | {"name": "纸箱"}))
    guns, boxes = measure.items.all()
    allowed = permit(world, guns)

    assert refused(lambda: give_back(world, boxes, 1, permit=allowed)) == ["no_permit"]
    early = {"kind": "handled_early", **FIELDS["handled_early"]}
    assert refused(lambda: give_back(world, guns, 1, permit=allowed, **early)) == ["no_permit"]


def test_it_leaves_after_the_signature(world):
    item = in_force(world).items.get()
    with later(hours=3):
        allowed = permit(world, item)
        before = clock.now() - timedelta(hours=1)
        assert refused(lambda: give_back(world, item, 1, permit=allowed, at=before)) == [
            "before_permit"
        ]
        give_back(world, item, 1, permit=allowed)


@pytest.mark.parametrize(
    ("kind", "basis", "quantity", "fields"),
    [
        ("destroyed", "", "1", ["basis"]), ("handled_early", "", "1", ["basis"]),
        ("released", "", "", [""]), ("released", "", "31", ["item"]), ("sold", "甲", "1", ["kind"]),
    ],
)  # fmt: skip
def test_a_proposal_says_how_much_and_on_what_it_rests(world, kind, basis, quantity, fields):
    item = in_force(world).items.get()
    data = {"kind": kind, "basis": basis, "reason": "易腐", f"item_{item.pk}": quantity}

    with pytest.raises(TransitionRefused) as caught:
        api.propose(item.measure, "measure.permit", actor=world.handler, data=data)

    assert [r.field.partition("_")[0] for r in caught.value.refusals] == fields


def test_what_was_signed_is_in_the_journal(world):
    item = in_force(world).items.get()
    allowed = permit(world, item, "destroyed", 5)

    line = JournalLine.objects.get(verb="measure.permit")
    assert (line.data["goods"], line.data["kind"], line.data["approval"]) == (
        "塑料玩具枪 5件", "destroyed", allowed.approval_id,
    )  # fmt: skip
    assert str(allowed) == "销毁 塑料玩具枪 5件"


@pytest.fixture
def taken(world):
    """Goods of a case that is decided and paid, the decision confiscates them."""
    case = world.investigating()
    item = in_force(world, case).items.get()
    enforced(world, case)
    decision = case.parties.get().decisions.get()
    decision.penalties.create(kind="goods", goods="塑料玩具枪 30 件")
    return item, decision


def test_a_decision_that_confiscates_lets_destroy_too(world, taken):
    item, decision = taken
    fields = fields_for(world, item.measure.case, "destroyed")

    give_back(world, item, 30, kind="destroyed", decision=decision, **fields)

    assert (reload(item).held, reload(item.measure).state) == (0, "ended")


@pytest.mark.parametrize("kind", ["released", "handled_early"])
def test_it_lets_nothing_else(world, taken, kind):
    item, decision = taken

    assert refused(
        lambda: give_back(world, item, 30, kind=kind, decision=decision, **FIELDS[kind])
    ) == ["no_permit"]


def dispose(world, item, quantity, kind="destroyed", **fields) -> Disposal:
    given = SEEN | {"proof": fields.pop("proof", None) or picture(world, item.measure.case)}
    return disposals.dispose_of(
        item, actor=world.handler, second_officer=fields.pop("second", world.second), kind=kind,
        quantity=Decimal(quantity), disposed_at=fields.pop("at", clock.now()),
        fields=given | fields,
    )  # fmt: skip


def test_confiscated_goods_are_destroyed_later(world, taken):
    item, decision = taken
    give_back(world, item, 30, kind="confiscated", decision=decision)
    item = reload(item)
    assert (item.not_disposed_of, item.measure.state) == (30, "ended")

    dispose(world, item, 20)
    dispose(world, item, 10, kind="sold", receiver="县拍卖行", proceeds_fen=50_000)

    item = reload(item)
    assert (item.not_disposed_of, item.held, item.moved()) == (0, 0, {"confiscated": 30})
    assert JournalLine.objects.filter(verb="measure.disposed_of").count() == 2
    assert refused(lambda: dispose(world, item, 1)) == ["more_than_confiscated"]


@pytest.mark.parametrize("quantity", ["0", "-1", "10.001"])
def test_not_more_is_disposed_of_than_was_confiscated(world, taken, quantity):
    item, decision = taken
    give_back(world, item, 10, kind="confiscated", decision=decision)

    assert refused(lambda: dispose(world, item, quantity)) == ["more_than_confiscated"]

    dispose(world, item, 10)
    assert (reload(item).not_disposed_of, reload(item).held) == (0, 20)


def test_nothing_is_disposed_of_before_it_was_confiscated(world, taken):
    item, decision = taken
    with later(hours=3):
        give_back(world, item, 30, kind="confiscated", decision=decision)
        before = clock.now() - timedelta(hours=1)
        assert refused(lambda: dispose(world, item, 1, at=before)) == ["more_than_confiscated"]
        dispose(world, item, 1)


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("destroyed", {"witness": ""}, "missing"),
        ("destroyed", {"document": ""}, "missing"),
        ("sold", {"receiver": "县拍卖行"}, "missing"),
        ("handed_over", {}, "missing"),
        ("destroyed", {"second": "handler"}, "second_officer"),
        ("destroyed", {"proof": "text"}, "proof_no_picture"),
    ],
)
def test_a_disposal_is_seen_and_shown(world, taken, kind, fields, code):
    item, decision = taken
    give_back(world, item, 30, kind="confiscated", decision=decision)
    given = dict(fields)
    if "second" in given:
        given["second"] = world.handler
    if "proof" in given:
        given["proof"] = world.evidence(item.measure.case)

    assert refused(lambda: dispose(world, item, 1, kind=kind, **given)) == [code]


def test_what_a_revoked_decision_took_is_only_handed_over(world, taken):
    item, decision = taken
    give_back(world, item, 30, kind="confiscated", decision=decision)
    decision.status = "revoked"
    decision.save(update_fields=["status"])

    assert refused(lambda: dispose(world, item, 30)) == ["more_than_confiscated"]

    dispose(world, item, 30, kind="handed_over", receiver="店主")
    assert reload(item).not_disposed_of == 0


@pytest.mark.parametrize("model", [ItemPermit, Disposal])
def test_neither_is_rewritten(world, taken, model):
    item, decision = taken
    permit(world, item, quantity=5)
    give_back(world, item, 20, kind="confiscated", decision=decision)
    dispose(world, item, 5)

    with pytest.raises(Exception, match="append-only"):
        model.objects.all().delete()


def test_every_signed_way_is_a_way_out():
    assert sorted(FIELDS) == sorted(ItemMove.SIGNED)
