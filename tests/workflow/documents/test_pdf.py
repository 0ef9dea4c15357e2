"""Documents as PDF, by the LibreOffice of the server."""

from __future__ import annotations

import pytest

from tests.workflow.documents.papers import docx
from workflow.documents import catalogue
from workflow.documents.pdf import PdfError, program, to_pdf, to_pdfs
from workflow.engine.subjects import about_record
from workflow.services import documents


@pytest.fixture
def no_office(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def office(folder, script):
    """A program by LibreOffice's name."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_without_libreoffice_it_says_what_to_install(no_office):
    assert program() == ""
    with pytest.raises(PdfError, match="libreoffice-writer-nogui"):
        to_pdf(docx("甲"))


def test_one_that_hangs_is_ended(no_office, tmp_path):
    office(tmp_path, "sleep 30")

    with pytest.raises(PdfError):
        to_pdf(docx("甲"), limit=0.2)


def test_one_that_makes_nothing_is_told(no_office, tmp_path):
    office(tmp_path, "exit 0")

    with pytest.raises(PdfError):
        to_pdf(docx("甲"))


@pytest.fixture
def document(world, form):
    case = world.investigating()
    typed = {"改正内容": "下架"}
    return documents.save_draft(form, about_record(case), actor=world.handler, written=typed)


def test_the_page_offers_a_pdf_only_where_one_can_be_made(client, world, document, no_office):
    client.force_login(world.handler)
    page = f"/admin/cases/{document.case_id}/documents/{document.pk}/"

    shown = client.get(page)
    refused = client.get(f"{page}file/?as=pdf")

    assert shown.status_code == 200
    assert "as=pdf" not in shown.content.decode()
    assert (refused.status_code, refused["Location"]) == (302, page)


@pytest.mark.services
def test_every_shipped_form_becomes_a_pdf():
    forms = [catalogue.shipped(form.code).read_bytes() for form in catalogue.forms()]

    made = to_pdfs(forms)

    assert len(made) == len(forms)
    assert all(content.startswith(b"%PDF-") for content in made)


@pytest.mark.services
def test_a_document_is_downloaded_as_pdf(client, world, document):
    client.force_login(world.handler)
    page = f"/admin/cases/{document.case_id}/documents/{document.pk}/"

    shown = client.get(page)
    file = client.get(f"{page}file/?as=pdf")

    assert "as=pdf" in shown.content.decode()
    assert file["Content-Type"] == "application/pdf"
    assert ".pdf" in file["Content-Disposition"]
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
