"""A decision changed in part by others: a new round with the penalties as they are now."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from workflow.models import ArticleCitation, Challenge, Decision, Penalty
from workflow.services.on_a_day import moment_of

#: What a round keeps of the one before it.
_KEPT = (
    "case_party", "kind", "ground", "party_identity", "facts", "basis", "performance", "remedies",
    "authority", "education",
)  # fmt: skip
_PENALTY = (
    "kind", "amount_fen", "goods", "goods_value_fen", "tier", "note", "base_fen", "reason",
    "performed_on",
)  # fmt: skip
#: What the number of a changed decision ends with; a phrase of papers, in Chinese always.
_MARKS = {
    "reconsideration": "复议变更",
    "lawsuit": "判决变更",
    "appeal": "判决变更",
    "retrial": "再审变更",
}


def change_decision(
    decision: Decision, said: Challenge, *, by: Challenge, actor: User, on: date
) -> dict[str, Any]:
    """The next round of ``decision`` with the parts ``said`` changes; the rest stands.

    What was paid and agreed on the old penalties counts for those that take their place. A part:
    ``{"penalty", "amount_fen"}`` changed, ``{"penalty", "struck"}`` gone, ``{"kind",
    "amount_fen"}`` put in place of another. Returns what the journal keeps.
    """
    parts = {part["penalty"]: part for part in said.parts if "penalty" in part}
    rounds = Decision.objects.filter(case_party=decision.case_party_id)
    last = rounds.order_by("-round").values_list("round", flat=True)[0]
    new = Decision.objects.create(
        round=last + 1, supersedes=decision, status=Decision.Status.ISSUED,
        number=_number(decision, by), decided_at=moment_of(on), changed_by=by, drafted_by=actor,
        **{name: getattr(decision, name) for name in _KEPT},
    )  # fmt: skip
    _copy_citations({"decision": decision}, {"decision": new})
    paid = plans = 0
    for old in decision.penalties.order_by("pk"):
        part = parts.get(old.pk, {})
        if part.get("struck"):
            continue
        kept = {name: getattr(old, name) for name in _PENALTY}
        kept["amount_fen"] = part.get("amount_fen", old.amount_fen)
        row = Penalty.objects.create(decision=new, **kept)
        _copy_citations({"penalty": old}, {"penalty": row})
        paid += old.payments.update(penalty=row)
        plans += old.plans.update(penalty=row)
    for part in said.parts:
        if "kind" in part:
            Penalty.objects.create(
                decision=new, kind=part["kind"], amount_fen=part.get("amount_fen")
            )
    decision.status = Decision.Status.CHANGED
    decision.save(update_fields=["status"])
    return {"decision": new.pk, "payments": paid, "plans": plans}


def _number(decision: Decision, by: Challenge) -> str:
    """The old number with a mark: the bureau issued no decision of its own."""
    text = f"{decision.number}（{_MARKS[by.kind]}）"
    again = Decision.objects.filter(number=text).exists()
    return f"{text}{by.pk}" if again else text


def _copy_citations(of: dict[str, Any], to: dict[str, Any]) -> None:
    rows = ArticleCitation.objects.filter(**of)
    ArticleCitation.objects.bulk_create(
        ArticleCitation(article_id=row.article_id, role=row.role, **to) for row in rows
    )
