"""What a journal line keeps of a value, and the exact bytes its digest is taken over."""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.duration import duration_iso_string
from django.utils.functional import Promise

LONGEST_TEXT = 500  # characters of one value in ``data``; what is longer is kept as a digest
LONGEST_REASON = 4000  # characters of a reason: it is read by people, so it is never digested
LARGEST_DATA = 32_000  # bytes of one line's ``data``

_WHITESPACE = frozenset("\n\r\t")


class UnfitForJournalError(ValueError):
    """A value that the journal cannot keep; ``field`` names it, the text says why."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


def clean_text(value: str, *, field: str, longest: int | None = None) -> str:
    """The text itself; refuses control characters, halves of surrogates and over-long text."""
    text = str(value)
    if not text.isprintable():
        for char in text:
            if char not in _WHITESPACE and unicodedata.category(char) in ("Cc", "Cs"):
                raise UnfitForJournalError(field, f"contains the character U+{ord(char):04X}")
    if longest is not None and len(text) > longest:
        raise UnfitForJournalError(field, f"is longer than {longest} characters")
    return text


def plain(value: Any, *, field: str = "data") -> Any:
    """The JSON form of a value: dates ISO, moments UTC, Decimal as text, records as id and label.

    Raises ``UnfitForJournalError`` for floats, naive moments and types without a stable form.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str | Promise):
        return _short(clean_text(str(value), field=field))
    if isinstance(value, Mapping):
        return _plain_mapping(value, field=field)
    if isinstance(value, Model):
        return _plain_record(value, field=field)
    if (scalar := _plain_scalar(value, field=field)) is not None:
        return scalar
    if isinstance(value, set | frozenset):
        return sorted((plain(item, field=field) for item in value), key=canonical)
    if isinstance(value, list | tuple | QuerySet):
        return [plain(item, field=f"{field}[{n}]") for n, item in enumerate(value)]
    raise UnfitForJournalError(field, f"{type(value).__name__} has no place in the journal")


def plain_data(data: Mapping[str, Any] | None) -> dict[str, Any]:
    """The whole ``data`` of a line, keys sorted; refuses more than ``LARGEST_DATA`` bytes."""
    kept = _plain_mapping(data or {}, field="data")
    if len(canonical(kept)) > LARGEST_DATA:
        raise UnfitForJournalError("data", f"is larger than {LARGEST_DATA} bytes")
    return kept


def canonical(value: Any) -> bytes:
    """One byte string per value: sorted keys, no spaces, UTF-8. Half surrogates raise."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def moment(value: datetime) -> str:
    """A moment as the digest sees it: UTC with microseconds, whatever zone it was read in."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, 64 hex digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def link(*, line_id: int, line_hash: str) -> str:
    """What the next line (or the head) keeps of a line: covers its primary key as well."""
    said = f"{line_id}:{line_hash}".encode(errors="surrogatepass")  # a forged digest may be no text
    return hashlib.sha256(said).hexdigest()


def _short(text: str) -> str | dict[str, Any]:
    if len(text) <= LONGEST_TEXT:
        return text
    return {"sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}


def _plain_mapping(value: Mapping[Any, Any], *, field: str) -> dict[str, Any]:
    kept = {}
    for key in value:
        if not isinstance(key, str):
            raise UnfitForJournalError(field, f"the key {key!r} is not text")
        kept[clean_text(key, field=field, longest=100)] = plain(value[key], field=f"{field}.{key}")
    return dict(sorted(kept.items()))


def _plain_record(value: Model, *, field: str) -> dict[str, Any]:
    if value.pk is None:
        raise UnfitForJournalError(field, f"an unsaved {value._meta.label} has no number")
    label = _short(clean_text(str(value), field=field))
    return {"id": plain(value.pk, field=field), "label": label}


def _plain_scalar(value: Any, *, field: str) -> str | None:
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise UnfitForJournalError(field, "is not a number")
        return format(value, "f")
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise UnfitForJournalError(field, "a moment needs a time zone")
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    return None
