"""Tables that may only be added to: which they are, and the triggers that keep them so.

Django models no triggers, and SQLite drops a table's triggers whenever a migration remakes the
table, so they are installed after every ``migrate`` and a database check refuses without them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from workflow.append_only_triggers import PostgresTriggers, SqliteTriggers, Table, Triggers

ModelType = TypeVar("ModelType", bound=type[models.Model])


@dataclass(frozen=True)
class Rule:
    """What may still happen to a row: see ``append_only``."""

    advances: str = ""
    once: str = ""
    open_fields: tuple[str, ...] = ()


_registered: dict[str, Rule] = {}
_VENDORS: dict[str, Triggers] = {"sqlite": SqliteTriggers(), "postgresql": PostgresTriggers()}


def append_only(
    model: ModelType, *, advances: str = "", once: str = "", open_fields: Sequence[str] = ()
) -> ModelType:
    """Register a model whose rows are never changed or deleted, and return it.

    With ``advances`` (an integer field) a row may be changed by raising that field by one, its key
    and unique fields staying as they are. With ``once`` (a text field) a row is free until that
    field is filled; from then on only ``open_fields`` may change. Works as a class decorator. Holds
    in the database after the next ``install()``.
    """
    _registered[model._meta.label] = Rule(advances, once, tuple(open_fields))
    return model


def registered() -> list[type[models.Model]]:
    """The append-only models, by label."""
    return [apps.get_model(label) for label in sorted(_registered)]


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put every missing or altered trigger in place; returns the tables that were mended.

    Safe to repeat: a table whose triggers are right is not touched (nor locked).
    """
    connection = connections[using]
    triggers = _vendor(connection)
    mended = []
    with connection.cursor() as cursor:
        for table in _tables(connection):
            if triggers.faults(cursor, table):
                triggers.drop(cursor, table)
                triggers.create(cursor, table)
                mended.append(table.name)
    return mended


def faults(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What is missing or altered, one sentence each; empty when every existing table is kept."""
    connection = connections[using]
    triggers = _vendor(connection)
    with connection.cursor() as cursor:
        return [fault for table in _tables(connection) for fault in triggers.faults(cursor, table)]


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of ``post_migrate``: connect it with ``sender`` = the workflow app, once."""
    install(using)


@contextmanager
def lifted(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without the triggers inside the block, with them afterwards. For the test suite's flush.

    Raises ``ImproperlyConfigured`` unless ``settings.TESTING`` is true.
    """
    if getattr(settings, "TESTING", False) is not True:
        raise ImproperlyConfigured("Append-only tables are lifted in the test suite only.")
    connection = connections[using]
    triggers = _vendor(connection)
    with connection.cursor() as cursor:
        for table in _tables(connection):
            triggers.drop(cursor, table)
    try:
        yield
    finally:
        install(using)


@checks.register(checks.Tags.database)
def check_append_only(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Error for every append-only table whose triggers are missing or altered."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # migrate is the cure: refusing it would leave no way to install them
    return [
        checks.Error(
            fault,
            hint="Run manage.py migrate; if it comes back, ask who changed the database.",
            id="workflow.E010",
        )
        for alias in databases or ()
        for fault in faults(alias)
    ]


def _vendor(connection: BaseDatabaseWrapper) -> Triggers:
    try:
        return _VENDORS[connection.vendor]
    except KeyError:
        raise ImproperlyConfigured(
            f"Append-only tables are not implemented for {connection.vendor}."
        ) from None


def _tables(connection: BaseDatabaseWrapper) -> list[Table]:
    """The registered tables that exist: before its migration a table has nothing to keep."""
    existing = set(connection.introspection.table_names())
    return [
        _table(model, _registered[model._meta.label])
        for model in registered()
        if model._meta.db_table in existing
    ]


def _table(model: type[models.Model], rule: Rule) -> Table:
    return Table.of(model, advances=rule.advances, once=rule.once, open_fields=rule.open_fields)
