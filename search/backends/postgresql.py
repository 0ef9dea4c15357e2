"""PostgreSQL: full-text vectors written token by token, a GIN index on each, the index drives.

Vectors and queries are given in PostgreSQL's own notation, so no parser and no dictionary of the
server cuts our tokens again.
"""

from __future__ import annotations

from typing import Any

from modelsearch.backends.database.postgres.weights import get_sql_weights, get_weight

from search.backends.base import Backend
from search.backends.dialect import SQL, Asked, Dialect, kinds_sql
from search.content import Content, Part
from search.query import Words
from search.text import BREAK, MAX_TOKENS

_VECTOR = {"text": "body", "title": "title", "autocomplete": "autocomplete"}
_LONGEST = 500  # characters of a token; PostgreSQL takes 2046 bytes


class PostgresDialect(Dialect):
    both, either, without = " & ", " | ", " & !"

    def words(self, words: Words) -> str:
        row = " <-> ".join(_quoted(token) for token in words.tokens)
        return f"({row}{':*' if words.prefix else ''})"

    def columns(self, content: Content) -> dict[str, str]:
        """The body holds the title too, so that words of one query may stand in both."""
        return {
            "title": _vector(content.title),
            "body": _vector([*content.title, *content.body]),
            "autocomplete": _vector(content.autocomplete),
        }

    def is_hit(self, asked: Asked, *, pk: str) -> SQL:
        # As an array the hits are found first. As a subquery the planner, who cannot tell how rare
        # a word is, walks the whole list in its order for the sake of the first twenty rows.
        sql = (
            f"{pk} = ANY(ARRAY(SELECT CAST(entry.object_id AS {asked.pk_type}) "  # noqa: S608 -- names and numbers of our own, the expression is a parameter
            f"FROM {asked.table} entry WHERE entry.{_VECTOR[asked.column]} @@ %s::tsquery "
            f"AND entry.content_type_id IN ({kinds_sql(asked.kinds)})))"
        )
        return sql, [asked.expression]

    def score(self, asked: Asked, *, pk: str) -> SQL:
        weights = f"'{get_sql_weights()}'::float4[], " if get_sql_weights() != "{}" else ""
        rank = (
            f"ts_rank({weights}entry.{_VECTOR[asked.column]}, %s::tsquery)::float8"
            f" * (1.0 + ts_rank(entry.title, %s::tsquery)::float8)"
        )
        sql = (
            f"(SELECT {rank} FROM {asked.table} entry "  # noqa: S608 -- names and numbers of our own, the expression is a parameter
            f"WHERE entry.object_id = CAST({pk} AS varchar) "
            f"AND entry.content_type_id IN ({kinds_sql(asked.kinds)}) LIMIT 1)"
        )
        return sql, [asked.expression, asked.expression]

    def lock(self, cursor: Any, table: str) -> None:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [table])

    def install(self, cursor: Any, table: str) -> bool:
        missing = self.faults(cursor, table)
        for name, sql in _statements(table).items():
            if name in missing:
                cursor.execute(sql)
        return bool(missing)

    def faults(self, cursor: Any, table: str) -> list[str]:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() "
            "AND tablename = %s",
            [table],
        )
        existing = {row[0] for row in cursor.fetchall()}
        return [name for name in _statements(table) if name not in existing]


def _statements(table: str) -> dict[str, str]:
    names = {vector: f"{table}_{vector}_gin" for vector in _VECTOR.values()}
    return {
        name: f"CREATE INDEX {name} ON {table} USING gin ({vector})"
        for vector, name in names.items()
    }


def _quoted(token: str) -> str:
    return "'" + token[:_LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(parts: list[Part]) -> str:
    """Return tokens in the notation of a tsvector: positions run on, breaks leave a gap."""
    places: dict[str, list[str]] = {}
    position = 0
    for part in parts:
        weight = get_weight(part.boost)
        for token in part.tokens:
            position += 1
            if token != BREAK and position <= MAX_TOKENS:
                places.setdefault(token, []).append(f"{position}{weight}")
        position += 1
    return " ".join(f"{_quoted(token)}:{','.join(at[:256])}" for token, at in places.items())


class SearchBackend(Backend):
    """The backend of the settings: ``search.backends.postgresql`` with ``INDEX``."""

    vendor = "postgresql"
    dialect = PostgresDialect()
