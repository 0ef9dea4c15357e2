"""Pictures: what the camera and the programs wrote into them, and taking all of it out."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import ExifTags, Image, ImageOps

from publicity.exposures.redaction.files.parts import Part, Unreadable, metadata, question
from publicity.exposures.redaction.hits import Found, Severity

_HARMLESS = frozenset(
    {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "gamma", "version", "loop"}
    | {"background", "duration", "extension", "transparency", "progressive", "progression"}
    | {"interlace", "srgb", "aspect", "compression", "timestamp", "adobe", "adobe_transform"}
    | {"chromaticity", "icc_profile", "bbox", "mp", "mpoffset", "subsampling", "primary"}
)
_LONGEST_FIELD = 100_000
_FORMATS = frozenset({"JPEG", "PNG", "WEBP", "GIF"})
_DAMAGE = (OSError, ValueError, SyntaxError, EOFError, KeyError, Image.DecompressionBombError)


def parts(path: Path) -> Iterator[Part | Found]:
    """Every written field; and the question every picture asks: faces, seals, signatures?"""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                fields = dict(_fields(picture))
    except (*_DAMAGE, Image.DecompressionBombWarning) as error:
        raise Unreadable("The picture is damaged or too large.") from error
    for name, text in fields.items():
        yield Part(name, text)
        yield metadata(name, text)
    yield question("picture", "picture", severity=Severity.WARN)


def strip_metadata(data: bytes) -> bytes:
    """The same picture, upright, in its format, with nothing written in it any more.

    Animations keep their frames. Raises Unreadable for anything but a sound JPEG, PNG, WebP or
    GIF; another format is saved as JPEG by whoever wants to publish it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                return _saved_bare(picture)
    except (*_DAMAGE, Image.DecompressionBombWarning) as error:
        raise Unreadable("The picture is damaged or too large.") from error


def _saved_bare(picture: Image.Image) -> bytes:
    kind = picture.format or ""
    if kind not in _FORMATS:
        raise Unreadable("Only JPEG, PNG, WebP and GIF pictures can be published.")
    target = io.BytesIO()
    frames = getattr(picture, "n_frames", 1)
    if frames > 1 and kind != "JPEG":
        _save_frames(picture, target, kind=kind, frames=frames)
        return target.getvalue()
    upright = ImageOps.exif_transpose(picture)
    bare = _bare(upright)
    options = {"quality": 92} if kind in {"JPEG", "WEBP"} else {}
    bare.save(target, kind, **options)
    return target.getvalue()


def _save_frames(picture: Image.Image, target: io.BytesIO, *, kind: str, frames: int) -> None:
    stills: list[Image.Image] = []
    durations: list[int] = []
    for number in range(frames):
        picture.seek(number)
        stills.append(_bare(picture.convert("RGBA")))
        durations.append(int(picture.info.get("duration", 100)))
    stills[0].save(
        target, kind, save_all=True, append_images=stills[1:], duration=durations, loop=0
    )


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels alone, with their palette and transparency."""
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette() or [])
    bare.paste(picture)
    return bare


def _fields(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    directories = {"": dict(exif)}
    for directory in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.IFD1):
        directories[f"{directory.name}."] = dict(exif.get_ifd(directory))
    for prefix, tags in directories.items():
        for tag, value in tags.items():
            name = (ExifTags.GPSTAGS if prefix.startswith("GPS") else ExifTags.TAGS).get(tag, tag)
            yield f"exif.{prefix}{name}", _as_text(value)
    for key, value in picture.info.items():
        if str(key).lower() not in _HARMLESS and key != "exif":
            yield f"info.{key}", _as_text(value)


def _as_text(value: object) -> str:
    """A field as it was meant: Pillow reads text fields as Latin-1 whatever wrote them."""
    data = value
    if isinstance(value, str) and not value.isascii():
        try:
            data = value.encode("latin-1")
        except UnicodeEncodeError:
            data = value
    if not isinstance(data, bytes):
        return str(data)[:_LONGEST_FIELD]
    for encoding in ("utf-16-le",) if b"\0" in data[1:2] else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding).strip("\0")[:_LONGEST_FIELD]
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").strip("\0")[:_LONGEST_FIELD]
