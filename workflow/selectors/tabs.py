"""The three tabs of the lists, whole: how many stand in each, and a page of the newest.

Both are walked in the order of an index and stop, however many rows a person has: a unit's in the
index of its records, what is handled and what is opened in the keys of ``workflow.list_keys``. The
rows of a page are then asked for themselves, so that a wrong key could never show a record.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.access import postings_of, unit_ids
from accounts.models import User
from workflow.models import ListKey

CAP = 1000
MERGED = 16  # units; whoever sees more sees most rows, and one index is walked as it is
UNIT, GRANTED, MINE = "unit", "granted", "mine"
TABS: dict[str, str | Promise] = {
    UNIT: gettext_lazy("My units"),
    GRANTED: gettext_lazy("Opened to me"),
    MINE: gettext_lazy("Handled by me"),
}
Key = tuple[datetime, int]


def rows_of_tab(model: type[Any], user: User, tab: str) -> QuerySet[Any]:
    """The rows of one tab, in scope, unordered: what filters, search and export start from."""
    rows = model.objects.all()
    if tab == GRANTED:
        return rows.granted_to(user)
    return rows.handled_by(user) if tab == MINE else rows.in_units_of(user)


def units_of(model: type[Any], user: User) -> list[int]:
    """The units whose rows the person may read."""
    return sorted(unit_ids(user, model.objects.all().view_act))


def capped_count(rows: QuerySet[Any]) -> int:
    """How many, at most one more than ``CAP``: counting on would cost more than it tells."""
    return rows.order_by()[: CAP + 1].count()


def count_of(model: type[Any], user: User, tab: str) -> int:
    """How many rows the whole tab has today, at most one more than ``CAP``."""
    if tab == UNIT:
        return capped_count(rows_of_tab(model, user, tab))
    keys = _Keys(model, user)
    return keys.count_granted() if tab == GRANTED else keys.count_handled()


def page_of(
    model: type[Any], user: User, tab: str, *, bottom: int, top: int, newest: bool = True
) -> list[int]:
    """The numbers of rows ``bottom`` to ``top`` of the whole tab, by their last change.

    Of what is handled and opened; a unit's page is cut from its records.
    """
    keys = _Keys(model, user)
    streams = keys.granted() if tab == GRANTED else keys.handled()
    return [pk for _moment, pk in islice(_merged(streams, top, newest=newest), bottom, top)]


def window(rows: QuerySet[Any], bottom: int, top: int, *, units: Sequence[int]) -> QuerySet[Any]:
    """Rows ``bottom`` to ``top`` of an ordered list of units' records.

    A department sees a few units. The database would sort all their rows; each unit's own are in
    order in its index, so the first ``top`` of each are merged here: flat at any size.
    """
    if not 1 < len(units) <= MERGED or rows.query.is_empty():
        return rows[bottom:top]
    first = str(rows.query.order_by[0])
    bare = rows.select_related(None).prefetch_related(None).values_list(first.lstrip("-"), "pk")
    newest = [list(bare.filter(unit_id=unit)[:top]) for unit in units]
    merged = heapq.merge(*newest, reverse=first.startswith("-"))
    return rows.filter(pk__in=[pk for _key, pk in islice(merged, bottom, top)])


def _merged(streams: Iterable[QuerySet[Any]], top: int, *, newest: bool) -> Iterator[Key]:
    """The first ``top`` keys of each stream in one order, each record once."""
    order = ("-updated_at", "-record_id") if newest else ("updated_at", "record_id")
    found = [
        list(stream.order_by(*order).values_list("updated_at", "record_id").distinct()[:top])
        for stream in streams
    ]
    last = None
    for key in heapq.merge(*found, reverse=newest):
        if key != last:
            yield key
        last = key


@dataclass(frozen=True, slots=True)
class _Keys:
    """What one person handles and was opened of one kind of record, as streams of sorted keys."""

    model: type[Any]
    user: User

    @property
    def units(self) -> list[int]:
        return units_of(self.model, self.user)

    def handled(self) -> list[QuerySet[Any]]:
        """Handled by the person and open to them: in one of their units, or by a grant."""
        rows, units = self._handled(), self.units
        opened = self._by_grant(rows.filter(by_grant=1), units)
        if len(units) > MERGED:
            return [rows.filter(by_grant=flag, unit_id__in=units) for flag in (0, 1)] + [opened]
        return [rows.filter(unit_id=unit) for unit in units] + [opened]

    def count_handled(self) -> int:
        """A person handles a record once at a time, so the two kinds add up."""
        rows, units = self._handled(), self.units
        inside = capped_count(rows.filter(unit_id__in=units)) if units else 0
        if inside > CAP:
            return inside
        opened = self._by_grant(rows.filter(by_grant=1), units)
        return min(inside + capped_count(opened), CAP + 1)

    def granted(self) -> Sequence[QuerySet[Any]]:
        """Opened to the person by name, or to one of their units unless it is restricted."""
        if not postings_of(self.user):
            return []
        rows = ListKey.objects.live().filter(machine=self.model.machine)
        to_units = rows.filter(unit_id__isnull=False)
        own = rows.filter(user_id=self.user.pk, kind=ListKey.Kind.GRANTED, by_grant=1)
        units = self.units
        if not units:
            return [own]
        if len(units) > MERGED:
            return [own, to_units.filter(to_unit_id__in=units)]
        return [own] + [to_units.filter(to_unit_id=unit) for unit in units]

    def count_granted(self) -> int:
        """A record may be opened twice to one person; it is counted once."""
        found: set[int] = set()
        for stream in self.granted():
            newest = stream.order_by("-updated_at", "-record_id").values_list(
                "updated_at", "record_id"
            )
            found.update(pk for _moment, pk in newest.distinct()[: CAP + 1])
            if len(found) > CAP:
                return CAP + 1
        return len(found)

    def _handled(self) -> QuerySet[Any]:
        return ListKey.objects.filter(
            user_id=self.user.pk, machine=self.model.machine, kind=ListKey.Kind.HANDLED
        )

    def _by_grant(self, rows: QuerySet[Any], units: list[int]) -> QuerySet[Any]:
        """Those outside the person's units, or restricted there, that a live grant opens."""
        if not postings_of(self.user):
            return rows.none()
        grants = ListKey.objects.live().filter(
            Q(user_id=self.user.pk) | Q(to_unit_id__in=units, unit_id__isnull=False),
            machine=OuterRef("machine"), record_id=OuterRef("record_id"),
            kind=ListKey.Kind.GRANTED,
        )  # fmt: skip
        return rows.exclude(unit_id__in=units).filter(Exists(grants))
