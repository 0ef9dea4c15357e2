"""What becomes of goods after they were confiscated: destroyed, sold, handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import minute_of
from workflow.engine.refusals import TransitionRefused
from workflow.models import Decision, Disposal, ItemMove, Measure, MeasureItem
from workflow.plugin import Refusal
from workflow.services.goods import left_out, wrong_officers, wrong_proof
from workflow.services.measures import PERMISSION

Kind = Disposal.Kind
#: What a kind of disposal needs besides quantity, date and second officer.
NEEDED: dict[str, tuple[str, ...]] = {
    Kind.DESTROYED: ("document", "witness", "proof"),
    Kind.SOLD: ("document", "witness", "proof", "receiver", "proceeds_fen"),
    Kind.HANDED_OVER: ("document", "witness", "proof", "receiver"),
}


def dispose_of(
    item: MeasureItem,
    *,
    actor: User,
    second_officer: User,
    kind: str,
    quantity: Decimal,
    disposed_at: datetime,
    fields: Mapping[str, Any],
    late_reason: str = "",
) -> Disposal:
    """A quantity of what was confiscated is gone; the measure and its balance stay as they are.

    ``fields``: document, receiver, witness, reason, proceeds_fen, proof; which of them are needed
    is the kind's (``NEEDED``). The measure may be over and the case closed. Raises
    ``TransitionRefused`` for more than was confiscated by then and is not disposed of yet, for a
    destruction without a photograph, and for goods whose confiscation was revoked, unless they are
    handed over (行政处罚法 art. 74).
    """
    with transaction.atomic():
        measure = begin(
            item.measure, actor=actor, permission=PERMISSION, acted_at=disposed_at,
            late_reason=late_reason,
        )  # fmt: skip
        locked = MeasureItem.objects.select_for_update().get(pk=item.pk, measure=measure)
        wrong = [
            *_wrong_quantity(locked, kind, quantity, disposed_at),
            *wrong_officers(measure, actor, second_officer, disposed_at),
            *left_out(NEEDED[kind], fields),
            *wrong_proof(measure, kind, fields.get("proof")),
        ]
        if wrong:
            raise TransitionRefused(wrong)
        row = Disposal.objects.create(
            item=locked, kind=kind, quantity=quantity, disposed_at=disposed_at, recorded_by=actor,
            second_officer=second_officer, **{n: v for n, v in fields.items() if v is not None},
        )  # fmt: skip
        record_act(
            measure, "measure.disposed_of", actor=actor, acted_at=disposed_at,
            late_reason=late_reason, data=_said(measure, locked, row),
        )  # fmt: skip
        return row


def _said(measure: Measure, item: MeasureItem, row: Disposal) -> dict[str, Any]:
    return {
        "party": measure.case_party_id, "item": item.pk, "disposal": row.pk, "kind": row.kind,
        "title": f"{item.name} {row.quantity.normalize():f}{item.unit_name}",
        "document": row.document, "proof": row.proof_id,
    }  # fmt: skip


def _wrong_quantity(
    item: MeasureItem, kind: str, quantity: Decimal, disposed_at: datetime
) -> list[Refusal]:
    left = _confiscated_by(item, kind, disposed_at)
    left -= sum(item.disposals.values_list("quantity", flat=True), Decimal(0))
    if 0 < quantity <= left:
        return []
    message = _(
        "%(left)s%(unit)s of it were confiscated by then and are not disposed of: not more can go."
    )
    said = {"left": f"{max(left, Decimal(0)).normalize():f}", "unit": item.unit_name}
    law = _("Administrative Penalty Law art. 74")
    return [Refusal("more_than_confiscated", message % said, law, field="quantity")]


def _confiscated_by(item: MeasureItem, kind: str, moment: datetime) -> Decimal:
    """What was confiscated by then; what a revoked decision took can only be handed over."""
    moves = item.moves.filter(kind=ItemMove.Kind.CONFISCATED)
    if kind != Kind.HANDED_OVER:
        moves = moves.exclude(decision__status=Decision.Status.REVOKED)
    taken = (move.quantity for move in moves if minute_of(move.moved_at) <= moment)
    return sum(taken, Decimal(0))
