"""What the backends of every vendor share: the API of modelsearch over our own tables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Count, Model, QuerySet
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchResults,
    FilterFieldError,
)
from modelsearch.backends.database.fallback import DatabaseSearchBackend
from modelsearch.index import class_is_indexed, get_indexed_models

from search.backends.compiler import AutocompleteCompiler, Compiler, EverythingCompiler
from search.backends.dialect import Dialect
from search.backends.table import Table
from search.indexes import Holding, holding_of, named


class Elsewhere(BaseIndex):
    """The index of a model that belongs into another one: takes nothing."""

    def get_key(self) -> str:
        return "elsewhere"


class Rebuilder:
    """Writes every row again while searches go on; what is stale leaves at the end."""

    def __init__(self, index: BaseIndex) -> None:
        self.index = index

    def start(self) -> BaseIndex:
        return self.index

    def finish(self) -> None:
        if isinstance(self.index, Table):
            self.index.delete_stale()


class Results(BaseSearchResults):
    """Hits as a queryset: the index narrows it, the database keeps its scope and its order."""

    supports_facet = True

    def get_queryset(self, *, score: bool = True) -> QuerySet[Any]:
        return self.query_compiler.search(
            self.start, self.stop, score_field=self._score_field, score=score
        )

    def _do_search(self) -> list[Any]:
        return list(self.get_queryset())

    def _do_count(self) -> int:
        return self.get_queryset(score=False).count()

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        if self.query_compiler._get_filterable_field(field_name) is None:
            model = self.query_compiler.queryset.model
            raise FilterFieldError(
                f'Cannot facet by "{field_name}": add index.FilterField("{field_name}") to '
                f"{model.__name__}.search_fields.",
                field_name=field_name,
            )
        rows = self.query_compiler.search(None, None, score=False).values(field_name)
        rows = rows.annotate(count=Count("pk")).order_by("-count")
        return OrderedDict((row[field_name], row["count"]) for row in rows)


class Backend(BaseSearchBackend):
    """A modelsearch backend for one holding, given as ``INDEX`` in its settings.

    ``APPS`` and ``AUTOCOMPLETE`` replace the holding's own, ``STRICT`` demands a FilterField for
    every filter as an external engine would; the three are for modelsearch's own tests.
    """

    query_compiler_class = Compiler
    results_class = Results
    rebuilder_class = Rebuilder
    vendor: ClassVar[str]
    dialect: ClassVar[Dialect]

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.holding: Holding = named(params.get("INDEX", ""))
        self.apps = frozenset(params.get("APPS", self.holding.apps))
        self.autocompletes = params.get("AUTOCOMPLETE", self.holding.autocomplete)
        self.strict = bool(params.get("STRICT", False))
        self.autocomplete_query_compiler_class = (
            AutocompleteCompiler if self.autocompletes == "fields" else EverythingCompiler
        )

    def holds(self, model: type[Model]) -> bool:
        """Whether this backend's index takes rows of ``model``."""
        return bool(class_is_indexed(model)) and model._meta.app_label in self.apps

    def models(self) -> list[type[Model]]:
        """The models of this backend's index."""
        return [model for model in get_indexed_models() if self.holds(model)]

    def table(self) -> Table:
        """The index's table, whatever the model."""
        return Table(self, self.holding)

    def get_index_for_model(self, model: type[Model]) -> BaseIndex:
        return self.table() if self.holds(model) else Elsewhere(self)

    def all_indexes(self) -> Iterator[BaseIndex]:
        yield self.table()

    def autocomplete(self, query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        """Search while typing; over pages the admin's boxes ask the database, drafts included."""
        if self.autocompletes == "database":
            self._refuse_foreign(model_or_queryset)
            return DatabaseSearchBackend({}).autocomplete(query, model_or_queryset, *args, **kwargs)
        return super().autocomplete(query, model_or_queryset, *args, **kwargs)

    def _search(
        self,
        query_compiler_class: type[Compiler],
        query: Any,
        model_or_queryset: Any,
        **options: Any,
    ) -> Any:
        model = getattr(model_or_queryset, "model", model_or_queryset)
        if class_is_indexed(model) and not self.holds(model):
            # In no index (images, documents): the database itself answers.
            self._refuse_foreign(model_or_queryset)
            return DatabaseSearchBackend({}).search(query, model_or_queryset, **options)
        compiler = partial(
            query_compiler_class, holding=self.holding, dialect=self.dialect, strict=self.strict
        )
        return super()._search(compiler, query, model_or_queryset, **options)

    def _refuse_foreign(self, model_or_queryset: Any) -> None:
        """Raise for a model of the other index: that alias would answer with nothing, for ever."""
        model = getattr(model_or_queryset, "model", model_or_queryset)
        other = holding_of(model)
        if other is not None and other != self.holding:
            raise ImproperlyConfigured(
                f"{model.__name__} is in the {other.name} index: "
                f'search it with get_search_backend("{other.alias}").'
            )
