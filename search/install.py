"""What Django does not model beside the index tables: FTS5 tables and triggers, GIN indexes.

Installed after every ``migrate``, because SQLite drops a table's triggers whenever a migration
remakes the table; a database check refuses to go on without them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from search.backends.dialect import Dialect
from search.backends.postgresql import PostgresDialect
from search.backends.sqlite import SqliteDialect
from search.indexes import HOLDINGS

_DIALECTS: dict[str, Dialect] = {"sqlite": SqliteDialect(), "postgresql": PostgresDialect()}


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put everything missing or altered in place and fill it; returns the tables mended.

    Safe to repeat: a table that has all it needs is not touched.
    """
    connection = connections[using]
    dialect = _dialect(connection)
    with connection.cursor() as cursor:
        return [table for table in _tables(connection) if dialect.install(cursor, table)]


def faults(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Name what is missing or altered beside the index tables that exist."""
    connection = connections[using]
    dialect = _dialect(connection)
    with connection.cursor() as cursor:
        return [name for table in _tables(connection) for name in dialect.faults(cursor, table)]


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``."""
    install(using)


def check_installed(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Error for every full-text table, trigger or index that is missing or altered."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # migrate is the cure
    return [
        checks.Error(
            f"The search index lacks {name}.",
            hint="Run manage.py migrate.",
            id="search.E001",
        )
        for alias in databases or ()
        for name in faults(alias)
    ]


def _dialect(connection: BaseDatabaseWrapper) -> Dialect:
    try:
        return _DIALECTS[connection.vendor]
    except KeyError:
        raise ImproperlyConfigured(
            f"Full-text search is not implemented for {connection.vendor}."
        ) from None


def _tables(connection: BaseDatabaseWrapper) -> Iterator[str]:
    existing = set(connection.introspection.table_names())
    for holding in HOLDINGS:
        table = holding.entries()._meta.db_table
        if table in existing:
            yield table
