"""Documents made at the screens: by the keyboard, or by the same pages with no browser between."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import docx
import lxml.html
from django.urls import resolve

from tests.browser.casework_stages import moment
from tests.browser.document_words import WORDS
from tests.browser.officer import Officer, address
from workflow.models import CaseParty, Document, DocumentForm, Measure


class Clerk:
    """An officer at the documents of a record; each one made ends issued."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer

    def types(self, record: Any, code: str, **about: Any) -> Document:
        """制作文书: the form chosen from the list, filled in, looked at, issued."""
        officer = self.officer
        officer.open(record, tab="documents")
        officer.visitor.press(officer.link(address(record, "choose_document")))
        officer.visitor.press(officer.link(address(record, "make_document", code)))
        officer.fill(**_typed(code, **about))
        document = _at(officer.submit().url)
        officer.visitor.press(officer.link(address(record, "issue_document", document.pk)))
        officer.submit()
        return _issued(document)

    def makes(self, record: Any, code: str, **about: Any) -> Document:
        """The same two forms, sent in the officer's session."""
        drafted = self.send(address(record, "make_document", code), _typed(code, **about))
        document = _at(drafted)
        self.send(address(record, "issue_document", document.pk), {"acted_at": moment()})
        return _issued(document)

    def serves(self, row: CaseParty, document: Document) -> None:
        """送达 in person."""
        fields = {
            "paper": f"made-{document.pk}", "method": "direct", "acted_at": moment(),
            "receiver": "负责人",
        }  # fmt: skip
        self.send(address(row.case, "record_service", row.pk), fields)

    def send(self, path: str, fields: dict[str, Any], *, seconds: int = 30) -> str:
        """Send a form of the staff pages; where it leads. Fails with what the page refuses."""
        session = self.officer.page.context
        token = next(c["value"] for c in session.cookies() if c["name"] == "csrftoken")
        form = {name: str(value) for name, value in fields.items()}
        answer = session.request.post(
            path, form={**form, "csrfmiddlewaretoken": token}, max_redirects=0,
            timeout=seconds * 1000,
        )  # fmt: skip
        assert answer.status == 302, _refused(path, form, answer.text())
        return answer.headers["location"]

    def reads(self, document: Document) -> docx.document.Document:
        """The docx as the page gives it."""
        path = address(document.record, "document_file", document.pk)
        answer = self.officer.page.context.request.get(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return docx.Document(BytesIO(answer.body()))


def text_of(opened: docx.document.Document) -> str:
    """Everything a docx says, its tables last."""
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def _typed(
    code: str,
    *,
    party: CaseParty | None = None,
    measure: Measure | None = None,
    **said: str | date,
) -> dict[str, Any]:
    """The fields of the page: whom it is about, then what the form asks, ``f0``, ``f1``, …"""
    names = [field["name"] for field in DocumentForm.objects.get(code=code).fields]
    typed = {**WORDS[code], **said}
    chosen = {"party": party, "measure": measure}
    about = {name: row.pk for name, row in chosen.items() if row is not None}
    return about | {f"f{names.index(name)}": value for name, value in typed.items()}


def _at(url: str) -> Document:
    """The document of the page at this address."""
    return Document.objects.get(pk=resolve(urlsplit(url).path).kwargs["document"])


def _issued(document: Document) -> Document:
    document.refresh_from_db()
    assert document.status == Document.Status.ISSUED, document.fault or document.status
    return document


def _refused(path: str, form: dict[str, str], page: str) -> str:
    """What the page that came back says in red."""
    found = lxml.html.fromstring(page).xpath(
        '//*[contains(@class, "cw-refused") or contains(@class, "error-message")]'
    )
    return f"{path} {form}\n" + "\n".join(node.text_content().strip() for node in found)
