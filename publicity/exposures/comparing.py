"""The draft beside the file: original and public text, every change marked, open hits in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from publicity.exposures import intake
from publicity.exposures.checking import found_in
from publicity.exposures.content import TEXTS, texts_of
from publicity.exposures.guards.text import TextFile
from publicity.exposures.labels import kind_label, place_label, rule_label
from publicity.exposures.models import RedactionHit
from publicity.exposures.redaction import Change, segments
from publicity.exposures.redaction.markup import looks_like_markup, parse

AROUND = 18
#: Keys of lists, no words: nobody reads them, and their names stand beside them.
CODES = frozenset({"category_code", "violation_type"})


@dataclass(frozen=True)
class Part:
    """A stretch of both columns; without a kind both say the same."""

    original: str
    public: str
    kind: str = ""
    label: Any = ""
    rule: Any = ""


@dataclass(frozen=True)
class Row:
    """One text of the page: what the file says, what the public will read."""

    name: str
    label: Any
    parts: list[Part]
    is_new: bool
    changed: int

    @property
    def public(self) -> str:
        return "".join(part.public for part in self.parts)


@dataclass(frozen=True)
class ShownHit:
    """A hit with the words around it, for those who decide."""

    row: RedactionHit
    before: str
    text: str
    after: str
    label: Any
    rule: Any
    place: Any

    @property
    def is_open(self) -> bool:
        return self.row.decision == "" or self.row.severity == "block"


def rows(file: TextFile, *, with_original: bool) -> list[Row]:
    """Every text that is written, in the order of the page."""
    if file.page is None:
        return []
    public = texts_of(file.page)
    originals: dict[str, Any] = {}
    changes: list[tuple[str, Change]] = []
    if with_original:
        originals = intake.originals(file.exposure.case)
        _copy, changes = intake.redacted(file.exposure.case)
    found = []
    for name in TEXTS:
        if name in CODES:
            continue
        old, new = readable(originals.get(name, "")), readable(public[name])
        if old or new:
            found.append(_row(name, old, new, changes, with_original=with_original))
    return found


def hits(file: TextFile) -> list[ShownHit]:
    """The hits of the check that still answers for this text; the open ones first."""
    if file.run is None or file.page is None:
        return []
    words = {
        (item.path[:200], item.hit.rule, item.hit.start, _digest(item.hit.text)): item.hit.text
        for item in found_in(file.exposure, file.page)
    }
    texts = {name: readable(value) for name, value in texts_of(file.page).items()}
    shown = []
    for row in file.hits:
        text = words.get((row.path, row.rule, row.offset, row.excerpt_hash), "")
        around = texts.get(row.path.split("#")[0], "")
        place = around.find(text) if text else -1
        before = around[max(0, place - AROUND) : place] if place >= 0 else ""
        after = around[place + len(text) : place + len(text) + AROUND] if place >= 0 else ""
        label, rule = kind_label(row.kind), rule_label(row.kind, row.rule)
        shown.append(ShownHit(row, before, text, after, label, rule, place_label(row.path)))
    return sorted(shown, key=lambda hit: (not hit.is_open, hit.row.severity != "block", hit.row.pk))


def readable(value: Any) -> str:
    """The words of a text, a rich text or a list of laws, as a reader meets them."""
    if isinstance(value, list):
        laws = (item["value"] for item in value)
        return "\n".join(f"《{law['law']}》{law.get('article') or ''}" for law in laws)
    text = str(value or "")
    return parse(text).text.strip("\n") if looks_like_markup(text) else text


def _row(
    name: str,
    old: str,
    new: str,
    changes: Iterable[tuple[str, Change]],
    *,
    with_original: bool,
) -> Row:
    if not with_original:
        return Row(name, place_label(name), [Part(new, new)], False, 0)
    own = [change for path, change in changes if path.split("#")[0] == name]
    parts = [
        Part(part.original, part.public)
        if part.kind == "kept"
        else Part(
            part.original,
            part.public,
            str(part.kind),
            kind_label(str(part.kind)),
            rule_label(str(part.kind), part.rule),
        )
        for part in segments(old, new, own)
    ]
    return Row(name, place_label(name), parts, not old, sum(bool(p.kind) for p in parts))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
