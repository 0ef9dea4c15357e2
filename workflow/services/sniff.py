"""What a file is, by its content and never by what its name or the browser says."""

from __future__ import annotations

import unicodedata
import zipfile
from typing import BinaryIO

HEAD = 4096
OFFICE = "application/vnd.openxmlformats-officedocument."
#: Beginnings that say what a file is.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),  # doc, xls, ppt, wps
)
#: What a picture of ISO 23008-12 calls itself, and one of a kind that is not taken in.
PICTURE_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
OTHER_PICTURE_BRANDS = frozenset({b"avif", b"avis"})
#: Names inside a zip that make it an office document.
INSIDE: tuple[tuple[str, str], ...] = (
    ("word/document.xml", OFFICE + "wordprocessingml.document"),
    ("xl/workbook.xml", OFFICE + "spreadsheetml.sheet"),
    ("ppt/presentation.xml", OFFICE + "presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
#: How a file of a type is called when it leaves again.
ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/tiff": ("tif", "tiff"),
    "image/bmp": ("bmp",),
    "image/heic": ("heic", "heif"),
    "audio/mpeg": ("mp3",),
    "audio/amr": ("amr",),
    "audio/ogg": ("ogg", "oga"),
    "audio/wav": ("wav",),
    "video/mp4": ("mp4", "m4a", "mov", "3gp"),
    "video/webm": ("webm", "mkv"),
    "video/x-msvideo": ("avi",),
    "application/x-ole-storage": ("doc", "xls", "ppt", "wps", "et"),
    OFFICE + "wordprocessingml.document": ("docx",),
    OFFICE + "spreadsheetml.sheet": ("xlsx",),
    OFFICE + "presentationml.presentation": ("pptx",),
    "application/ofd": ("ofd",),
    "application/zip": ("zip",),
    "text/plain": ("txt", "csv", "log", "md"),
}


def sniff(file: BinaryIO) -> str:
    """The media type by content; "" for what is not on the list. Leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    try:
        return _by_magic(head) or _by_container(head, file) or _by_text(head)
    finally:
        file.seek(0)


def _by_magic(head: bytes) -> str:
    return next((kind for start, kind in MAGIC if head.startswith(start)), "")


def _by_container(head: bytes, file: BinaryIO) -> str:
    if head[:4] == b"RIFF":
        known = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}
        return known.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head[:4] != b"PK\x03\x04":
        return ""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    return next((kind for name, kind in INSIDE if name in names), "application/zip")


def _by_brand(head: bytes) -> str:
    """A photo of a phone (HEIC) or a film: both lie in the same kind of box."""
    length = min(int.from_bytes(head[:4]), len(head))
    brands = {head[8:12], *(head[n : n + 4] for n in range(16, length - 3, 4))}
    if brands & PICTURE_BRANDS:
        return "" if brands & OTHER_PICTURE_BRANDS else "image/heic"
    return "video/mp4"


def _by_text(head: bytes) -> str:
    """Text without control characters, in UTF-8 or in the GB encodings Chinese Windows writes."""
    if not head:
        return ""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:  # else a character cut off at the end of the head
                continue
            text = head[: error.start].decode(encoding)
        if all(c in "\r\n\t\f" or unicodedata.category(c) != "Cc" for c in text):
            return "text/plain"
    return ""
