"""A docx as it came from outside: opened only when nothing in it can do harm."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

#: Bytes of a template at most, packed and unpacked, and how many parts it may have.
LARGEST = 5 * 1024 * 1024
LARGEST_UNPACKED = 30 * 1024 * 1024
MOST_PARTS = 500
#: Bytes of one part that holds text: the patterns that read it are not made for more.
LARGEST_TEXT = 3 * 1024 * 1024
DOCUMENT = "word/document.xml"
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
_ACTIVE = re.compile(
    r"vbaproject\.bin|vbadata\.xml|/activex/|/embeddings/|afchunk|\.(bin|exe|dll|js|hta|html?)$",
    re.IGNORECASE,
)
#: Relationships that fetch something when the document is opened.
_FETCHING = ("attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "externallink")

#: Digests of files that were read through and found harmless.
_harmless: set[bytes] = set()
_MOST_KNOWN = 1000

File = bytes | str | PathLike[str] | BinaryIO


class TemplateUnfitError(ValueError):
    """A template cannot be used. ``message`` says why, ``place`` near which words of it."""

    def __init__(self, message: str, place: str = "") -> None:
        self.message, self.place = message, place
        super().__init__(f"{message} {place}".strip())


def content_of(file: File) -> bytes:
    """The bytes of a path, a file or bytes."""
    if isinstance(file, bytes):
        return file
    if isinstance(file, str | PathLike):
        return Path(file).read_bytes()
    file.seek(0)
    return file.read()


def require_harmless(content: bytes) -> None:
    """Afterwards it is a docx of sane size without macros, embedded files or links that fetch.

    Raises ``TemplateUnfitError``. What was found harmless is known by its digest: reading all of
    its XML takes four fifths of the time a document takes.
    """
    digest = hashlib.sha256(content).digest()
    if digest in _harmless:
        return
    if len(content) > LARGEST:
        raise TemplateUnfitError(_("The file is larger than 5 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_sane(archive)
            _require_passive(archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise TemplateUnfitError(_("This is not a docx file: save it as .docx in Word.")) from error
    if len(_harmless) >= _MOST_KNOWN:
        _harmless.clear()
    _harmless.add(digest)


def _require_sane(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if DOCUMENT not in names or "[Content_Types].xml" not in names:
        raise TemplateUnfitError(_("This is not a docx file: save it as .docx in Word."))
    if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
        raise TemplateUnfitError(_("The file is encrypted or damaged."))
    unpacked = sum(part.file_size for part in parts)
    texts = [p.file_size for p in parts if _TEXT_PART.fullmatch(p.filename)]
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or max(texts) > LARGEST_TEXT:
        raise TemplateUnfitError(_("Unpacked, the file is far too large: it may be a trap."))


def _require_passive(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if _ACTIVE.search(f"/{name}"):
            message = _("It holds a macro, an embedded file or a control: save it without.")
            raise TemplateUnfitError(message, name)
        if name.endswith((".xml", ".rels")):
            _require_plain_xml(archive, name)


def _require_plain_xml(archive: zipfile.ZipFile, name: str) -> None:
    content = archive.read(name)  # never more than its header says, which was added up before
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise TemplateUnfitError(_("A part of the file cannot be read."), name) from error
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        raise TemplateUnfitError(
            _("It holds a macro, an embedded file or a control: save it without."), name
        )
    if name.endswith(".rels"):
        for link in root:
            kind = link.get("Type", "").rpartition("/")[2].lower()
            if link.get("TargetMode") == "External" and kind != "hyperlink":
                raise TemplateUnfitError(_("It fetches something from outside."), name)
            if kind in _FETCHING:
                raise TemplateUnfitError(_("It fetches something from outside."), name)
