"""What the home page shows: the newest cases, the year's categories, three numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce

from accounts.clock import today
from publicity.pages.models.category import CaseCategory
from publicity.pages.models.exposure import ExposurePage

NEWEST = 5


@dataclass(frozen=True)
class CategoryCount:
    """How many released cases a category has among the decisions of one year."""

    code: str
    name: str
    count: int


def front_page() -> dict[str, Any]:
    """Return the home page's context: four queries, whatever the site holds.

    ``year`` is the present year, or the last one with a case while the present has none.
    """
    released = ExposurePage.objects.released()
    latest = released.aggregate(day=Max("decided_on"))["day"]
    year = latest.year if latest else today().year
    in_year = Q(decided_on__range=(date(year, 1, 1), date(year, 12, 31)))
    numbers = released.aggregate(
        total=Count("pk"),
        of_year=Count("pk", filter=in_year),
        fen=Coalesce(Sum("fine_fen", filter=in_year), 0)
        + Coalesce(Sum("confiscated_fen", filter=in_year), 0),
    )
    return {
        "newest": list(released.rows()[:NEWEST]),
        "year": year,
        "numbers": numbers,
        "categories": category_counts(year, in_year),
    }


def category_counts(year: int, in_year: Q) -> list[CategoryCount]:
    """Return the year's announced categories in their order, then any other that has a case."""
    rows = (
        ExposurePage.objects.released()
        .filter(in_year)
        .exclude(category_code="")
        .values_list("category_code")
        .annotate(count=Count("pk"), name=Max("category_name"))
        .order_by("category_code")
    )
    counted = {code: CategoryCount(code, name, count) for code, count, name in rows}
    announced = [
        CategoryCount(code, name, counted.pop(code).count if code in counted else 0)
        for code, name in _announced(year)
    ]
    return [*announced, *counted.values()]


def category_names() -> dict[str, str]:
    """Every category ever announced by its code, under its newest name."""
    names: dict[str, str] = {}
    for code, name in CaseCategory.objects.values_list("code", "name"):
        names.setdefault(code, name)
    return names


def _announced(year: int) -> list[tuple[str, str]]:
    """The list of the year, or the last one before it: a new list comes in spring."""
    categories = list(CaseCategory.objects.filter(year__lte=year))
    newest = categories[0].year if categories else year
    return [(row.code, row.name) for row in categories if row.year == newest]
