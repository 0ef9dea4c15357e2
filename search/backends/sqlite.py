"""SQLite: an FTS5 table beside each index table, kept by triggers; the index drives the search.

The FTS5 tokenizer "ascii" takes every character beyond ASCII as part of a token, so tokens arrive
exactly as `search.text` cut them, rare characters included.
"""

from __future__ import annotations

from typing import Any

from search.backends.base import Backend
from search.backends.dialect import SQL, Asked, Dialect, kinds_sql
from search.content import Content, Part
from search.query import Words
from search.text import BREAK

TITLE_WEIGHT, BODY_WEIGHT = 3.0, 1.0
_COLUMNS = ("title", "body", "autocomplete")
_IN = {"text": "{title body}", "title": "{title}", "autocomplete": "{autocomplete}"}


class SqliteDialect(Dialect):
    both, either, without = " AND ", " OR ", " NOT "

    def words(self, words: Words) -> str:
        return f'"{" ".join(words.tokens)}"{"*" if words.prefix else ""}'

    def columns(self, content: Content) -> dict[str, str]:
        return {
            "title": _joined(content.title),
            "body": _joined(content.body),
            "autocomplete": _joined(content.autocomplete),
        }

    def is_hit(self, asked: Asked, *, pk: str) -> SQL:
        return f"{pk} IN (SELECT {_key(asked)} {_from(asked)})", [_match(asked)]

    def score(self, asked: Asked, *, pk: str) -> SQL:
        # Materialised once per statement: asked row by row FTS5 would search again for each.
        fts = f"{asked.table}_fts"
        score = f"-bm25({fts}, {TITLE_WEIGHT}, {BODY_WEIGHT}, 0.0)"
        hits = f"SELECT {_key(asked)} AS pk, {score} AS score {_from(asked)}"
        sql = f"(WITH hits AS MATERIALIZED ({hits}) SELECT score FROM hits WHERE hits.pk = {pk})"  # noqa: S608 -- names and numbers of our own, the expression is a parameter
        return sql, [_match(asked)]

    def lock(self, cursor: Any, table: str) -> None:
        """Nothing to do: a writing transaction is alone (transaction_mode IMMEDIATE)."""

    def install(self, cursor: Any, table: str) -> bool:
        statements = _statements(table)
        existing = _existing(cursor, table)
        if all(existing.get(name) == sql for name, sql in statements.items()):
            return False
        for name, sql in statements.items():
            if name in existing:
                kind = sql.removeprefix("CREATE VIRTUAL ").removeprefix("CREATE ").split()[0]
                cursor.execute(f"DROP {kind} {name}")
        for sql in statements.values():
            cursor.execute(sql)
        cursor.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608 -- a name of our own
        return True

    def faults(self, cursor: Any, table: str) -> list[str]:
        existing = _existing(cursor, table)
        return [name for name, sql in _statements(table).items() if existing.get(name) != sql]


def _joined(parts: list[Part]) -> str:
    return f" {BREAK} ".join(" ".join(part.tokens) for part in parts)


def _key(asked: Asked) -> str:
    return f"CAST(entry.object_id AS {asked.pk_type})"


def _from(asked: Asked) -> str:
    # CROSS JOIN is SQLite's way to say: the left table first. The index holds all that is read of
    # an entry: its row is wide, and a common word would read most of the table.
    fts = f"{asked.table}_fts"
    return (
        f"FROM {fts} CROSS JOIN {asked.table} entry INDEXED BY {asked.table}_narrow "
        f"ON entry.id = {fts}.rowid "
        f"WHERE {fts} MATCH %s AND entry.content_type_id IN ({kinds_sql(asked.kinds)})"
    )


def _match(asked: Asked) -> str:
    return f"{_IN[asked.column]} : {asked.expression}"


def _existing(cursor: Any, table: str) -> dict[str, str]:
    names = list(_statements(table))
    marks = ", ".join(["%s"] * len(names))
    cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({marks})", names)  # noqa: S608 -- marks only
    return dict(cursor.fetchall())


def _statements(table: str) -> dict[str, str]:
    """What lies beside an index table, by name, as SQLite keeps the text."""
    fts, narrow = f"{table}_fts", f"{table}_narrow"
    listed = ", ".join(_COLUMNS)
    new = ", ".join(f"new.{column}" for column in _COLUMNS)
    old = ", ".join(f"old.{column}" for column in _COLUMNS)
    add = f"INSERT INTO {fts}(rowid, {listed}) VALUES (new.id, {new});"  # noqa: S608 -- names of our own
    drop = f"INSERT INTO {fts}({fts}, rowid, {listed}) VALUES ('delete', old.id, {old});"  # noqa: S608 -- names of our own
    return {
        fts: f"CREATE VIRTUAL TABLE {fts} USING fts5({listed}, content='{table}', "
        "content_rowid='id', tokenize='ascii')",
        narrow: f"CREATE INDEX {narrow} ON {table} (id, content_type_id, object_id)",
        f"{fts}_added": f"CREATE TRIGGER {fts}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"{fts}_removed": f"CREATE TRIGGER {fts}_removed AFTER DELETE ON {table} BEGIN {drop} END",
        f"{fts}_changed": f"CREATE TRIGGER {fts}_changed AFTER UPDATE ON {table} "
        f"BEGIN {drop} {add} END",
    }


class SearchBackend(Backend):
    """The backend of the settings: ``search.backends.sqlite`` with ``INDEX``."""

    vendor = "sqlite"
    dialect = SqliteDialect()
