"""What was imposed before on the same article: a hint, and a question to who departs from it.

Aggregates only, over at least five decisions of the bureau, restricted files left out: no single
case can be read from them. They compare fines of one article, never people or units (APL 74).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.ranges import yuan
from workflow.models import Decision, Penalty
from workflow.plugin import Refusal

FEWEST = 5
#: The newest fines that are looked at, per question.
MOST = 2000
APL_34 = gettext_lazy("Administrative Penalty Law art. 34")


@dataclass(frozen=True, slots=True)
class Spread:
    """Fines in fen: how many, and the amounts at the tenths and quarters (nearest rank)."""

    count: int
    least: int
    tenth: int
    quarter: int
    median: int
    three_quarters: int
    nine_tenths: int
    most: int

    def is_unlike(self, amount: int) -> bool:
        """Whether an amount lies outside the middle eighty per cent."""
        return not self.tenth <= amount <= self.nine_tenths

    def __str__(self) -> str:
        message = _(
            "%(n)d decisions: %(least)s–%(most)s yuan, half of them %(quarter)s–%(three)s, "
            "median %(median)s"
        )
        return message % {
            "n": self.count, "least": yuan(self.least), "most": yuan(self.most),
            "quarter": yuan(self.quarter), "three": yuan(self.three_quarters),
            "median": yuan(self.median),
        }  # fmt: skip


def spread_of(amounts: Iterable[int]) -> Spread | None:
    """How amounts lie; None for fewer than five."""
    ordered = sorted(amounts)
    if len(ordered) < FEWEST:
        return None

    def at(hundredth: int) -> int:
        """The nearest rank: the smallest amount that so many per cent do not exceed."""
        return ordered[max(-(-len(ordered) * hundredth // 100), 1) - 1]

    return Spread(
        len(ordered), ordered[0], at(10), at(25), at(50), at(75), at(90), ordered[-1]
    )  # fmt: skip


def past_fines(articles: Iterable[Any], *, case: Any) -> dict[tuple[int, str], list[int]]:
    """Fines by (article, tier) of issued decisions in other files; one query.

    Restricted files are left out, so that nobody learns of them by counting.
    """
    rows = Penalty.objects.filter(
        kind=Penalty.Kind.FINE, decision__status=Decision.Status.ISSUED,
        decision__case_party__case__restricted=False, citations__role="penalty",
        citations__article__in=list(articles),
    ).exclude(decision__case_party__case=case)  # fmt: skip
    found: dict[tuple[int, str], list[int]] = {}
    wanted = rows.order_by("-pk").values_list("citations__article", "tier", "amount_fen")
    for article, tier, amount in wanted[:MOST]:
        found.setdefault((article, tier), []).append(amount or 0)
    return found


def unlike_refusals(rows: Sequence[Any], *, case: Any) -> list[Refusal]:
    """A fine outside the middle eighty per cent of its like says why. Rows as the forms give."""
    fines = [row for row in rows if row.get("article") and row["kind"] == Penalty.Kind.FINE]
    if not fines:
        return []
    past = past_fines([row["article"] for row in fines], case=case)
    refusals = []
    for row in fines:
        spread = spread_of(past.get((row["article"].pk, row.get("tier") or ""), ()))
        if spread is None or (row.get("reason") or "").strip():
            continue
        if spread.is_unlike(row["amount_fen"]):
            message = _(
                "%(amount)s yuan is unlike what was imposed before (%(spread)s): say why, "
                "or change it."
            )
            said = {"amount": yuan(row["amount_fen"]), "spread": spread}
            refusals.append(Refusal("unlike_before", message % said, APL_34))
    return refusals
