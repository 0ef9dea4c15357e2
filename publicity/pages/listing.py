"""The list of cases: filters from the address, counts for every option, twenty a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q
from django.db.models.functions import ExtractYear
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publicity.pages.front import category_names
from publicity.pages.models.exposure import ExposurePage, ExposureQuerySet

PER_PAGE = 20
LONGEST_VALUE = 100
FACETS = ("category", "year", "fine", "unit")
LABELS = {
    "category": gettext_lazy("Category"),
    "year": gettext_lazy("Year of the decision"),
    "fine": gettext_lazy("Fine"),
    "unit": gettext_lazy("Handling unit"),
}
#: Ranges of fines: from so many fen on, below so many, and how it is called.
FINES = {
    "none": (None, None, gettext_lazy("no fine")),
    "1w": (1, 1_000_000, gettext_lazy("fine below 10,000 yuan")),
    "5w": (1_000_000, 5_000_000, gettext_lazy("fine of 10,000 to 50,000 yuan")),
    "20w": (5_000_000, 20_000_000, gettext_lazy("fine of 50,000 to 200,000 yuan")),
    "more": (20_000_000, None, gettext_lazy("fine of 200,000 yuan and more")),
}
SORTS = {
    "decided": gettext_lazy("Newest decision first"),
    "released": gettext_lazy("Newest publication first"),
}


@dataclass(frozen=True)
class Option:
    """One choice of a filter, with what would be found and the address that chooses it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True)
class Facet:
    """One filter and its options."""

    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address without it."""

    label: str
    query: str


class CaseListing:
    """Everything the list page shows for one address: seven queries at most, never one per row."""

    def __init__(self, parameters: QueryDict) -> None:
        self.chosen = {
            name: value for name in FACETS if (value := _clean(name, parameters.get(name, "")))
        }
        wanted = parameters.get("sort", "")
        self.sort = wanted if wanted in SORTS else "decided"
        self._page = parameters.get("page", "1")

    @property
    def cases(self) -> ExposureQuerySet:
        """The released cases that every filter in force lets through."""
        return ExposurePage.objects.released().filter(self._condition())

    @cached_property
    def page_obj(self) -> Page:
        """The asked page, or the nearest there is."""
        rows = self.cases.rows()
        if self.sort == "released":
            rows = rows.order_by("-released_at", "-pk")
        return Paginator(rows, PER_PAGE).get_page(self._page)

    @property
    def page_range(self) -> list[int | str]:
        """The numbers of the pages, with gaps where there are many."""
        page = self.page_obj
        return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))

    @property
    def total(self) -> int:
        """How many cases the filters let through."""
        count: int = self.page_obj.paginator.count
        return count

    @cached_property
    def facets(self) -> list[Facet]:
        """Every filter with all its options; an option without cases stays, with a zero."""
        return [self._facet(name) for name in FACETS]

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters in force, in words, each with the address that removes it."""
        labels = {
            facet.name: option.label
            for facet in self.facets
            for option in facet.options
            if option.is_chosen
        }
        return [
            Chip(label=labels.get(name, value), query=self.query(**{name: ""}))
            for name, value in self.chosen.items()
        ]

    @property
    def sorts(self) -> Iterator[Option]:
        """The orders on offer."""
        for name, label in SORTS.items():
            yield Option(name, str(label), self.total, name == self.sort, self.query(sort=name))

    def query(self, **changes: str) -> str:
        """Return the query string of this list with some values changed; an empty one goes."""
        values: Mapping[str, str] = {**self.chosen, "sort": self.sort, **changes}
        parameters = QueryDict(mutable=True)
        for name, value in values.items():
            if value and not (name == "sort" and value == "decided"):
                parameters[name] = value
        return f"?{parameters.urlencode()}" if parameters else "?"

    @property
    def page_prefix(self) -> str:
        """The query string to which a page's number is appended."""
        query = self.query()
        return f"{query}page=" if query == "?" else f"{query}&page="

    @property
    def feed_query(self) -> str:
        """The query string of the feed of exactly these filters."""
        return "" if not self.chosen else self.query(sort="")

    def _condition(self, *, but: str = "") -> Q:
        condition = Q()
        for name, value in self.chosen.items():
            if name != but:
                condition &= _lookup(name, value)
        return condition

    def _facet(self, name: str) -> Facet:
        known = category_names() if name == "category" else {}
        counts = dict.fromkeys(known, 0)
        for value, label, count in self._counts(name):
            known.setdefault(value, label)
            counts[value] = count
        chosen = self.chosen.get(name, "")
        if chosen:
            known.setdefault(chosen, _unknown(name, chosen))
        options = [
            Option(
                value=value,
                label=label,
                count=counts.get(value, 0),
                is_chosen=value == chosen,
                query=self.query(**{name: "" if value == chosen else value}),
            )
            for value, label in known.items()
        ]
        return Facet(name=name, label=str(LABELS[name]), options=options)

    def _counts(self, name: str) -> Iterator[tuple[str, str, int]]:
        """Yield value, label and count under the other filters, zero counts included."""
        released = ExposurePage.objects.released()
        count = Count("pk", filter=self._condition(but=name)) if self.chosen else Count("pk")
        if name == "year":
            rows = (
                released.exclude(decided_on=None)
                .annotate(value=ExtractYear("decided_on"))
                .values_list("value")
                .annotate(label=F("value"), count=count)
                .order_by("-value")
            )
            yield from ((str(year), _year(str(year)), n) for year, _same, n in rows)
            return
        if name == "fine":
            ranges = {
                code: Count("pk", filter=_lookup("fine", code) & self._condition(but=name))
                for code in FINES
            }
            counts = released.aggregate(**ranges)
            yield from ((code, str(FINES[code][2]), counts[code]) for code in FINES)
            return
        field, label = {
            "category": ("category_code", "category_name"),
            "unit": ("unit_name", "unit_name"),
        }[name]
        rows = (
            released.exclude(**{field: ""})
            .values_list(field)
            .annotate(label=Max(label), count=count)
            .order_by(field)
        )
        yield from ((value, text or value, n) for value, text, n in rows)


def released_cases() -> ExposureQuerySet:
    """The cases in public, in no order."""
    return ExposurePage.objects.released()


def _year(year: str) -> str:
    return _("year %(year)s") % {"year": year}


def _unknown(name: str, value: str) -> str:
    """What is said of a value no case has: a year and a unit say it themselves, a code does not."""
    if name == "year":
        return _year(value)
    return _("an unknown category") if name == "category" else value


def _lookup(name: str, value: str) -> Q:
    if name == "fine":
        least, below, _label = FINES[value]
        if least is None:
            return Q(fine_fen__isnull=True) | Q(fine_fen=0)
        wanted = Q(fine_fen__gte=least)
        return wanted if below is None else wanted & Q(fine_fen__lt=below)
    if name == "year":
        year = int(value)
        return Q(decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return Q(**{{"category": "category_code", "unit": "unit_name"}[name]: value})


def _clean(name: str, value: str) -> str:
    """Return the value, or nothing when no case could ever match it."""
    value = value.strip()
    if len(value) > LONGEST_VALUE or not value.isprintable():
        return ""
    if name == "fine":
        return value if value in FINES else ""
    if name == "year":
        return value if value.isascii() and value.isdigit() and 1949 < int(value) < 3000 else ""
    return value
