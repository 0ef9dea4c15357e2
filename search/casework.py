"""Searching leads and cases within what the caller may see."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from modelsearch.backends import get_search_backend

Record = TypeVar("Record", bound=Model)


def search_queryset(queryset: QuerySet[Record], query: str) -> QuerySet[Record]:
    """Return those rows of an already scoped queryset that match, in the queryset's own order.

    The result can be filtered, counted and paged like any queryset and never holds a row that was
    not in ``queryset``. A blank query changes nothing; one without a single letter matches nothing.
    """
    if not query.strip():
        return queryset
    queryset = queryset.all()  # a manager will do as well
    results: Any = get_search_backend("casework").autocomplete(
        query, queryset, order_by_relevance=False
    )
    found: QuerySet[Record] = results.get_queryset(score=False)
    return found
