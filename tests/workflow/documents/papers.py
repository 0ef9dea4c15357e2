"""Templates and what comes out of them, for tests."""

from __future__ import annotations

import io
import zipfile
from itertools import cycle

import docx as python_docx
from PIL import Image

from tests.casework import reload
from workflow.documents.store import keep_template
from workflow.engine.subjects import about_record
from workflow.models import Document, DocumentForm
from workflow.services import documents


def docx(*paragraphs: str, header: str = "", rows: list[list[str]] | None = None) -> bytes:
    """A template with these paragraphs (and a table)."""
    document = python_docx.Document()
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
    document = python_docx.Document(io.BytesIO(content))
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


def png() -> bytes:
    """A small picture."""
    body = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(body, "PNG")
    return body.getvalue()


def document_in(record, actor, word: str) -> Document:
    """An issued document of the record that says the word."""
    form, is_new = DocumentForm.objects.get_or_create(
        code=f"walk.{record.machine}",
        defaults={
            "name": "通用文书", "about": record.machine, "origin": "bureau",
            "fields": [{"name": "内容", "kind": "line", "required": True, "help": ""}],
        },
    )  # fmt: skip
    if is_new:
        keep_template(form, docx("{{ 填写.内容 }}"), current=True)
    draft = documents.save_draft(
        form, about_record(record), actor=actor, written={"内容": f"〖{word}〗"}
    )
    return documents.issue_document(draft, actor=actor)


def papers_in(case, actor, many: int) -> list[Document]:
    """So many documents of a case: two of three issued, the others drafts of its shipped forms."""
    issued = [document_in(reload(case), actor, f"文书{number}") for number in range(many * 2 // 3)]
    forms = cycle(DocumentForm.objects.filter(about="case", origin="core").order_by("number"))
    return issued + [
        documents.save_draft(next(forms), about_record(reload(case)), actor=actor, written={})
        for _number in range(many - len(issued))
    ]
