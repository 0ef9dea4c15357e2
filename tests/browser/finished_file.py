"""What must hold of a file before it goes to the archive: its documents, numbers and dossier."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import defaultdict
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

from tests.browser.document_words import NO_USE
from tests.browser.documents import Clerk, text_of
from tests.browser.officer import address
from workflow.documents import catalogue
from workflow.documents.binding.order import own_forms
from workflow.models import Case, Document, Dossier, EvidenceFile, IssuedNumber


def check_documents(clerk: Clerk, case: Case) -> None:
    """Every form the file has a use for is issued under its number, and every docx opens."""
    documents = list(_documents(case).select_related("form", "case", "lead", "transfer"))
    left = {f"{row}: {row.fault}" for row in documents if row.status != Document.Status.ISSUED}
    assert left == set()
    made = {row.form.code for row in documents}
    assert made == {form.code for form in catalogue.forms()} - set(NO_USE)
    for document in documents:
        counts = document.form.series or document.form.number_of
        assert bool(re.fullmatch(r"东市监\w+〔2021〕[1-9]\d*号", document.number)) == bool(counts)
        said = text_of(clerk.reads(document))
        assert document.number in said, document
        assert not re.search(r"\{\{|\}\}|\{%|None", said), document
    _check_numbers()


def _documents(case: Case):
    return Document.objects.filter(case=case) | Document.objects.filter(lead=case.lead)


def _check_numbers() -> None:
    """Each class counts 1, 2, 3, … and skips none."""
    serials: dict[str, list[int]] = defaultdict(list)
    for number in IssuedNumber.objects.filter(year=2021):
        serials[number.kind].append(number.serial)
    for kind, found in serials.items():
        assert sorted(found) == list(range(1, len(found) + 1)), kind


def check_file(bureau, case: Case) -> None:
    """案卷自查 finds nothing."""
    page = bureau.handler.visitor.visit(address(case, "check"))
    assert page.locator(".cw-reasons").count() == 0, page.locator("main").inner_text()


def check_dossier(clerk: Clerk, case: Case) -> None:
    """装订案卷: the handler binds it; every paper and file is in it once, page by page."""
    officer = clerk.officer
    officer.open(case, tab="documents")
    assert officer.link(address(case, "dossier")).count()
    # Without a broker the answer waits for LibreOffice and fifty papers.
    clerk.send(
        address(case, "dossier"), {"retention": "永久", "remarks": "本卷材料齐全。"}, seconds=240
    )
    dossier = case.dossiers.get()
    assert (dossier.status, dossier.fault, dossier.no_pdf) == ("bound", "", "")
    papers = _documents(case).exclude(form__code__in=own_forms())
    evidence = EvidenceFile.objects.filter(case=case) | EvidenceFile.objects.filter(lead=case.lead)
    bound = [*papers.values_list("sha256", flat=True), *evidence.values_list("sha256", flat=True)]
    _check_pages(PdfReader(_file(officer, dossier, "pdf")), dossier)
    items = _items(zipfile.ZipFile(_file(officer, dossier, "zip")))
    assert [item["title"] for item in items] == [row["title"] for row in dossier.contents]
    assert sorted(digest for item in items for digest in item["sha256"]) == sorted(bound)


def _file(officer, dossier: Dossier, kind: str) -> io.BytesIO:
    path = address(dossier.case, "dossier_file", dossier.pk, kind)
    answer = officer.page.context.request.get(path)
    assert answer.status == 200, f"{path}: {answer.status}"
    return io.BytesIO(answer.body())


def _check_pages(pdf: PdfReader, dossier: Dossier) -> None:
    """Paper follows paper without a gap, up to the page of remarks."""
    assert len(pdf.pages) == dossier.pages
    rows = dossier.contents
    for row, following in pairwise(rows):
        assert following["first"] == row["last"] + 1
    assert rows[-1]["last"] < dossier.pages


def _items(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    """The papers of the manifest; every file is among the digests and is what its digest says."""
    sums = dict(
        reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines()
    )
    assert {*sums, "SHA256SUMS"} == set(archive.namelist())
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest, name
    return json.loads(archive.read("manifest.json"))["items"]
