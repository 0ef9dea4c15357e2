"""加处罚款: three per cent a day of what is overdue, never more than the fine. Exact, in fen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)

#: (day, fen): an amount that falls due on a day, or was paid on it.
Money = tuple[date, int]
#: First and last day that do not count; None: still going on.
Stop = tuple[date, date | None]


def surcharge(
    fine_fen: int,
    *,
    due: Sequence[Money],
    paid: Sequence[Money] = (),
    stops: Iterable[Stop] = (),
    until: date,
) -> int:
    """The surcharge up to and including ``until``, in whole fen, rounded down once at the end.

    行政处罚法 arts. 72-73: from the day after an amount was due, three per cent a day of what of
    it is unpaid; the day of a payment still counts; days of reconsideration or lawsuit do not; no
    more than the fine. Payments go to what was due first.
    """
    halts = [(start, until if end is None else end) for start, end in stops]
    first = min((day for day, _fen in due), default=until) + DAY
    cuts = {first, until + DAY}
    cuts.update(day + DAY for day, _fen in (*due, *paid))
    for start, end in halts:
        cuts.update((start, end + DAY))
    days = sorted(day for day in cuts if first <= day <= until + DAY)
    hundredths = 0
    for start, end in pairwise(days):
        if any(begin <= start <= last for begin, last in halts):
            continue
        hundredths += 3 * overdue(due, paid, on=start) * (end - start).days
    return min(hundredths // 100, fine_fen)


def overdue(due: Sequence[Money], paid: Sequence[Money], *, on: date) -> int:
    """What was due before a day and not paid before it, in fen."""
    owed = sum(fen for day, fen in due if day < on)
    return max(owed - sum(fen for day, fen in paid if day < on), 0)
