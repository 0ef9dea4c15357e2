"""A fine lies within the range of its article: exact, from its base, refused where verified."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.services.test_citing import article, notice, refused
from workflow.guards.ranges import amount_refusal, bounds_of
from workflow.models import FineRange


def spread(**fields):
    empty = dict.fromkeys(
        ("base_from_fen", "base_below_fen", "min_fen", "max_fen", "min_times", "max_times")
    )
    return FineRange(**{"base": "goods", "who": "", **empty, **fields})


@given(
    base=st.integers(0, 10**13),
    times=st.decimals(min_value=0, max_value=50, places=2),
    amount=st.integers(1, 10**14),
)
def test_times_are_exact_to_the_fen(base, times, amount):
    """An amount fits exactly when amount·100 does not exceed base·times·100, in whole numbers."""
    bounds = bounds_of(spread(max_times=times), base, is_person=False)
    least = bounds_of(spread(min_times=times), base, is_person=False)
    hundredths = int(times * 100)

    assert bounds.holds(amount) == (amount * 100 <= base * hundredths)
    assert least.holds(amount) == (amount * 100 >= base * hundredths)


@pytest.mark.parametrize(
    ("base", "amount", "code"),
    [
        (999_999, 5_000_000, None), (999_999, 10_000_000, None),
        (999_999, 10_000_001, "above_range"),
        (1_000_000, 9_999_999, "below_range"), (1_000_000, 20_000_000, None),
        (1_000_000, 20_000_001, "above_range"),
    ],
)  # fmt: skip
def test_the_base_chooses_the_range(base, amount, code):
    """食品安全法 art. 124: below ten thousand yuan of goods a fixed range, else ten to twenty."""
    ranges = [
        spread(base_below_fen=1_000_000, min_fen=5_000_000, max_fen=10_000_000),
        spread(base_from_fen=1_000_000, min_times=Decimal(10), max_times=Decimal(20)),
    ]
    penalty = SimpleNamespace(amount_fen=amount, tier="", reason="", base_fen=None)
    case = SimpleNamespace(goods_value_fen=base, illegal_gains_fen=None)

    refusal = amount_refusal(ranges, penalty, case=case, is_person=False)

    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("verified", "codes"), [(True, ["above_range"]), (False, [])]
)  # fmt: skip
def test_a_range_nobody_verified_refuses_nothing(world, verified, codes):
    case = world.reviewed()
    basis = article("产品质量法", "第四十九条", date(2022, 3, 1))
    FineRange.objects.create(article=basis, max_fen=499_999, is_verified=verified)

    def act():
        notice(world, case, penalty={"article": basis})

    if codes:
        assert refused(act) == codes
    else:
        act()


@pytest.mark.parametrize(
    ("amount", "code"), [(20_000_000, None), (100_000_000, None), (100_000_001, "base_missing")]
)
def test_a_fixed_range_holds_where_the_base_cannot_be_counted(amount, code):
    """广告法 art. 55: three to five times the fee, or 200,000 to a million where it is unknown."""
    ranges = [
        spread(base="other", min_times=Decimal(3), max_times=Decimal(5)),
        spread(base="", min_fen=20_000_000, max_fen=100_000_000),
    ]
    penalty = SimpleNamespace(amount_fen=amount, tier="", reason="", base_fen=None)
    case = SimpleNamespace(goods_value_fen=None, illegal_gains_fen=None)

    refusal = amount_refusal(ranges, penalty, case=case, is_person=False)

    assert (refusal and refusal.code) == code
