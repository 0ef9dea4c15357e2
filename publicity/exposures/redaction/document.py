"""One text under examination: its spellings, and hits made in their coordinates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from publicity.exposures.redaction.folding import Folded, fold, squeeze
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity

Span = tuple[int, int]


class Document:
    """A text with its folded and squeezed spelling, each computed once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded: Folded = fold(text)

    @cached_property
    def squeezed(self) -> Folded:
        return squeeze(self.folded)

    def spans(self, pattern: re.Pattern[str], group: int | str = 0) -> Iterator[Span]:
        """Original places of a group of every match of a pattern in the folded text."""
        for match in pattern.finditer(self.folded.text):
            if match.start(group) < match.end(group):
                yield self.folded.span(*match.span(group))

    def before(self, start: int, length: int) -> str:
        """Up to `length` folded characters before a place of the folded text, same line."""
        return self.folded.text[max(0, start - length) : start].rpartition("\n")[2]

    def hit(
        self,
        span: Span,
        *,
        kind: Kind,
        rule: str,
        severity: Severity = Severity.MASK,
        suggestion: str = MASK,
    ) -> Hit:
        """A hit at a place of the folded text, told in places of the original."""
        start, end = self.folded.span(*span)
        return Hit(kind, rule, start, end, self.text[start:end], severity, suggestion)
