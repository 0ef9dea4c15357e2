"""Reads the journal for proof: as stored, byte by byte, and never failing on what it finds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models
from django.db.models.functions import Cast

from workflow.engine.journal import HASHED_FIELDS, line_hash
from workflow.engine.journal_seal import seal_digest
from workflow.engine.journal_text import link
from workflow.models.journal import JournalHead, JournalLine, JournalSeal

CHUNK = 2000
_MOMENTS = ("acted_at", "recorded_at")
_SPELLED = (*_MOMENTS, "data")
_COLUMNS = ("id", "hash", *HASHED_FIELDS)


@dataclass(frozen=True)
class StoredLine:
    """What the proof needs of a line: where it stands and what its bytes amount to."""

    record_type: str
    record_id: int
    seq: int
    prev_hash: str
    link: str
    is_genuine: bool  # its digest is the digest of its fields


def stored_lines(lines: models.QuerySet[JournalLine]) -> Iterator[StoredLine]:
    """Stream the lines of a query in its order, in constant memory."""
    with lenient_text():
        rows = lines.annotate(**_as_stored(*_SPELLED)).values_list(*_columns())
        for row in rows.iterator(chunk_size=CHUNK):
            values = dict(zip(_COLUMNS, row, strict=True))
            yield _stored_line(values)


@dataclass(frozen=True)
class StoredSeal:
    """What the proof needs of a seal."""

    is_genuine: bool
    day: str
    last_id: int
    count: int
    content: str
    prev_digest: str
    digest: str


def stored_seals() -> list[StoredSeal]:
    """All seals, by day."""
    days, rest = ("day", "sealed_at"), ("last_id", "count", "content", "prev_digest", "digest")
    with lenient_text():
        rows = JournalSeal.objects.annotate(**_as_stored(*days)).order_by("day")
        stored = list(rows.values_list(*_as_stored(*days) or days, *rest))
    return [
        StoredSeal(_is_genuine_seal(day, sealed_at, *values), str(day), *values)
        for day, sealed_at, *values in stored
    ]


def misshapen_rows() -> list[str]:
    """Rows of SQLite whose columns hold another type than their own; other databases have none.

    With one of them the journal's order means nothing, so nothing else is worth asking.
    """
    if connection.vendor != "sqlite":
        return []
    found = []
    for model in (JournalLine, JournalHead, JournalSeal):
        table = model._meta.db_table
        whole = [
            field.column
            for field in model._meta.local_concrete_fields
            if "int" in (field.db_type(connection) or "")
        ]
        odd = " OR ".join(f"typeof(\"{name}\") NOT IN ('integer', 'null')" for name in whole)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT id FROM "{table}" WHERE {odd} ORDER BY id')  # noqa: S608 -- names of our models
            found += [f"{model._meta.label_lower} with key {key}" for (key,) in cursor.fetchall()]
    return found


@contextmanager
def lenient_text() -> Iterator[None]:
    """On SQLite, bytes that are no UTF-8 come through as surrogates, for the digest to refuse."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    database = connection.connection
    usual = database.text_factory
    database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        database.text_factory = usual


def _as_stored(*names: str) -> dict[str, Cast]:
    """SQLite keeps days, moments and JSON as text that can be broken or spelled otherwise."""
    if connection.vendor != "sqlite":
        return {}
    return {f"{name}_text": Cast(name, models.TextField()) for name in names}


def _columns() -> list[str]:
    stored = _as_stored(*_SPELLED)
    return [f"{name}_text" if f"{name}_text" in stored else name for name in _COLUMNS]


def _stored_line(values: dict[str, Any]) -> StoredLine:
    return StoredLine(
        record_type=values["record_type"],
        record_id=values["record_id"],
        seq=values["seq"],
        prev_hash=values["prev_hash"],
        link=link(line_id=values["id"], line_hash=values["hash"]),
        is_genuine=_is_genuine(values),
    )


def _is_genuine(values: Mapping[str, Any]) -> bool:
    read = {name: values[name] for name in HASHED_FIELDS}
    try:
        if connection.vendor == "sqlite":
            for name in _MOMENTS:
                read[name] = _stored_moment(read[name])
            read["data"] = _stored_json(read["data"])
        return line_hash(read) == values["hash"]
    except (ValueError, TypeError):
        return False  # no line of ours: a broken moment, JSON, number or text


def _is_genuine_seal(day: Any, sealed_at: Any, *values: Any) -> bool:
    last_id, count, content, prev_digest, stated = values
    try:
        if connection.vendor == "sqlite":
            day, sealed_at = _stored_day(day), _stored_moment(sealed_at)
        read = JournalSeal(
            day=day,
            sealed_at=sealed_at,
            last_id=last_id,
            count=count,
            content=content,
            prev_digest=prev_digest,
        )
        return seal_digest(read) == stated
    except (ValueError, TypeError):
        return False


def _stored_moment(text: str) -> datetime:
    """The moment that SQLite's text stands for, if the text is what Django writes."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is not None or str(value) != text:
        raise ValueError("The same moment, but not the text that was written.")
    return value.replace(tzinfo=UTC)


def _stored_day(text: str) -> date:
    value = date.fromisoformat(text)
    if str(value) != text:
        raise ValueError("The same day, but not the text that was written.")
    return value


def _stored_json(text: str) -> Any:
    value = json.loads(text)
    if json.dumps(value, sort_keys=True) != text:
        raise ValueError("The same content, but not the text that was written.")
    return value
