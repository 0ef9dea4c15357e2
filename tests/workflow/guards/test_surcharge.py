"""加处罚款 day by day, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.guards.surcharge import surcharge


@pytest.mark.parametrize(
    ("until", "fen"),
    [
        (date(2022, 1, 10), 0), (date(2022, 1, 11), 30_000), (date(2022, 1, 12), 60_000),
        (date(2022, 2, 12), 990_000), (date(2022, 2, 13), 1_000_000),
        (date(2030, 1, 1), 1_000_000),
    ],
)  # fmt: skip
def test_three_per_cent_a_day_from_the_day_after_and_no_more_than_the_fine(until, fen):
    assert surcharge(1_000_000, due=[(date(2022, 1, 10), 1_000_000)], until=until) == fen
