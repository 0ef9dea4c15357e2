"""What of a record is indexed: its search fields, as tokens with weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search.text import MAX_TOKENS, index_tokens


@dataclass(frozen=True, slots=True)
class Part:
    """The tokens of one field and how much the field counts (None: as much as any)."""

    tokens: list[str]
    boost: float | None = None


@dataclass(slots=True)
class Content:
    """The three columns of an index entry; together none is longer than an index can hold."""

    title: list[Part] = field(default_factory=list)
    body: list[Part] = field(default_factory=list)
    autocomplete: list[Part] = field(default_factory=list)


def content_of(record: Model) -> Content:
    """Return what ``record`` is found by. Tokens beyond the limit of a column are left out."""
    content = Content()
    for search_field, text in texts(record):
        part = Part(index_tokens(text), getattr(search_field, "boost", None))
        if isinstance(search_field, AutocompleteField):
            content.autocomplete.append(part)
        elif search_field.field_name == "title":
            content.title.append(part)
        else:
            content.body.append(part)
    return Content(*map(_within_limit, (content.title, content.body, content.autocomplete)))


def texts(record: Model, fields: list[Any] | None = None) -> Iterator[tuple[Any, str]]:
    """Yield each search or autocomplete field of ``record`` with its text, relations followed."""
    declared = record.get_search_fields() if fields is None else fields  # type: ignore[attr-defined]  # Indexed
    for search_field in declared:
        if isinstance(search_field, RelatedFields):
            for related in _related(search_field.get_value(record)):
                yield from texts(related, search_field.fields)
        elif isinstance(search_field, (SearchField, AutocompleteField)) and (
            text := _text(search_field.get_value(record))
        ):
            yield search_field, text


def _related(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, Manager):
        return list(value.all())
    return [value() if callable(value) else value]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "，".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(list(value.values()))
    return str(value)


def _within_limit(parts: list[Part]) -> list[Part]:
    """Cut every field to its fair share, so that a long one does not push out the others."""
    if sum(len(part.tokens) for part in parts) <= MAX_TOKENS:
        return parts
    share = MAX_TOKENS // len(parts)
    return [Part(part.tokens[:share], part.boost) for part in parts]
