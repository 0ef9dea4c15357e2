"""A query and a queryset, as one queryset: the index drives, scope and order stay the caller's."""

from __future__ import annotations

from typing import Any

from django.db import connections, router
from django.db.models import BooleanField, F, Field, FloatField, Func, Q, QuerySet, Value
from modelsearch.backends.base import BaseSearchQueryCompiler, SearchFieldError
from modelsearch.index import AutocompleteField, SearchField
from modelsearch.query import And, MatchAll, Not, Or, SearchQuery
from modelsearch.utils import get_descendants_content_types_pks

from search.backends.dialect import Asked, Column, Dialect
from search.backends.keys import key_type
from search.content import texts
from search.indexes import Holding
from search.matching import matches
from search.query import matches_none, parse, rewrite, with_open_end
from search.text import BREAK, index_tokens

_CHUNK = 500


class Hit(Func):
    """Whether the row is a hit."""

    output_field: Field[Any, Any] = BooleanField()
    sql = "is_hit"

    def __init__(self, pk: Any, *, dialect: Dialect, asked: Asked) -> None:
        super().__init__(pk)
        self.dialect = dialect
        self.asked = asked

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, Any]:
        pk, params = compiler.compile(self.source_expressions[0])
        sql, own = getattr(self.dialect, self.sql)(self.asked, pk=pk)
        # The key stands before what is asked in one vendor's SQL and after it in the other's; it
        # is a column and has no parameters.
        return sql, (*own, *params)


class Score(Hit):
    """The score of the row in the index; a row found otherwise has none."""

    output_field = FloatField()
    sql = "score"


class Compiler(BaseSearchQueryCompiler):
    """``search()``: whole words in the text of the index."""

    query: SearchQuery
    HANDLES_ORDER_BY_EXPRESSIONS = True
    column: Column = "text"
    searches: type = SearchField

    def __init__(
        self,
        queryset: QuerySet[Any],
        query: Any,
        fields: list[str] | None = None,
        operator: str | None = None,
        order_by_relevance: bool = True,
        *,
        holding: Holding,
        dialect: Dialect,
        strict: bool = False,
    ) -> None:
        super().__init__(queryset, query, fields, operator or "and", order_by_relevance)
        given: Any = self.query  # a SearchQuery by now
        typed = isinstance(query, str)
        self.query = parse(query, operator=given.operator) if typed else rewrite(given)
        self.holding = holding
        self.dialect = dialect
        self.strict = strict
        self.order_by_relevance = order_by_relevance and (holding.by_relevance or strict)

    def check(self) -> None:
        """Refuse unknown fields. Filters need no FilterField here: the database applies them."""
        if self.strict:
            super().check()
            return
        allowed = {field.field_name for field in self.declared()}
        for name in self.fields or ():
            if name not in allowed:
                raise SearchFieldError(
                    f'Cannot search with field "{name}": {self.queryset.model.__name__} does not '
                    "declare it in search_fields.",
                    field_name=name,
                )

    def declared(self) -> list[Any]:
        """Return the fields of the model this compiler searches."""
        fields = self.queryset.model.get_search_fields()
        return [field for field in fields if isinstance(field, self.searches)]

    def search(
        self,
        start: int | None,
        stop: int | None,
        *,
        score_field: str | None = None,
        score: bool = True,
    ) -> QuerySet[Any]:
        """Return the hits, a slice of the given queryset; with ``score`` ordered and annotated."""
        if matches_none(self.query):
            return self.queryset.none()
        if isinstance(self.query, MatchAll):
            return self._scored(self.queryset, score_field if score else None)[start:stop]
        queryset = self.queryset.filter(self._condition(self.query))
        if self.fields is not None and self._one_column() is None:
            queryset = queryset.filter(pk__in=self._with_fields(queryset))
        if score:
            queryset = self._ordered(queryset, score_field)
        return queryset[start:stop]

    def _ordered(self, queryset: QuerySet[Any], score_field: str | None) -> QuerySet[Any]:
        if self.order_by_relevance:
            score_field = score_field or "_score"
            return self._scored(queryset, score_field).order_by(F(score_field).desc(), "-pk")
        queryset = self._scored(queryset, score_field)
        # A fixed order, or rows would repeat from page to page.
        return queryset if queryset.ordered else queryset.order_by("-pk")

    def _scored(self, queryset: QuerySet[Any], score_field: str | None) -> QuerySet[Any]:
        if score_field is None:
            return queryset
        expression = self.dialect.expression(self.query)
        score: Any = Value(0.0, output_field=FloatField())
        if expression is not None:
            score = Score(F("pk"), dialect=self.dialect, asked=self._asked(expression))
        return queryset.annotate(**{score_field: score})

    def _condition(self, query: SearchQuery) -> Q:
        """Return the query as a filter: what an index can answer as one question, asked once."""
        expression = self.dialect.expression(query)
        if expression is not None:
            return Q(Hit(F("pk"), dialect=self.dialect, asked=self._asked(expression)))
        match query:
            case Not():
                return ~self._condition(query.subquery)
            case And() | Or():
                conditions = [self._condition(part) for part in query.subqueries]
                connector = Q.AND if isinstance(query, And) else Q.OR
                return Q(*conditions, _connector=connector)
        raise TypeError(f"{type(query).__name__} is not a query of this index.")

    def _asked(self, expression: str) -> Asked:
        model = self.queryset.model
        return Asked(
            table=self.holding.entries()._meta.db_table,
            column=self._one_column() or self.column,
            kinds=tuple(sorted(get_descendants_content_types_pks(model))),
            expression=expression,
            pk_type=key_type(model, connections[self.queryset.db or router.db_for_read(model)]),
        )

    def _one_column(self) -> Column | None:
        """Return the column that is exactly the fields asked for, if one is."""
        if self.fields is None:
            return self.column
        return "title" if list(self.fields) == ["title"] and self.column == "text" else None

    def _with_fields(self, queryset: QuerySet[Any]) -> list[Any]:
        """Return the keys of the hits whose asked fields match; the index knows only the whole."""
        asked = [field for field in self.declared() if field.field_name in (self.fields or ())]
        keys = []
        for row in queryset.order_by("pk").iterator(chunk_size=_CHUNK):
            tokens: list[str] = []
            for _field, text in texts(row, asked):
                tokens += [*index_tokens(text), BREAK]
            if matches(self.query, tokens):
                keys.append(row.pk)
        return keys


class AutocompleteCompiler(Compiler):
    """``autocomplete()`` in the declared fields: the last word is still being typed."""

    column = "autocomplete"
    searches = AutocompleteField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = with_open_end(self.query)


class EverythingCompiler(Compiler):
    """``autocomplete()`` in all text: for the one search box of a staff list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = with_open_end(self.query)
