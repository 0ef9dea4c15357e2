"""Marking the words of a query in the text of a hit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.query import Words
from search.text import DATE, SEGMENT, TAIL, dates, fold

LENGTH = 160  # characters of an excerpt
_BEFORE = 40  # of them before the first mark
Range = tuple[int, int]


def marked(text: str, words: Sequence[Words], *, length: int | None = None) -> SafeString:
    """Return escaped ``text`` with the words in <mark>, cut to ``length`` around the first one."""
    ranges = _merged(_ranges(text, words))
    start, end = 0, len(text)
    if length is not None and len(text) > length:
        start = max(0, min((ranges[0][0] if ranges else 0) - _BEFORE, len(text) - length))
        end = start + length
    pieces = ["…" if start else ""]
    place = start
    for first, last in ranges:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
            place = last
    pieces += [escape(text[place:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece of the text is escaped above


def _ranges(text: str, words: Sequence[Words]) -> Iterator[Range]:
    """Yield where in ``text`` a word stands, folded alike on both sides."""
    folded, origins = _traced(text)
    for word in words:
        if word.tokens[0].startswith(DATE):
            found = [m.span() for m, token in dates(folded) if token.startswith(word.tokens[0])]
        else:
            found = [match.span() for match in _pattern(word).finditer(folded)]
        for first, last in found:
            yield origins[first], origins[last - 1] + 1


def _traced(text: str) -> tuple[str, list[int]]:
    """Return the folded text and, for each of its characters, the place it comes from."""
    folded: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        piece = fold(character)
        folded.append(piece)
        origins += [place] * len(piece)
    return "".join(folded), origins


def _pattern(word: Words) -> re.Pattern[str]:
    """Return what finds ``word`` in folded text: its segments, with any marks between them."""
    segments = [segment.group() for segment in SEGMENT.finditer(word.source)]
    tail = word.tokens[0].startswith(TAIL)
    text = r"[\W_]*第?[\W_]*".join(_segment(segment) for segment in segments) or r"(?!)"
    begins = "" if tail or not segments[0].isascii() else r"(?<![a-z0-9])"
    ends = r"(?![a-z0-9])" if segments[-1].isascii() and (tail or not word.prefix) else ""
    return re.compile(begins + text + ends)


def _segment(segment: str) -> str:
    """Return the pattern of one segment; a number may be written 15,000."""
    return ",?".join(segment) if segment.isdigit() else re.escape(segment)


def _merged(ranges: Iterator[Range]) -> list[Range]:
    merged: list[Range] = []
    for first, last in sorted(ranges):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged
