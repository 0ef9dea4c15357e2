"""One spelling for every way of writing the same thing, with the way back to the original.

`fold` unifies width, digits, dashes and blanks and drops what cannot be seen; `squeeze` also
drops blanks and joiners, case and traditional forms, for looking up what is already known.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from publicity.exposures.redaction.variants import SIMPLER

_DASHES = frozenset("‐‑‒–—―−－﹣﹘➖⁃\u2212\u00ad")
_DROPPED = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_JOINERS = frozenset(" \n-_.·•・‧∙⋅●○*()/'|,~+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; character `i` of it comes from character `origins[i]` of the original."""

    text: str
    origins: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `text[start:end]`, which must not be empty."""
        return self.origins[start], self.origins[end - 1] + 1


@cache
def _fold_character(character: str) -> str:
    if character in _DASHES:
        return "-"
    if character in _DROPPED or unicodedata.category(character) in {"Cf", "Mn", "Me", "Cs"}:
        return ""
    if character in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    if character.isspace() or unicodedata.category(character) == "Cc":
        return " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return unicodedata.normalize("NFKC", character)


@cache
def _squeeze_character(character: str) -> str:
    if character in _JOINERS:
        return ""
    return SIMPLER.get(character, character.casefold())


def fold(text: str) -> Folded:
    """The text as the rules read it: half-width, plain digits and dashes, nothing invisible."""
    if text.isascii() and text.isprintable():
        return Folded(text, range(len(text)))
    characters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for folded in _fold_character(character):
            characters.append(folded)
            origins.append(index)
    return Folded("".join(characters), origins)


def squeeze(folded: Folded) -> Folded:
    """The folded text without blanks and joiners, in lower case and simplified characters."""
    characters: list[str] = []
    origins: list[int] = []
    for character, origin in zip(folded.text, folded.origins, strict=True):
        for squeezed in _squeeze_character(character):
            characters.append(squeezed)
            origins.append(origin)
    return Folded("".join(characters), origins)


def squeezed(text: str) -> str:
    """The spelling under which a known name, number or address is looked up."""
    return squeeze(fold(text)).text
