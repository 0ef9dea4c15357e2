"""Original and public text side by side, cut where they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import NamedTuple

from publicity.exposures.redaction.hits import Change, Kind

KEPT = "kept"
_TOKEN = re.compile(r"[0-9A-Za-z]+|\*+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^\n。；]+[\n。；]*|[\n。；]+")
_FINE = 400
"""Members of two stretches together up to which they are compared each with each."""


class Segment(NamedTuple):
    """A row of the two columns: kept text twice, or an original and what stands for it."""

    kind: str
    original: str
    public: str
    rule: str = ""


def segments(original: str, public: str, changes: Sequence[Change] = ()) -> list[Segment]:
    """The whole of both texts in order, each difference with its kind and rule.

    Joined, the second column is `original` and the third is `public`. With the changes of
    `redact` the cut is exact; where an editor went on writing, differences no change explains
    are of kind "edit".
    """
    exact = list(_by_changes(original, changes))
    if "".join(segment.public for segment in exact) == public:
        return exact
    return list(_by_comparison(original, public, changes))


def _by_changes(original: str, changes: Sequence[Change]) -> Iterator[Segment]:
    place = 0
    for change in sorted(changes, key=lambda change: change.start):
        if change.start > place:
            yield Segment(KEPT, original[place : change.start], original[place : change.start])
        yield Segment(change.kind, change.original, change.replacement, change.rule)
        place = change.end
    if place < len(original):
        yield Segment(KEPT, original[place:], original[place:])


def _by_comparison(original: str, public: str, changes: Sequence[Change]) -> Iterator[Segment]:
    for old, new, place in _differences(original, public):
        if old == new:
            yield Segment(KEPT, old, new)
            continue
        cause = _cause(place, place + len(old), changes)
        if cause:
            yield Segment(cause.kind, old, new, cause.rule)
        else:
            yield Segment(Kind.EDIT, old, new)


def _differences(original: str, public: str) -> Iterator[tuple[str, str, int]]:
    """Stretches of both texts in order, with the place of the first in the original."""
    place = 0
    for before, after in _aligned(_SENTENCE.findall(original), _SENTENCE.findall(public)):
        words = [(before, after)]
        if before != after:
            words = list(_aligned(_TOKEN.findall(before), _TOKEN.findall(after)))
        for old, new in words:
            yield old, new, place
            place += len(old)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Both sequences cut into joined stretches that are equal or stand for one another.

    Cuts at what occurs once in both (a patience diff), so the time stays near the length.
    """
    todo = [(0, len(old), 0, len(new))]
    while todo:
        start, end, begin, stop = todo.pop()
        head = _equal_run(old[start:end], new[begin:stop])
        if head:
            yield ("".join(old[start : start + head]),) * 2
            start, begin = start + head, begin + head
        anchors = _anchors(old, new, (start, end, begin, stop))
        if anchors:
            edges = [(start, begin), *anchors, (end, stop)]
            pairs = list(pairwise(edges))
            todo += [(a, c, b, d) for (a, b), (c, d) in reversed(pairs) if (a, b) != (c, d)]
        elif start < end or begin < stop:
            yield from _replaced(old[start:end], new[begin:stop])


def _equal_run(old: Sequence[str], new: Sequence[str]) -> int:
    """How many members are equal at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _anchors(
    old: Sequence[str], new: Sequence[str], bounds: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Places of members that occur once in both stretches, in an order that holds in both."""
    start, end, begin, stop = bounds
    once_old = Counter(old[start:end])
    once_new = Counter(new[begin:stop])
    places = {member: place for place, member in enumerate(new[begin:stop], start=begin)}
    result: list[tuple[int, int]] = []
    for place, member in enumerate(old[start:end], start=start):
        if once_old[member] == 1 == once_new[member]:
            other = places[member]
            if not result or other > result[-1][1]:
                result.append((place, other))
    return result


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches without a common landmark: pair by pair, finely when short, else as a whole."""
    if len(old) == len(new) > _FINE:
        yield from zip(old, new, strict=True)
    elif len(old) + len(new) <= _FINE:
        for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield "".join(old[i1:i2]), "".join(new[j1:j2])
    else:
        yield "".join(old), "".join(new)


def _cause(start: int, end: int, changes: Sequence[Change]) -> Change | None:
    """The change of the engine that a difference at this place of the original comes from."""
    for change in changes:
        if change.start < max(end, start + 1) and start < max(change.end, change.start + 1):
            return change
    return None
