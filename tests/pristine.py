"""Gives the database of a transactional test back as the migrations left it.

Django empties every table after such a test, also the rows that migrations made (the root page,
the units' permissions), and append-only tables refuse to be emptied. So the suite remembers the
migrated database once and puts it back: on SQLite as pages of the file, triggers and all; on
PostgreSQL by its rows, with the triggers lifted.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import TransactionTestCase

from workflow.append_only import lifted

PATIENCE = 20  # seconds another thread's connection may keep the file locked


class Pristine:
    """The migrated database, remembered outside of it."""

    def __init__(self) -> None:
        self._pages = sqlite3.connect(":memory:", check_same_thread=False)
        self._rows: dict[str, bytes] = {}

    def remember(self) -> None:
        """Keep a copy of the database as it stands."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.connection.backup(self._pages)
            return
        with connection.cursor() as cursor:
            for table in _tables_and_columns(cursor):
                with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                    self._rows[table] = b"".join(copy)

    def restore(self) -> None:
        """Make the database what it was when it was remembered."""
        if connection.vendor == "sqlite":
            self._restore_pages()
            return
        with lifted(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE " + ", ".join(table.split(" (")[0] for table in self._rows))
            for table, rows in self._rows.items():  # foreign keys are asked at the commit
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(rows)

    def _restore_pages(self) -> None:
        until = time.monotonic() + PATIENCE

        def give_up(*_progress: int) -> None:
            if time.monotonic() > until:
                raise TimeoutError("A thread of the test still holds a transaction.")

        connection.ensure_connection()
        self._pages.backup(connection.connection, progress=give_up, sleep=0.05)


def _tables_and_columns(cursor: Any) -> list[str]:
    """Return `"table" ("column", …)` of every table, generated columns left out."""
    cursor.execute(
        """
        SELECT quote_ident(t.table_name) || ' ('
            || string_agg(quote_ident(c.column_name), ', ') || ')'
        FROM information_schema.tables t
        JOIN information_schema.columns c USING (table_schema, table_name)
        WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE'
          AND c.is_generated = 'NEVER'
        GROUP BY t.table_name
        """
    )
    return [row[0] for row in cursor.fetchall()]


def mark() -> Path:
    """Return the file that stands while a test may have left the database changed."""
    name = str(connection.settings_dict["TEST"]["NAME"] or connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return Path(f"{name}.changed")
    return Path(__file__).parents[1] / "var" / f"{name}.changed"


def forget_changed_database() -> bool:
    """Return whether a killed run left the database changed; its SQLite file is then removed."""
    changed = mark()
    if not changed.exists():
        return False
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{changed.with_suffix('')}{suffix}").unlink(missing_ok=True)
    changed.unlink()
    return True


def restore_after_transactional_tests(pristine: Pristine) -> None:
    """From now on every TransactionTestCase ends with the migrated database; call once."""
    set_up = TransactionTestCase._fixture_setup.__func__

    def marked_set_up(cls: type[TransactionTestCase]) -> None:
        mark().parent.mkdir(exist_ok=True)
        mark().touch()
        set_up(cls)

    def restoring_tear_down(self: Any) -> None:
        pristine.restore()
        mark().unlink(missing_ok=True)

    TransactionTestCase._fixture_setup = classmethod(marked_set_up)
    TransactionTestCase._fixture_teardown = restoring_tear_down
