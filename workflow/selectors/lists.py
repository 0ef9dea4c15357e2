"""The lists of leads and cases: one tab is one query, never a union of reasons to see."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.search.backends import get_search_backend

from accounts.access import unit_ids
from accounts.clock import today
from accounts.models import User
from workflow.clocks.deadlines import SOON_DAYS, light
from workflow.engine import registry
from workflow.models import Case, CaseParty, ClockRule, Deadline, Handler, Lead
from workflow.states import case_states, stage_of_case

CAP = 1000
MERGED = 16  # units; whoever sees more sees most rows, and the list is walked as it is
UNIT, GRANTED, MINE = "unit", "granted", "mine"
TABS: dict[str, str | Promise] = {
    UNIT: gettext_lazy("My units"),
    GRANTED: gettext_lazy("Opened to me"),
    MINE: gettext_lazy("Handled by me"),
}


def rows_of_tab(model: type[Any], user: User, tab: str) -> QuerySet[Any]:
    """The rows of one tab, in scope, unordered."""
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


def count_label(count: int) -> str:
    return f"{CAP}+" if count > CAP else str(count)


class CappedPaginator(Paginator):
    """Pages of the first thousand; whoever needs a later row narrows the list."""

    #: The units whose rows these are, where the list knows them.
    units: Sequence[int] = ()

    def page(self, number: Any) -> Page[Any]:
        """The page; of rows of a few units, the newest of each are put together."""
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        top = min(bottom + self.per_page, self.count)
        rows: Any = self.object_list
        return Page(window(rows, bottom, top, units=self.units), number, self)

    @cached_property
    def count(self) -> int:
        return min(self.found, CAP)

    @cached_property
    def found(self) -> int:
        """How many there are, at most one more than ``CAP``."""
        return capped_count(self.object_list)  # type: ignore[arg-type]  # always a queryset

    @property
    def is_capped(self) -> bool:
        return self.found > CAP


def window(rows: QuerySet[Any], bottom: int, top: int, *, units: Sequence[int]) -> QuerySet[Any]:
    """Rows ``bottom`` to ``top`` of an ordered list.

    A department sees a few units. The database would sort all their rows; each unit's own are in
    order in its index, so the first ``top`` of each are merged here: flat at any size.
    """
    if not 1 < len(units) <= MERGED:
        return rows[bottom:top]
    first = str(rows.query.order_by[0])
    bare = rows.select_related(None).prefetch_related(None).values_list(first.lstrip("-"), "pk")
    newest = [list(bare.filter(unit_id=unit)[:top]) for unit in units]
    merged = heapq.merge(*newest, reverse=first.startswith("-"))
    return rows.filter(pk__in=[pk for _key, pk in islice(merged, bottom, top)])


def searched(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Those rows that match in the casework index; a blank query changes nothing."""
    if not query.strip():
        return rows
    results: Any = get_search_backend("casework").autocomplete(
        query, rows, order_by_relevance=False
    )
    found: QuerySet[Any] = results.get_queryset(score=False)
    return found


def narrowed(rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
    """The rows that the cleaned filters of a list leave."""
    rows = searched(rows, asked.get("q") or "")
    for name in ("state", "unit", "category"):
        if value := asked.get(name):
            rows = rows.filter(**{name: value})
    if stage := asked.get("stage"):
        rows = rows.filter(
            state__in=[s for s, _label in case_states() if stage_of_case(s) == stage]
        )
    moment = "filed_at" if rows.model is Case else "received_at"
    if since := asked.get("since"):
        rows = rows.filter(**{f"{moment}__gte": _midnight(since)})
    if until := asked.get("until"):
        rows = rows.filter(**{f"{moment}__lt": _midnight(until + timedelta(days=1))})
    if due := asked.get("due"):
        limits = _limits(rows.model).filter(**{rows.model.machine: OuterRef("pk")})
        rows = rows.filter(Exists(limits.filter(**_due(due))))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _due(kind: str) -> dict[str, Any]:
    if kind == "overdue":
        return {"due_on__lt": today()}
    if kind == "soon":
        return {"due_on__range": (today(), today() + timedelta(days=SOON_DAYS))}
    return {}


def _limits(model: type[Any]) -> QuerySet[Deadline]:
    """Limits that run against the bureau; a lead's without those of its cases."""
    rows = Deadline.objects.filter(state=Deadline.State.RUNNING, obliged=ClockRule.Obliged.BUREAU)
    return rows.filter(case=None) if model is Lead else rows


ORDERINGS = {
    "-updated": ("-updated_at", "-pk"),
    "updated": ("updated_at", "pk"),
    "-filed": ("-filed_at", "-pk"),
    "filed": ("filed_at", "pk"),
}


def ordered(rows: QuerySet[Any], ordering: str) -> QuerySet[Any]:
    """By an index: newest change first, or by the day of filing."""
    return rows.order_by(*ORDERINGS.get(ordering, ORDERINGS["-updated"]))


def with_columns(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with all a line shows: a fixed number of queries for any number of rows."""
    handlers = Handler.objects.filter(ended_on=None).select_related("user")
    limits = _limits(rows.model).select_related("rule").order_by("due_on", "pk")
    rows = rows.select_related("unit", "category").prefetch_related(
        Prefetch("handlers", handlers, to_attr="handlers_now"),
        Prefetch("deadlines", limits, to_attr="limits_now"),
    )
    if rows.model is Case:
        parties = CaseParty.objects.standing().select_related("party")
        rows = rows.prefetch_related(Prefetch("parties", parties, to_attr="parties_now"))
    return rows


@dataclass(slots=True)
class Line:
    """One row of a list, ready to be shown or exported; ``more`` are the plugins' columns."""

    record: Any
    parties: str
    handlers: str
    deadline: Deadline | None
    days: int | None
    light: str
    more: list[Any]

    @property
    def over(self) -> int:
        return -self.days if self.days is not None else 0


@dataclass(frozen=True, slots=True)
class PluginColumn:
    """A plugin's column, or that it failed."""

    label: str | Promise
    values: Mapping[int, Any]


def lines_for(records: Sequence[Any]) -> tuple[list[PluginColumn], list[Line]]:
    """Rows of ``with_columns`` as lines, and the plugins' columns beside them."""
    columns = plugin_columns(records) if records and isinstance(records[0], Case) else []
    return columns, [_line(record, columns) for record in records]


def _line(record: Any, columns: Iterable[PluginColumn]) -> Line:
    parties = getattr(record, "parties_now", None)
    names = [row.party.name for row in parties] if parties is not None else [record.subject_name]
    deadline = record.limits_now[0] if record.limits_now else None
    due = deadline and deadline.due_on
    return Line(
        record=record,
        parties="、".join(filter(None, names)),
        handlers="、".join(row.user.name for row in record.handlers_now),
        deadline=deadline,
        days=(due - today()).days if due else None,
        light=light(deadline) if deadline else "",
        more=[column.values.get(record.pk, "") for column in columns],
    )


def plugin_columns(cases: Sequence[Any]) -> list[PluginColumn]:
    """What plugins add to the case list; one that fails says so in its place."""
    found = []
    for plugin, columns, error in registry.ask("ledger_columns"):
        if error is not None:
            found.append(_failed(plugin, cases))
        for column in columns:
            try:
                found.append(PluginColumn(column.label, dict(column.values(cases))))
            except Exception:
                registry.logger.exception("Plugin %s failed in ledger_columns", plugin)
                found.append(_failed(plugin, cases))
    return found


def _failed(plugin: str, cases: Sequence[Any]) -> PluginColumn:
    return PluginColumn(plugin, {case.pk: _("plugin failed") for case in cases})
