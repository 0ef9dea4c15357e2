"""What a picture says of itself: when, where and with what it was taken (EXIF)."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any, BinaryIO

from PIL import ExifTags, Image

_DAMAGE = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, ZeroDivisionError,
    OverflowError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def read_photo(file: BinaryIO, mime_type: str) -> dict[str, Any]:
    """``taken_at`` (camera time, ISO), ``latitude``, ``longitude``, ``device``; what is not said
    or cannot be read is left out. Leaves the file at its start."""
    if not mime_type.startswith("image/"):
        return {}
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                return _said(picture.getexif())
    except _DAMAGE:
        return {}
    finally:
        file.seek(0)


def _said(exif: Image.Exif) -> dict[str, Any]:
    more, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    taken = more.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    found = {
        "taken_at": _moment(taken),
        "latitude": _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S"),
        "longitude": _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W"),
        "device": " ".join(
            part for tag in (ExifTags.Base.Make, ExifTags.Base.Model)
            if (part := _text(exif.get(tag)))
        ),
    }  # fmt: skip
    return {name: value for name, value in found.items() if value not in (None, "")}


def _moment(value: Any) -> str:
    try:
        return datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S").isoformat()  # noqa: DTZ007 -- a camera says no zone
    except ValueError:
        return ""


def _degrees(gps: dict[int, Any], tag: int, ref: int, negative: str) -> float | None:
    parts = gps.get(tag)
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= 180:
        return None
    return round(-value if _text(gps.get(ref)) == negative else value, 6)


def _text(value: Any) -> str:
    """Printable text of at most 60 characters; Pillow reads it as Latin-1 whatever wrote it."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return _clean(value)
    if not isinstance(value, bytes):
        return ""
    try:
        return _clean(value.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(value.decode("gb18030", "replace"))


def _clean(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:60]
