"""The lists of leads and cases: one tab is one query, never a union of reasons to see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from wagtail.search.backends import get_search_backend

from accounts.clock import now
from accounts.models import User
from workflow.clocks.lights import Lights, near, over
from workflow.engine import registry
from workflow.models import Case, CaseParty, ClockRule, Deadline, Handler, Lead
from workflow.selectors.tabs import CAP, UNIT, capped_count, count_of, page_of, window
from workflow.states import case_states, stage_of_case


def count_label(count: int) -> str:
    return f"{CAP}+" if count > CAP else str(count)


@dataclass(frozen=True, slots=True)
class WholeTab:
    """A tab of one person's list that nothing narrows, sorted by the last change."""

    user: User
    tab: str
    newest: bool = True


class CappedPaginator(Paginator):
    """Pages of the first thousand; whoever needs a later row narrows the list."""

    #: The units whose rows these are, where the list knows them.
    units: Sequence[int] = ()
    #: The tab whose rows these are, where they are all of them.
    whole: WholeTab | None = None

    def page(self, number: Any) -> Page[Any]:
        """The page; of a whole tab, and of rows of a few units, the newest are put together."""
        number = self.validate_number(number)
        bottom = (number - 1) * self.per_page
        top = min(bottom + self.per_page, self.count)
        return Page(self._rows(bottom, top), number, self)

    def _rows(self, bottom: int, top: int) -> Any:
        rows: Any = self.object_list
        if self.whole is None or self.whole.tab == UNIT:
            return window(rows, bottom, top, units=self.units)
        whole = self.whole
        found = page_of(
            rows.model, whole.user, whole.tab, bottom=bottom, top=top, newest=whole.newest
        )
        shown = rows.model.objects.reachable_by(whole.user).filter(pk__in=found)
        return with_columns(shown.order_by(*rows.query.order_by))

    @cached_property
    def count(self) -> int:
        return min(self.found, CAP)

    @cached_property
    def found(self) -> int:
        """How many there are, at most one more than ``CAP``."""
        rows: Any = self.object_list
        if self.whole is not None:
            return count_of(rows.model, self.whole.user, self.whole.tab)
        return capped_count(rows)

    @property
    def is_capped(self) -> bool:
        return self.found > CAP


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
        rows = rows.filter(Exists(limits.filter(_due(due))))
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _due(kind: str) -> Q:
    if kind == "overdue":
        return over(now())
    if kind == "soon":
        lights = Lights()
        left = Q(due_at=None) | Q(due_at__gte=lights.moment)
        return near(lights) & Q(due_on__gte=lights.day) & left
    return Q()


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
    first = ("due_on", F("due_at").asc(nulls_last=True), "pk")
    limits = _limits(rows.model).select_related("rule").order_by(*first)
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
    lights = Lights()
    return columns, [_line(record, columns, lights) for record in records]


def _line(record: Any, columns: Iterable[PluginColumn], lights: Lights) -> Line:
    parties = getattr(record, "parties_now", None)
    names = [row.party.name for row in parties] if parties is not None else [record.subject_name]
    deadline = record.limits_now[0] if record.limits_now else None
    due = deadline and deadline.due_on
    return Line(
        record=record,
        parties="、".join(filter(None, names)),
        handlers="、".join(row.user.name for row in record.handlers_now),
        deadline=deadline,
        days=(due - lights.day).days if due else None,
        light=lights.of(deadline) if deadline else "",
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
