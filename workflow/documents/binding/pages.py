"""Files from outside as pages: pictures and PDFs. What cannot be read is None, never an error."""

from __future__ import annotations

import io
import logging
import warnings
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, NameObject

#: A4 in dots of 200 an inch, and the margin around a picture (15 mm).
RESOLUTION = 200
A4 = (1654, 2339)
_MARGIN = 118
#: Pages of one file at most: more is a book, and is kept as a file.
MOST_PAGES = 500
_DAMAGE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError,
    EOFError, RecursionError, NotImplementedError, ZeroDivisionError, MemoryError,
    Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
#: Annotations that play, open or carry something.
_LIVE = {"/FileAttachment", "/Movie", "/Sound", "/RichMedia", "/Screen", "/3D"}

logging.getLogger("pypdf").setLevel(logging.ERROR)


def pages_of_picture(path: Path) -> bytes | None:
    """The picture upright on an A4 page of its own, every page of a scanned TIFF."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                sheets = [_on_page(frame) for frame in _frames(picture)]
    except _DAMAGE:
        return None
    made = io.BytesIO()
    sheets[0].save(
        made, "PDF", resolution=RESOLUTION, save_all=True, append_images=sheets[1:], quality=85
    )
    return made.getvalue()


def _frames(picture: Image.Image) -> list[Image.Image]:
    """Each page of a TIFF; of what moves, the first picture."""
    if picture.format != "TIFF":
        return [picture]
    if getattr(picture, "n_frames", 1) > MOST_PAGES:
        raise ValueError("too many pages")
    return [frame.copy() for frame in ImageSequence.Iterator(picture)]


def _on_page(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        ground = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(ground, upright)
    upright = upright.convert("RGB")
    room = (A4[0] - 2 * _MARGIN, A4[1] - 2 * _MARGIN)
    fitting = ImageOps.contain(upright, room)
    if fitting.width > upright.width:  # a small picture is not blown up beyond twice its size
        fitting = ImageOps.contain(upright, (upright.width * 2, upright.height * 2))
        fitting = ImageOps.contain(fitting, room) if _too_large(fitting, room) else fitting
    page = Image.new("RGB", A4, "white")
    page.paste(fitting, ((A4[0] - fitting.width) // 2, (A4[1] - fitting.height) // 2))
    return page


def _too_large(picture: Image.Image, room: tuple[int, int]) -> bool:
    return picture.width > room[0] or picture.height > room[1]


def pages_of_pdf(path: Path) -> bytes | None:
    """The pages of a PDF without what runs, opens or hides in it; None when it is locked."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        if not 0 < len(reader.pages) <= MOST_PAGES:
            return None
        writer = PdfWriter()
        for page in reader.pages:
            added = writer.add_page(page)
            added.pop("/AA", None)
            _still(added)
            added.transfer_rotation_to_content()
        made = io.BytesIO()
        writer.write(made)
    except _DAMAGE:
        return None
    return made.getvalue()


def _still(page: PageObject) -> None:
    """Annotations keep how they look, and do nothing any more."""
    notes = page.get("/Annots")
    if notes is None:
        return
    kept = ArrayObject()
    for entry in notes.get_object():
        note = entry.get_object()
        if note.get("/Subtype") in _LIVE:
            continue
        for name in ("/A", "/AA", "/PA"):
            note.pop(name, None)
        kept.append(entry)
    page[NameObject("/Annots")] = kept
