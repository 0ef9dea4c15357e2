"""Campaigns with their categories and units."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import Unit
from workflow.models import Campaign, Category


@dataclass(frozen=True, slots=True)
class Crime:
    """One crime of a category's gate: its article, its name, and from where it is suspected."""

    article: str
    name: str
    threshold: str


def crimes_of(category: Category | None) -> list[Crime]:
    """Where a breach of this category becomes a suspected crime (移送规定 art. 3); none without."""
    gate = category.crime_gate if category is not None else []
    return [
        Crime(f"《{row['law']}》{row['article']}", row.get("crime", ""), row.get("threshold", ""))
        for row in gate
        if row.get("law") and row.get("article")
    ]


def campaigns() -> QuerySet[Campaign]:
    """All, the newest first, with the number of categories."""
    return Campaign.objects.annotate(size=Count("categories")).order_by("-year", "code")


def get_campaign(pk: int) -> Campaign:
    """A campaign; else ``Http404``."""
    return get_object_or_404(Campaign, pk=pk)


def categories_of(campaign: Campaign) -> QuerySet[Category]:
    """Its categories in order, with lead unit and responsible units. Two queries."""
    units = Prefetch("responsible_units", Unit.objects.order_by("categoryunit__order", "path"))
    rows = campaign.categories.select_related("lead_unit", "violation_type")
    return rows.prefetch_related(units).order_by("number")
