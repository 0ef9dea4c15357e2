"""One PDF of many: every page stamped with its running number, a bookmark for every piece."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

#: Points from the corner to the number, and the height of its digits.
_INSET = 28
_SIZE = 11


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of the whole. ``group``: the bookmark they hang under, "" for none."""

    title: str
    path: Path
    group: str = ""


def count_pages(content: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def merge(parts: Sequence[Part], target: Path, *, title: str) -> int:
    """Write all parts into one PDF and return how many pages it has."""
    writer = PdfWriter()
    groups: dict[str, Any] = {}
    for part in parts:
        first = len(writer.pages)
        for page in PdfReader(part.path).pages:
            added = writer.add_page(page)
            added.merge_page(_stamp(added, len(writer.pages)))
        if part.group and part.group not in groups:
            groups[part.group] = writer.add_outline_item(title=part.group, page_number=first)
        above = groups.get(part.group)
        writer.add_outline_item(title=part.title, page_number=first, parent=above)
    writer.add_metadata({"/Title": title})
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    with target.open("wb") as file:
        writer.write(file)
    return len(writer.pages)


def _stamp(page: PageObject, number: int) -> PageObject:
    """The number at the upper right of the page, on a patch of white."""
    box = page.cropbox
    digits = str(number)
    width = _SIZE * 0.56 * len(digits)
    right, top = float(box.right) - _INSET, float(box.top) - _INSET
    left, base = right - width, top - _SIZE * 0.75
    drawn = (
        f"q 1 1 1 rg {left - 3:.1f} {base - 3:.1f} {width + 6:.1f} {_SIZE + 3:.1f} re f Q "
        f"BT 0 0 0 rg /F1 {_SIZE} Tf {left:.1f} {base:.1f} Td ({digits}) Tj ET"
    )
    stamp = PageObject.create_blank_page(width=float(box.right), height=float(box.top))
    for name in ("/MediaBox", "/CropBox"):
        stamp[NameObject(name)] = page.mediabox
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
    })  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    stamp[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode("ascii"))
    stamp[NameObject("/Contents")] = stream
    return stamp
