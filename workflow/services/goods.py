"""Where seized goods go: custody, and every quantity that leaves, never more than is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import minute_of
from workflow.engine.refusals import TransitionRefused
from workflow.engine.system import move_by_system
from workflow.guards.handlers import qualified
from workflow.guards.links import page
from workflow.models import (
    CustodyStep,
    Decision,
    EvidenceFile,
    ItemMove,
    ItemPermit,
    Measure,
    MeasureItem,
    Penalty,
)
from workflow.plugin import Refusal
from workflow.services.measures import PERMISSION
from workflow.states import RUNNING_MEASURES, MeasureState, TransferState

Kind = ItemMove.Kind
#: A transfer that has left the bureau: goods may follow it.
LEFT = (TransferState.HANDED_OVER, TransferState.RECEIPTED, TransferState.ACCEPTED)
#: What a kind of move needs besides quantity and date.
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.RELEASED: ("document", "receiver"),
    Kind.CONFISCATED: ("decision",),
    Kind.TRANSFERRED: ("transfer", "receiver"),
    Kind.DESTROYED: ("document", "witness", "proof"),
    Kind.HANDLED_EARLY: ("document", "reason"),
}
LAW_TO_LEAVE = gettext_lazy(
    "Administrative Coercion Law arts. 27-28; Administrative Penalty Law art. 56"
)


def move_item(
    item: MeasureItem,
    *,
    actor: User,
    second_officer: User,
    kind: str,
    quantity: Decimal,
    moved_at: datetime,
    fields: Mapping[str, Any],
    late_reason: str = "",
) -> ItemMove:
    """A quantity of the item leaves; two officers answer for it. Ends the measure with the last.

    ``fields``: document, receiver, witness, reason, proceeds_fen, decision, transfer, permit,
    proof; which of them are needed is the kind's (``NEEDED``). Raises ``TransitionRefused`` for
    more than is held, for what goes back, is destroyed or disposed of early without a signed permit
    for as much (a decision that confiscates allows to destroy as well), for a confiscation without
    an issued decision that confiscates goods of this party, a transfer that has not left, a
    destruction without a photograph (行政强制法 arts. 26-28).
    """
    with transaction.atomic():
        measure = begin(
            item.measure, actor=actor, permission=PERMISSION, acted_at=moved_at,
            late_reason=late_reason, states=(MeasureState.IN_FORCE, MeasureState.EXTENDED),
        )  # fmt: skip
        held = MeasureItem.objects.select_for_update().get(pk=item.pk, measure=measure)
        if wrong := _wrong(measure, held, actor, second_officer, kind, quantity, moved_at, fields):
            raise TransitionRefused(wrong)
        held.held -= quantity
        held.save(update_fields=["held"])
        move = ItemMove.objects.create(
            item=held, kind=kind, quantity=quantity, moved_at=moved_at, recorded_by=actor,
            second_officer=second_officer, **{n: v for n, v in fields.items() if v is not None},
        )  # fmt: skip
        record_act(
            measure, "measure.item_moved", actor=actor, acted_at=moved_at,
            late_reason=late_reason, data=_said(held, move),
        )  # fmt: skip
        if not measure.items.filter(held__gt=0).exists():
            move_by_system(
                measure, "measure.end", actor=actor,
                data={"acted_at": moved_at, "late_reason": late_reason},
            )  # fmt: skip
        return move


def _said(item: MeasureItem, move: ItemMove) -> dict[str, Any]:
    return {
        "party": item.measure.case_party_id, "item": item.pk, "move": move.pk, "kind": move.kind,
        "title": f"{item.name} {move.quantity.normalize():f}{item.unit_name}",
        "left": f"{item.held.normalize():f}", "document": move.document,
        "decision": move.decision_id, "transfer": move.transfer_id, "permit": move.permit_id,
        "proof": move.proof_id,
    }  # fmt: skip


def _wrong(
    measure: Measure, item: MeasureItem, actor: User, second: User, kind: str,
    quantity: Decimal, moved_at: datetime, fields: Mapping[str, Any],
) -> list[Refusal]:  # fmt: skip
    found = [*_wrong_quantity(item, quantity), *wrong_officers(measure, actor, second, moved_at)]
    if measure.decided_at and moved_at < minute_of(measure.decided_at):
        message = _("Goods leave after they were taken.")
        found.append(Refusal("before_measure", message, field="acted_at"))
    found += left_out(NEEDED[kind], fields)
    if kind in (Kind.CONFISCATED, Kind.DESTROYED) and fields.get("decision"):
        found += _wrong_decision(measure, fields["decision"])
    elif kind in ItemMove.SIGNED:
        found += _wrong_permit(item, kind, quantity, moved_at, fields.get("permit"))
    if kind == Kind.TRANSFERRED and fields.get("transfer"):
        transfer = fields["transfer"]
        if transfer.case_id != measure.case_id or transfer.state not in LEFT:
            message = _("Choose a transfer of this case that was handed over.")
            found.append(Refusal("transfer", message, field="transfer"))
    return found + wrong_proof(measure, kind, fields.get("proof"))


def left_out(needed: Iterable[str], fields: Mapping[str, Any]) -> list[Refusal]:
    """One refusal beside each needed field that has no value; a zero is one."""
    missing = [name for name in needed if fields.get(name) in (None, "")]
    return [Refusal("missing", _("Needed for this."), field=name) for name in missing]


def _wrong_quantity(item: MeasureItem, quantity: Decimal) -> list[Refusal]:
    if 0 < quantity <= item.held:
        return []
    message = _("%(held)s%(unit)s of it are held: not more can leave.")
    said = {"held": f"{item.held.normalize():f}", "unit": item.unit_name}
    return [Refusal("more_than_held", message % said, field="quantity")]


def _wrong_permit(
    item: MeasureItem, kind: str, quantity: Decimal, moved_at: datetime, permit: ItemPermit | None
) -> list[Refusal]:
    """What leaves by the handlers' word alone was signed before: of this item, as much, this way.

    Lifting (行政强制法 art. 28), destroying (art. 27) and disposing of early are the leader's to
    allow; 行政处罚法 art. 56 of what is preserved.
    """
    link = page("workflow_measure:step", item.measure_id, "measure.permit")
    if permit is None or permit.item_id != item.pk or permit.kind != kind:
        message = _(
            "The leader signs this first: propose to lift the measure, or what of it may leave,"
            " and name the approval here."
        )
        return [Refusal("no_permit", message, LAW_TO_LEAVE, link)]
    if moved_at < minute_of(permit.granted_at):
        message = _("It leaves after the approval was signed.")
        return [Refusal("before_permit", message, LAW_TO_LEAVE, field="acted_at")]
    left = ItemPermit.objects.get(pk=permit.pk).left  # read anew: the item is locked now
    if left < quantity <= item.held:
        message = _("%(left)s%(unit)s are left of this approval; propose the rest.")
        said = {"left": f"{left.normalize():f}", "unit": item.unit_name}
        return [Refusal("more_than_permitted", message % said, LAW_TO_LEAVE, link, "quantity")]
    return []


def wrong_officers(
    measure: Measure, actor: User, second: User, moved_at: datetime
) -> list[Refusal]:
    """Two handlers of the case with a certificate answer for it (行政强制法 art. 18)."""
    law = _("Administrative Coercion Law art. 18")
    handlers = measure.case.handlers.filter(ended_on=None).select_related("user")
    fit = {row.user_id for row in handlers if qualified(row, timezone.localdate(moved_at))}
    if actor.pk not in fit:
        return [Refusal("not_handler", _("Only a handler of this record does this."), law)]
    if second.pk not in fit or second.pk == actor.pk:
        message = _("Two handlers of the case do this: name the other one.")
        return [Refusal("second_officer", message, law, field="second_officer")]
    return []


def _wrong_decision(measure: Measure, decision: Decision) -> list[Refusal]:
    ours = decision.case_party_id == measure.case_party_id
    issued = decision.status == Decision.Status.ISSUED
    if ours and issued and decision.penalties.filter(kind=Penalty.Kind.GOODS).exists():
        return []
    message = _("Confiscation needs an issued decision on this party that confiscates goods.")
    law = _("Administrative Coercion Law art. 27")
    return [Refusal("decision", message, law, field="decision")]


def wrong_proof(measure: Measure, kind: str, proof: EvidenceFile | None) -> list[Refusal]:
    """What shows it lies in this case; a destruction is shown by a photograph."""
    if proof is None:
        return []
    if proof.case_id != measure.case_id:
        message = _("Choose a file of this case.")
        return [Refusal("proof", message, field="proof")]
    if kind == Kind.DESTROYED and not proof.mime_type.startswith("image/"):
        message = _("The destruction is shown by a photograph.")
        return [Refusal("proof_no_picture", message, field="proof")]
    return []


def hand_over_goods(
    measure: Measure, *, actor: User, to_keeper: str, place: str, at: datetime, note: str = "",
    late_reason: str = "",
) -> CustodyStep:  # fmt: skip
    """The goods change keeper or place; the chain stays whole, the measure names the last one."""
    with transaction.atomic():
        locked = begin(
            measure, actor=actor, permission=PERMISSION, acted_at=at, late_reason=late_reason,
            states=tuple(RUNNING_MEASURES),
        )  # fmt: skip
        last = locked.custody.order_by("at", "pk").last()
        if last is not None and at < last.at.replace(second=0, microsecond=0):
            message = _("The last hand-over was later than this.")
            raise TransitionRefused([Refusal("before_last", message, field="acted_at")])
        step = CustodyStep.objects.create(
            measure=locked, from_keeper=locked.keeper, to_keeper=to_keeper, place=place, at=at,
            note=note, recorded_by=actor,
        )  # fmt: skip
        locked.keeper, locked.place = to_keeper, place
        locked.save(update_fields=["keeper", "place"])
        record_act(
            locked, "measure.custody", actor=actor, acted_at=at, late_reason=late_reason,
            data={"to": to_keeper, "place": place},
        )  # fmt: skip
        return step


def hand_over_thing(
    evidence: EvidenceFile, *, actor: User, from_keeper: str, to_keeper: str, place: str,
    at: datetime, note: str = "", late_reason: str = "",
) -> CustodyStep:  # fmt: skip
    """A thing in evidence (物证) changes hands; raises for evidence that is no thing."""
    record = evidence.case or evidence.lead
    with transaction.atomic():
        locked = begin(
            record, actor=actor, permission="add_evidence", acted_at=at, late_reason=late_reason
        )
        if evidence.kind != EvidenceFile.Kind.OBJECT:
            message = _("Only physical evidence changes hands; a file stays where it is.")
            raise TransitionRefused([Refusal("no_object", message)])
        step = CustodyStep.objects.create(
            evidence=evidence, from_keeper=from_keeper, to_keeper=to_keeper, place=place, at=at,
            note=note, recorded_by=actor,
        )  # fmt: skip
        record_act(
            locked, "evidence.custody", actor=actor, acted_at=at, late_reason=late_reason,
            data={"evidence": evidence.pk, "title": evidence.title, "to": to_keeper},
        )  # fmt: skip
        return step
