"""Templates and what comes out of them, for tests."""

from __future__ import annotations

import io
import zipfile

from docx import Document


def docx(*paragraphs: str, header: str = "", rows: list[list[str]] | None = None) -> bytes:
    """A template with these paragraphs (and a table)."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def said(content: bytes) -> list[str]:
    """The paragraphs of a docx, those of its tables last."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The docx with parts added or replaced; names with ``__`` for ``/``."""
    file = io.BytesIO()
    new = {name.replace("__", "/"): text for name, text in parts.items()}
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as made:
        for name in old.namelist():
            if name not in new:
                made.writestr(name, old.read(name))
        for name, text in new.items():
            made.writestr(name, text, compress_type=zipfile.ZIP_DEFLATED)
    return file.getvalue()
