"""How past fines lie: tenths and quarters as a count by hand finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workflow.guards.amounts import spread_of


@given(st.lists(st.integers(1, 10**12), min_size=0, max_size=60))
def test_a_spread_is_that_of_a_count_by_hand(amounts):
    spread = spread_of(amounts)

    if len(amounts) < 5:
        assert spread is None
        return
    for value, hundredth in (
        (spread.tenth, 10), (spread.quarter, 25), (spread.median, 50),
        (spread.three_quarters, 75), (spread.nine_tenths, 90),
    ):  # fmt: skip
        enough = [a for a in set(amounts)
                  if sum(b <= a for b in amounts) * 100 >= hundredth * len(amounts)]  # fmt: skip
        assert value == min(enough)
    assert (spread.least, spread.most, spread.count) == (min(amounts), max(amounts), len(amounts))
