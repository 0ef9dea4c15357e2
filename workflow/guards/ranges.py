"""Whether a fine lies within the ranges of the article it rests on: exact, in fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.models import FineRange, Penalty
from workflow.plugin import Refusal

APL_34 = gettext_lazy("Administrative Penalty Law arts. 32, 34")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most, in fen; None: no bound on that side. Both ends are allowed."""

    least: int | None
    most: int | None

    def holds(self, amount: int) -> bool:
        """Whether the amount lies within."""
        return not self.is_below(amount) and (self.most is None or amount <= self.most)

    def is_below(self, amount: int) -> bool:
        """Whether the amount is less than the least."""
        return self.least is not None and amount < self.least

    def __str__(self) -> str:
        ends = [yuan(end) if end is not None else "…" for end in (self.least, self.most)]
        return "–".join(ends)


def bounds_of(found: FineRange, base: int | None, *, is_person: bool) -> Bounds | None:
    """What a range allows for a base of that many fen; None where it does not apply."""
    if found.who and (found.who == FineRange.Who.PERSON) != is_person:
        return None
    if found.base and base is None:
        return None
    if found.base_from_fen is not None and (base or 0) < found.base_from_fen:
        return None
    if found.base_below_fen is not None and (base or 0) >= found.base_below_fen:
        return None
    if found.min_times is None and found.max_times is None:
        return Bounds(found.min_fen, found.max_fen)
    return Bounds(
        _times(found.min_times, base or 0, ROUND_CEILING),
        _times(found.max_times, base or 0, ROUND_FLOOR),
    )


def amount_refusal(
    ranges: Sequence[FineRange], penalty: Any, *, case: Any, is_person: bool
) -> Refusal | None:
    """Why the fine may not be as it is; None where no range is entered or it fits.

    Above every range: refused. Below: only 减轻 with a reason; and 减轻 lies below. A range that
    counts from an amount nobody wrote down asks for it, unless a fixed one allows the fine (广告法
    art. 55: the fee of the advertisement cannot be counted). ``penalty`` has amount_fen, base_fen,
    tier and reason.
    """
    if not ranges or penalty.amount_fen is None:
        return None
    bounds, unknown = [], ""
    for found in ranges:
        base = _base(found, penalty, case)
        if found.base and base is None:
            unknown = unknown or found.base
        elif (allowed := bounds_of(found, base, is_person=is_person)) is not None:
            bounds.append(allowed)
    refusal = _judge(bounds, penalty) if bounds else None
    if unknown and (refusal is not None or not bounds):
        message = _("The fine counts from “%(base)s”: write that amount down first.")
        name = FineRange.Base(unknown).label
        return Refusal("base_missing", message % {"base": name}, APL_34)
    return refusal


def _judge(bounds: Sequence[Bounds], penalty: Any) -> Refusal | None:
    amount, said = penalty.amount_fen, "；".join(dict.fromkeys(str(b) for b in bounds))
    values = {"amount": yuan(amount), "range": said}
    fits = any(allowed.holds(amount) for allowed in bounds)
    below = all(allowed.is_below(amount) for allowed in bounds)
    reduced = penalty.tier == Penalty.Tier.REDUCED
    if fits and reduced:
        message = _("%(amount)s yuan lies within %(range)s: that is not below the range.")
        return Refusal("not_reduced", message % values, APL_34)
    if fits or (below and reduced and penalty.reason.strip()):
        return None
    if below:
        message = _(
            "%(amount)s yuan lies below %(range)s: choose “below the range” and write the reason."
        )
        return Refusal("below_range", message % values, APL_34)
    message = _("%(amount)s yuan lies outside %(range)s, which the article allows.")
    return Refusal("above_range", message % values, APL_34)


def _base(found: FineRange, penalty: Any, case: Any) -> int | None:
    bases: dict[str, int | None] = {
        FineRange.Base.GOODS: case.goods_value_fen,
        FineRange.Base.GAINS: case.illegal_gains_fen,
        FineRange.Base.OTHER: penalty.base_fen,
    }
    return bases.get(found.base)


def _times(times: Decimal | None, base: int, rounding: str) -> int | None:
    if times is None:
        return None
    return int((times * base).to_integral_value(rounding=rounding))


def yuan(fen: int) -> str:
    """An amount of fen as yuan, without the unit."""
    amount = Decimal(fen) / 100
    places = 0 if amount == amount.to_integral_value() else 2
    return number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
