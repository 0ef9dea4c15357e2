"""Masked names: 张某, 李某某, 欧阳某; the same mask twice becomes 张某甲 and 张某乙."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import count

from publicity.exposures.redaction.surnames import surname_of

SOMEBODY = "某"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ELEMENTS = re.compile(r"[·•・‧∙⋅.\s]+")
_MASKED = re.compile(r"某|[*×＊]{1,}|[xX]{2,}")


def is_masked(name: str) -> bool:
    """Whether a name already says no more than a mask would."""
    return bool(_MASKED.search(name))


def elements(name: str) -> list[str]:
    """The parts of a minority or foreign name; a Chinese name is one part."""
    return [part for part in _ELEMENTS.split(name.strip()) if part]


def mask_name(name: str, taken: MutableMapping[str, str]) -> str:
    """The mask that stands for a name throughout one document.

    `taken` maps names to the masks given so far and learns the new one: the same name keeps its
    mask, another name never gets a mask that is taken.
    """
    if name not in taken:
        used = set(taken.values())
        taken[name] = next(mask for mask in _candidates(name) if mask not in used)
    return taken[name]


def assign_masks(names: Iterable[str], taken: MutableMapping[str, str]) -> Mapping[str, str]:
    """Masks for all names of a document at once: those that would coincide are all numbered."""
    fresh = [name for name in dict.fromkeys(names) if name not in taken]
    shared = Counter(next(_candidates(name)) for name in fresh)
    used = set(taken.values())
    for name in fresh:
        candidates = _candidates(name)
        if shared[next(_candidates(name))] > 1:
            next(candidates)
        taken[name] = next(mask for mask in candidates if mask not in used)
        used.add(taken[name])
    return taken


def _candidates(name: str) -> Iterator[str]:
    """The plain mask first, then the numbered ones, without end."""
    head, plain = _head(name)
    yield plain
    for stem in _STEMS:
        yield f"{head}{stem}"
    for number in count(11):
        yield f"{head}{number}"


def _head(name: str) -> tuple[str, str]:
    """The part every numbered mask begins with, and the plain mask."""
    parts = elements(name)
    if len(parts) > 1:
        mark = "·" if not parts[0].isascii() else ""
        return (f"{parts[0]}{mark}{SOMEBODY}",) * 2
    bare = parts[0] if parts else name
    if bare.isascii():
        return (f"{bare[:1].upper()}{SOMEBODY}",) * 2
    surname = surname_of(bare)
    given = max(1, len(bare) - len(surname))
    return f"{surname}{SOMEBODY}", surname + SOMEBODY * min(given, 2)
