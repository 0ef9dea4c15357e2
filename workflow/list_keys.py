"""The keys of people's lists, kept right by triggers: whoever writes, and in whatever way.

Installed after every ``migrate``; a database check refuses without them. Whenever a trigger had to
be made anew, writes may have gone past it: then all keys are made anew as well.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from workflow.list_key_triggers import KEYS, MARK, TABLES, Trigger, fill, triggers


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put every missing or altered trigger in place and return their names; safe to repeat."""
    connection = connections[using]
    if not _is_migrated(connection):
        return []
    with transaction.atomic(using=using), connection.cursor() as cursor:
        wrong = _wrong(connection, cursor)
        if wrong:
            drop(connection, cursor)
            for trigger in triggers(connection.vendor):
                for sql in trigger.create:
                    cursor.execute(sql)
            rebuild(cursor)
    return wrong


def drop(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> None:
    """Take every trigger away: before its table goes."""
    for table, name in _present(connection, cursor):
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{name}"{on}')


def rebuild(cursor: CursorWrapper) -> None:
    """Every key anew, from the handlers and grants themselves."""
    cursor.execute(f"DELETE FROM {KEYS}")  # noqa: S608 -- names of our own
    for sql in fill():
        cursor.execute(sql)


def faults(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What is missing or altered, one sentence each."""
    connection = connections[using]
    if not _is_migrated(connection):
        return []
    with connection.cursor() as cursor:
        return [f"Trigger {name} is missing or altered." for name in _wrong(connection, cursor)]


@checks.register(checks.Tags.database)
def check_list_keys(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Error for every missing or altered trigger: lists would show old orders and counts."""
    if sys.argv[1:2] == ["migrate"]:
        return []  # migrate is the cure
    return [
        checks.Error(
            fault,
            hint="Run manage.py migrate; if it comes back, ask who changed the database.",
            id="workflow.E011",
        )
        for alias in databases or ()
        for fault in faults(alias)
    ]


def _is_migrated(connection: BaseDatabaseWrapper) -> bool:
    return {KEYS, *TABLES} <= set(connection.introspection.table_names())


def _wrong(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> list[str]:
    present = _present(connection, cursor)
    wanted: dict[tuple[str, str], Trigger] = {
        (trigger.table, trigger.name): trigger for trigger in triggers(connection.vendor)
    }
    surplus = [name for table, name in present if (table, name) not in wanted]
    return surplus + [
        trigger.name for key, trigger in wanted.items() if present.get(key) != trigger.body
    ]


def _present(connection: BaseDatabaseWrapper, cursor: CursorWrapper) -> dict[tuple[str, str], str]:
    """Each trigger's text by its table and name; one that does not always fire has none."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND instr(name, %s)",
            [MARK],
        )
    else:
        cursor.execute(
            "SELECT c.relname, t.tgname, CASE WHEN t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL"
            " AND t.tgattr = '' AND t.tgnargs = 0 THEN t.tgtype || p.prosrc ELSE '' END"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal"
            " AND position(%s in t.tgname) > 0",
            [MARK],
        )
    return {(table, name): body for table, name, body in cursor.fetchall()}
