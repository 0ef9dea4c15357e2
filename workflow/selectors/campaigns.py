"""Campaigns with their categories and units."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import Unit
from workflow.models import Campaign, Category


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
