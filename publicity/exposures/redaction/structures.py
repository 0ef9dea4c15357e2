"""A whole page at once: dictionaries, lists, stream fields and rich text, with paths."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import replace
from typing import Any

from publicity.exposures.redaction.detection import detect
from publicity.exposures.redaction.hits import Change, Found, Redacted
from publicity.exposures.redaction.markup import (
    Markup,
    looks_like_markup,
    parse,
    replaced,
    with_changes,
)
from publicity.exposures.redaction.masking import redact
from publicity.exposures.redaction.names import assign_masks
from publicity.exposures.redaction.policy import STRICT, Policy
from publicity.exposures.redaction.registry import Registry

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_Redactor = Callable[[str], Redacted]


def detect_in(
    value: Any, *, registry: Registry, policy: Policy = STRICT, path: str = ""
) -> list[Found]:
    """All hits in a nested value. In rich text, words are joined across tags.

    Paths read like `body[2].value.caption`; `#text`, `@alt` and `#comment` name the part of rich
    text, whose offsets are then those of the joined words or of the attribute's value.
    """
    found = [
        Found(place, hit)
        for place, text in texts_in(value, path)
        for hit in detect(text, registry=registry, policy=policy)
    ]
    return _with_one_set_of_masks(found, {})


def redact_in(
    value: Any,
    *,
    registry: Registry,
    policy: Policy = STRICT,
    masks: MutableMapping[str, str] | None = None,
) -> tuple[Any, list[tuple[str, Change]]]:
    """A copy of a nested value with every text redacted, and the changes with their paths.

    Names are masked alike everywhere in it; comments of rich text are dropped; keys, ids, numbers
    that are no text and other objects are left as they are.
    """
    masks = {} if masks is None else masks
    _with_one_set_of_masks(detect_in(value, registry=registry, policy=policy), masks)
    changes: list[tuple[str, Change]] = []

    def redactor(text: str) -> Redacted:
        return redact(text, registry=registry, policy=policy, masks=masks)

    return _copy(value, "", redactor, changes), changes


def _with_one_set_of_masks(found: Iterable[Found], masks: MutableMapping[str, str]) -> list[Found]:
    """The hits suggesting the same mask for the same person wherever they stand."""
    found = list(found)
    assign_masks((item.hit.subject for item in found if item.hit.subject), masks)
    return [
        Found(item.path, replace(item.hit, suggestion=masks[item.hit.subject]))
        if item.hit.subject
        else item
        for item in found
    ]


def texts_in(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text a reader could meet in a nested value, with its path."""
    value = _plain(value)
    if isinstance(value, str):
        yield from _texts_of(value, path)
    elif isinstance(value, bytes):
        yield path, value.decode("utf-8", errors="replace")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if isinstance(key, str) and not key.isidentifier():
                yield f"{path}#key", key
            if not _is_identity(str(key), member):
                yield from texts_in(member, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple | set | frozenset):
        for index, member in enumerate(value):
            yield from texts_in(member, f"{path}[{index}]")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path, str(value)


def _plain(value: Any) -> Any:
    """Stream values and rich text objects as the plain data they store."""
    if hasattr(value, "get_prep_value"):
        return value.get_prep_value()
    if hasattr(value, "source") and isinstance(value.source, str):
        return value.source
    return value


def _is_identity(key: str, value: Any) -> bool:
    return key == "id" and isinstance(value, str) and bool(_UUID.fullmatch(value))


def _texts_of(text: str, path: str) -> Iterator[tuple[str, str]]:
    if not looks_like_markup(text):
        yield path, text
        return
    markup = parse(text)
    yield f"{path}#text", markup.text
    for attribute in markup.attributes:
        yield f"{path}@{attribute.name}", attribute.value
    for comment, _, _ in markup.comments:
        yield f"{path}#comment", comment


def _copy(value: Any, path: str, redactor: _Redactor, changes: list[tuple[str, Change]]) -> Any:
    value = _plain(value)
    if isinstance(value, str):
        return _copy_text(value, path, redactor, changes)
    if isinstance(value, Mapping):
        return {
            key: member
            if _is_identity(str(key), member)
            else _copy(member, f"{path}.{key}" if path else str(key), redactor, changes)
            for key, member in value.items()
        }
    if isinstance(value, list | tuple):
        return [
            _copy(member, f"{path}[{index}]", redactor, changes)
            for index, member in enumerate(value)
        ]
    return value


def _copy_text(text: str, path: str, redactor: _Redactor, changes: list[tuple[str, Change]]) -> str:
    if not looks_like_markup(text):
        redacted = redactor(text)
        changes += [(path, change) for change in redacted.changes]
        return redacted.text
    text = _attributes_redacted(parse(text), path, redactor, changes)
    markup = parse(text)
    redacted = redactor(markup.text)
    changes += [(f"{path}#text", change) for change in redacted.changes]
    return with_changes(markup, redacted.changes)


def _attributes_redacted(
    markup: Markup, path: str, redactor: _Redactor, changes: list[tuple[str, Change]]
) -> str:
    """The source with its attribute values redacted and its comments gone."""
    cuts = [(start, end, "") for _, start, end in markup.comments]
    for attribute in markup.attributes:
        redacted = redactor(attribute.value)
        if redacted.changes:
            changes += [(f"{path}@{attribute.name}", change) for change in redacted.changes]
            cuts.append((attribute.start, attribute.end, html.escape(redacted.text)))
    return replaced(markup.source, cuts)
