"""Who may see one record, and who handles it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from workflow.models import AccessGrant, Handler


def grants_of(record: Any) -> QuerySet[AccessGrant]:
    """Every grant of the record, those that open it today first."""
    rows = AccessGrant.objects.filter(**{record.machine: record})
    return rows.select_related("user", "unit", "granted_by").order_by("ended_at", "-pk")


def live_grants_of(record: Any) -> set[int]:
    """Keys of the grants that open the record today."""
    rows = AccessGrant.objects.live().filter(**{record.machine: record})
    return set(rows.values_list("pk", flat=True))


def get_grant(record: Any, pk: int) -> AccessGrant:
    """A grant of this record that has not ended; else ``Http404``."""
    rows = AccessGrant.objects.filter(**{record.machine: record}, ended_at=None)
    return get_object_or_404(rows.select_related("user", "unit", "case", "lead"), pk=pk)


def get_handler(record: Any, pk: int) -> Handler:
    """Who handles this record now and has not stepped back; else ``Http404``."""
    rows = Handler.objects.filter(**{record.machine: record}, ended_on=None, recused_on=None)
    return get_object_or_404(rows.select_related("user", "case", "lead"), pk=pk)
