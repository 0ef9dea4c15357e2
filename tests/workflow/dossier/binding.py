"""Binding for tests, what is bound, and reading it again."""

from __future__ import annotations

import io
import json
import zipfile

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def archive_of(dossier):
    with dossier.archive.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def manifest_of(dossier):
    return json.loads(archive_of(dossier).read("manifest.json"))


def titles_of(dossier):
    return [row["title"] for row in dossier.contents]


def pages_of(dossier):
    """The text of every page of the bound PDF."""
    with dossier.pdf.open("rb") as file:
        return [page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages]


def picture(width=80, height=60, kind="PNG"):
    made = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(made, kind)
    return made.getvalue()


def pdf(*words, rotate=0, password=""):
    """A PDF with a page for each word."""
    writer = PdfWriter()
    for word in words:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject({
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })  # fmt: skip
        fonts = DictionaryObject({NameObject("/F0"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F0 24 Tf 100 700 Td ({word}) Tj ET".encode())
        page[NameObject("/Contents")] = stream
        if rotate:
            page.rotate(rotate)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
