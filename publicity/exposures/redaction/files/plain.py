"""Plain text in the encodings Chinese offices write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publicity.exposures.redaction.files.parts import LARGEST_TEXT, Part, Unreadable

_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def parts(path: Path) -> Iterator[Part]:
    """The whole text as one part; Unreadable when no encoding fits."""
    if path.stat().st_size > LARGEST_TEXT:
        raise Unreadable("The file is too large to be checked.")
    yield Part("text", decoded(path.read_bytes()))


def decoded(data: bytes) -> str:
    """The text of a file of unknown encoding."""
    encodings = [name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in (*encodings, *_ENCODINGS):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("The encoding of the text is unknown.")
