"""Queries that are asked again and again: Django makes their SQL once, then only values change.

Building a query and compiling it costs the ORM several times what the database needs to answer it.
Nothing of an answer is kept: every call asks the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

_EMPTY: dict[type, Callable[[int], Any]] = {
    int: lambda number: 2_000_000_000 + number,
    str: lambda number: f"value {number}",
    date: lambda number: date(1001, 1, 1 + number),
    datetime: lambda number: datetime(1001, 2, 1 + number, tzinfo=UTC),
}


class Prepared:
    """``build(*values)`` as a query whose SQL is made at the first call.

    ``kinds`` are the types of the values: numbers, text, days or moments, each of which the query
    compares as it is (no ``None``, no list, no ``startswith``: those make other SQL).
    """

    #: All there are: a test holds each against the query it stands for.
    every: list[Prepared] = []

    def __init__(self, build: Callable[..., QuerySet[Any]], *kinds: type) -> None:
        self.build, self.kinds = build, kinds
        self._compiled: _Compiled | None = None
        self.every.append(self)

    def rows(self, *values: Any) -> list[Any]:
        """What ``list(build(*values))`` would be."""
        compiled = self._ready(values)
        return list(compiled.iterable(compiled.rows(compiled.fill(values))))

    def first(self, *values: Any) -> Any:
        """The first row, or None; the query itself says how many it reads."""
        return next(iter(self.rows(*values)), None)

    def statement(self, *values: Any) -> tuple[str, tuple[Any, ...]]:
        """The SQL and its parameters."""
        compiled = self._ready(values)
        return compiled.sql, compiled.fill(values)

    def _ready(self, values: Sequence[Any]) -> _Compiled:
        if len(values) != len(self.kinds):
            raise TypeError(f"{len(self.kinds)} values are wanted.")
        if self._compiled is None:
            self._compiled = _Compiled(self.build, self.kinds)
        return self._compiled


class _Compiled:
    """The query in SQL, and where in its parameters each value stands."""

    alias = DEFAULT_DB_ALIAS

    def __init__(self, build: Callable[..., QuerySet[Any]], kinds: Sequence[type]) -> None:
        self.kinds = kinds
        empty = [_EMPTY[kind](number) for number, kind in enumerate(kinds)]
        queryset: Any = build(*empty).using(self.alias)
        self.queryset = queryset
        self.iterable: Callable[[Any], Iterable[Any]] = queryset._iterable_class
        self.fields: Any = queryset._fields
        self.compiler = self.queryset.query.get_compiler(using=self.alias)
        self.sql, self.params = self.compiler.as_sql()
        adapted = [self._adapted(value, kind) for value, kind in zip(empty, kinds, strict=True)]
        self.places = [
            (place, adapted.index(param))
            for place, param in enumerate(self.params)
            if param in adapted
        ]
        if {number for _place, number in self.places} != set(range(len(kinds))):
            raise TypeError(f"A value of {self.sql} is not compared as it is.")

    def fill(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """The parameters with these values, as the database's driver takes them."""
        params = list(self.params)
        for place, number in self.places:
            kind, wanted = self.kinds[number], type(params[place])
            value = values[number]
            if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
                raise TypeError(f"{value!r} is no {kind.__name__}.")
            # Drivers wrap numbers in a type of their own that says how wide the column is.
            params[place] = wanted(value) if kind is int else self._adapted(value, kind)
        return tuple(params)

    def rows(self, params: tuple[Any, ...]) -> Any:
        """A stand-in for the queryset, whose compiler says the SQL that is made already."""
        compiler: Any = copy(self.compiler)
        compiler.connection = connections[self.alias]  # another one in each thread
        compiler.as_sql = lambda *_args, **_kwargs: (self.sql, params)
        query: Any = _Query(self.queryset.query, compiler)
        rows: Any = self.queryset.__class__(self.queryset.model, query)
        rows._db, rows._fields = self.alias, self.fields
        return rows

    def _adapted(self, value: Any, kind: type) -> Any:
        operations = connections[self.alias].ops
        if kind is datetime:
            return operations.adapt_datetimefield_value(value)
        return operations.adapt_datefield_value(value) if kind is date else value


class _Query:
    """A query that hands out the one compiler."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, using: str | None = None, **_options: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)
