"""Word, Excel and PowerPoint files: every part of the archive, deleted and hidden text too."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from publicity.exposures.redaction.files.parts import (
    LARGEST_TEXT,
    Part,
    Unreadable,
    metadata,
    question,
)
from publicity.exposures.redaction.hits import Found, Kind, Severity

_BLOCKS = frozenset({"p", "si", "is", "comment", "tr", "row", "c", "sp", "Relationship"})
_PEOPLE = frozenset({"creator", "lastModifiedBy", "Company", "Manager", "author"})
_TRACKED = frozenset({"ins", "del", "moveFrom", "moveTo", "comment"})
_WRITTEN = frozenset({"author", "initials", "Target", "descr", "title", "alt", "name", "val"})
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".webp")


def parts(path: Path) -> Iterator[Part | Found]:
    """Text of all parts; authors and tracked changes as metadata, pictures as questions."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_TEXT * 5:
                raise Unreadable("The file is too large when unpacked.")
            for entry in archive.infolist():
                yield from _of_entry(archive, entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
        raise Unreadable("The file is damaged or encrypted.") from error


def _of_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Part | Found]:
    name = entry.filename
    if name.endswith((".xml", ".rels", ".vml")):
        if entry.file_size > LARGEST_TEXT:
            raise Unreadable("A part of the file is too large.")
        yield from _of_xml(name, archive.read(entry))
    elif name.lower().endswith(_PICTURES):
        yield question(name, "picture", severity=Severity.WARN)
    elif not entry.is_dir():
        yield question(name, "embedded-file", severity=Severity.BLOCK)


def _of_xml(name: str, data: bytes) -> Iterator[Part | Found]:
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Unreadable("A part of the file is damaged or unsafe.") from error
    pieces: list[str] = []
    written: list[str] = []
    tracked = 0
    for element in _walked(root, pieces):
        tag = _local(element.tag)
        tracked += tag in _TRACKED
        values = {_local(key): value for key, value in element.attrib.items()}
        written += [value for key, value in values.items() if key in _WRITTEN]
        author = values.get("author") or (element.text if tag in _PEOPLE else "")
        if author and author.strip():
            yield metadata(f"{name}#{tag}", author)
    yield Part(name, "".join(pieces))
    if written:
        yield Part(f"{name}@", "\n".join(dict.fromkeys(written)))
    if tracked:
        yield question(
            f"{name}#tracked", "tracked-changes", severity=Severity.MASK, kind=Kind.METADATA
        )


def _walked(root: Element, pieces: list[str]) -> Iterator[Element]:
    """All elements in order; their text is gathered so that runs of one paragraph join."""
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, is_left = stack.pop()
        if is_left:
            if _local(element.tag) in _BLOCKS:
                pieces.append("\n")
            pieces.append(element.tail or "")
            continue
        yield element
        pieces.append(element.text or ("\t" if _local(element.tag) in {"tab", "br"} else ""))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
