"""Measures for tests: proposed, approved, made on the spot, in force."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import clock
from tests.casework import World, reload
from tests.remembered import remembered
from workflow import api
from workflow.models import ItemMove, ItemPermit, Measure, MeasureItem
from workflow.services.evidence import add_evidence
from workflow.services.goods import move_item
from workflow.services.measures import impose_measure

TOYS = {
    "name": "塑料玩具枪", "specification": "无厂名厂址", "quantity": Decimal(30), "unit_name": "件",
    "value_fen": 90_000, "note": "",
}  # fmt: skip
FIELDS = {
    "kind": "seize", "power": "pql-18", "reason": "有根据认为不符合保障人身健康的国家标准。",
    "target": "货架上的塑料玩具枪", "place": "大渡口所仓库", "keeper": "吴承办", "witness": "店主",
}  # fmt: skip


@remembered
def propose(world: World, case=None, *, items=(TOYS,), on_spot=False, **fields) -> Measure:
    """A measure of the case's only party; its approval waits."""
    case = case or world.investigating()
    measure = impose_measure(
        case, actor=world.handler, case_party=case.parties.get(), fields=FIELDS | fields,
        items=items, carried_out_at=clock.now() if on_spot else None,
    )  # fmt: skip
    return reload(measure)


@remembered
def sign(world: World, measure: Measure, *, acted_at=None) -> Measure:
    """Through both signatures of what waits."""
    approval = api.Approval.objects.get(record_id=measure.pk, outcome="", case=measure.case)
    for signer in (world.unit_head, world.leader):
        approval = api.sign(approval, actor=signer, opinion="同意", acted_at=acted_at)
    return reload(measure)


@remembered
def carry_out(world: World, measure: Measure) -> Measure:
    data = {name: FIELDS[name] for name in ("place", "keeper", "witness")}
    api.perform(measure, "measure.carry_out", actor=world.handler, data=data)
    return reload(measure)


@remembered
def in_force(world: World, case=None, **fields) -> Measure:
    return carry_out(world, sign(world, propose(world, case, **fields)))


@remembered
def permit(world: World, item: MeasureItem, kind="released", quantity=None) -> ItemPermit:
    """Both signatures under that much of the item leaving; by default all that is held."""
    data = {
        "kind": kind, f"item_{item.pk}": str(quantity or item.held), "reason": "与案件无关",
        "basis": "" if kind == "released" else "食品安全法第六十三条",
    }  # fmt: skip
    world.signed(reload(item).measure, "measure.permit", data)
    return item.permits.latest("pk")


def give_back(
    world: World, item: MeasureItem, quantity, kind="released", actor=None, **fields
) -> ItemMove:
    """That much of the item leaves, now; by default it goes back to the party.

    What is to be signed first is signed, unless the fields say on what it rests.
    """
    given = {"document": "解除决定书1号", "receiver": "店主"} if kind == "released" else {}
    if kind in ItemMove.SIGNED and not {"permit", "decision"} & set(fields):
        left = (row for row in item.permits.filter(kind=kind) if row.left > 0)
        given["permit"] = next(left, None) or permit(world, reload(item), kind)
    return move_item(
        item, actor=actor or world.handler, second_officer=fields.pop("second", world.second),
        kind=kind, quantity=Decimal(quantity), moved_at=fields.pop("at", clock.now()),
        fields=given | fields,
    )  # fmt: skip


def picture(world: World, case, name="销毁.jpg"):
    """A photograph in the evidence of the case."""
    body = BytesIO()
    Image.new("RGB", (8, 8), "red").save(body, "JPEG")
    upload = SimpleUploadedFile(name, body.getvalue(), content_type="image/jpeg")
    return add_evidence(
        case, actor=world.handler, upload=upload, kind="inspection", title="销毁现场照片",
        collected_at=clock.now() - timedelta(minutes=1),
    )  # fmt: skip
