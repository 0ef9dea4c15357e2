"""What a reader of files hands over: pieces of text by place, and questions for a person."""

from __future__ import annotations

from dataclasses import dataclass

from publicity.exposures.redaction.hits import Found, Hit, Kind, Severity

LARGEST_TEXT = 20_000_000
"""Characters of text, or bytes unpacked, up to which a file is read at all."""


class Unreadable(Exception):
    """The content cannot be known, so the file cannot go out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text and where in the file it stands."""

    path: str
    text: str


def question(
    path: str, rule: str, *, severity: Severity, text: str = "", kind: Kind = Kind.UNREADABLE
) -> Found:
    """A hit about the file itself, not about a place in its text."""
    return Found(path, Hit(kind, rule, 0, len(text), text, severity, ""))


def metadata(path: str, text: str) -> Found:
    """Data about the author or the device: always to be stripped before the file goes out."""
    return question(path, "metadata", severity=Severity.MASK, text=text, kind=Kind.METADATA)
