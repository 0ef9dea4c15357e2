"""Which index holds what: two indexes, and a model belongs to one of them or to none.

The public index may hold nothing but what anybody may read, so the rule which rows those are
stands here and is applied by the index itself, whoever asks it to add something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from modelsearch.index import class_is_indexed, get_indexed_models

Rows = Callable[[type[Model]], "QuerySet[Any]"]
# What the search-as-you-type box of the admin asks: the declared fields, every field of the index,
# or the database itself without any index.
Autocomplete = Literal["fields", "everything", "database"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One index: its backend alias, its table, whose models and which of their rows it holds."""

    name: str
    alias: str
    entry: str
    apps: frozenset[str]
    rows: Rows
    by_relevance: bool
    autocomplete: Autocomplete

    def holds(self, model: type[Model]) -> bool:
        """Whether rows of ``model`` belong into this index."""
        return bool(class_is_indexed(model)) and model._meta.app_label in self.apps

    def models(self) -> list[type[Model]]:
        """The models of this index."""
        return [model for model in get_indexed_models() if self.holds(model)]

    def entries(self) -> Any:
        """The model of the index's table."""
        return apps.get_model("search", self.entry)


def released_rows(model: type[Model]) -> QuerySet[Any]:
    """Return the pages anybody may read: live, released where that is asked, not restricted."""
    rows: Any = model._default_manager.all()
    rows = rows.released() if hasattr(rows, "released") else rows.filter(live=True)
    return rows.public() if hasattr(rows, "public") else rows


def all_rows(model: type[Model]) -> QuerySet[Any]:
    """Return every row: the casework index is only ever searched within a scoped queryset."""
    return model._default_manager.all()


# A staff list keeps its own order and never a score: word frequencies over the whole index would
# let records outside the scope shift it. Editors look drafts up, which no index holds, so the
# admin's boxes over pages ask the database.
HOLDINGS = (
    Holding(
        name="public",
        alias="default",
        entry="PublicIndexEntry",
        apps=frozenset({"basepage", "pages"}),
        rows=released_rows,
        by_relevance=True,
        autocomplete="database",
    ),
    Holding(
        name="casework",
        alias="casework",
        entry="CaseworkIndexEntry",
        apps=frozenset({"workflow"}),
        rows=all_rows,
        by_relevance=False,
        autocomplete="everything",
    ),
)


def named(name: str) -> Holding:
    """Return the holding called ``name``; raises ``ImproperlyConfigured`` when there is none."""
    for holding in HOLDINGS:
        if holding.name == name:
            return holding
    raise ImproperlyConfigured(
        f"A search backend needs INDEX to be one of {[h.name for h in HOLDINGS]}, not {name!r}."
    )


def holding_of(model: type[Model]) -> Holding | None:
    """Return the index ``model`` belongs to, or None when it is in no index."""
    return next((holding for holding in HOLDINGS if holding.holds(model)), None)
