"""PDF files: text layer, annotations, form fields, outline, metadata, embedded files."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from publicity.exposures.redaction.files.parts import (
    LARGEST_TEXT,
    Part,
    Unreadable,
    metadata,
    question,
)
from publicity.exposures.redaction.hits import Found, Severity

_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError)
_MOST_PAGES = 2000
_TAG = re.compile(r"<[^>]+>")

logging.getLogger("pypdf").setLevel(logging.ERROR)


def parts(path: Path) -> Iterator[Part | Found]:
    """Text page by page, then all that is written beside it; a page without text is a question.

    Raises Unreadable for an encrypted or damaged file. The library signals damage by many
    exceptions of the standard kinds, which all mean the same here.
    """
    try:
        with path.open("rb") as stream:
            yield from _of_reader(PdfReader(stream))
    except (*_DAMAGE, RecursionError, ZeroDivisionError, NotImplementedError) as error:
        raise Unreadable("The file is damaged.") from error


def _of_reader(reader: PdfReader) -> Iterator[Part | Found]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("The file is encrypted.")
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable("The file has too many pages to be checked.")
    yield from _of_pages(reader)
    yield from _of_metadata(reader)
    yield from _beside(reader)


def _of_pages(reader: PdfReader) -> Iterator[Part | Found]:
    total = 0
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text() or ""
        total += len(text)
        if total > LARGEST_TEXT:
            raise Unreadable("The file holds too much text to be checked.")
        yield Part(f"page {number}", text)
        if not text.strip():
            yield question(f"page {number}", "page-without-text", severity=Severity.WARN)
        elif "/XObject" in (page.get("/Resources") or {}):
            yield question(f"page {number}", "picture", severity=Severity.WARN)
        for note in page.get("/Annots") or []:
            annotation = note.get_object()
            words = [str(annotation[key]) for key in ("/Contents", "/T", "/V") if key in annotation]
            action = annotation.get("/A")
            words += [str(action["/URI"])] if action and "/URI" in action else []
            if words:
                yield Part(f"page {number}#annotation", "\n".join(words))


def _of_metadata(reader: PdfReader) -> Iterator[Part | Found]:
    for key, value in (reader.metadata or {}).items():
        yield Part(f"metadata{key}", str(value))
        if key == "/Author" and str(value).strip():
            yield metadata(f"metadata{key}", str(value))
    packet = reader.root_object.get("/Metadata")
    if packet is not None:
        data = packet.get_object().get_data().decode("utf-8", errors="replace")
        yield Part("metadata#xmp", _TAG.sub(" ", data))


def _beside(reader: PdfReader) -> Iterator[Part | Found]:
    outline = [str(entry.title) for entry in _flat(reader.outline) if hasattr(entry, "title")]
    if outline:
        yield Part("outline", "\n".join(outline))
    for name in reader.attachments:
        yield Part("attachment", name)
        yield question(f"attachment {name}", "embedded-file", severity=Severity.BLOCK)


def _flat(entries: object) -> Iterator[object]:
    if isinstance(entries, list):
        for entry in entries:
            yield from _flat(entry)
    else:
        yield entries
