"""Numbers written in groups: every way to read neighbouring groups of digits as one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GROUPED = r"\d+(?:[xX](?![0-9A-Za-z]))?"
_RUN = re.compile(rf"{_GROUPED}(?:[ \-.]{{1,2}}{_GROUPED}|[ \-][xX](?![0-9A-Za-z]))*")
_GROUP = re.compile(r"\d+[xX]?|[xX]")
LONGEST = 23
"""Digits of the longest number any rule looks for, a country code included."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits read over one or more groups, and their place in the folded text."""

    digits: str
    groups: tuple[int, ...]
    start: int
    end: int


def numbers(text: str, *, shortest: int, longest: int = LONGEST) -> Iterator[Number]:
    """Every reading of the digits of a folded text with a length in the given range.

    A group is never cut, so nothing inside a longer run of digits is found.
    """
    for run in _RUN.finditer(text):
        if run.end() - run.start() < shortest:
            continue
        groups = [
            (match.group(), match.start() + run.start(), match.end() + run.start())
            for match in _GROUP.finditer(run.group())
        ]
        yield from _readings(groups, shortest=shortest, longest=longest)


def _readings(
    groups: list[tuple[str, int, int]], *, shortest: int, longest: int
) -> Iterator[Number]:
    for first, (_, start, _) in enumerate(groups):
        digits = ""
        lengths: list[int] = []
        for text, _, end in groups[first : first + longest]:
            digits += text
            lengths.append(len(text))
            if len(digits) > longest:
                break
            if len(digits) >= shortest:
                yield Number(digits.upper(), tuple(lengths), start, end)
