"""What must hold of a file before it goes to the archive: its documents, numbers and dossier."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.browser.document_words import NO_USE
from tests.browser.documents import Clerk, text_of
from tests.browser.officer import address
from workflow.documents import catalogue
from workflow.models import Case, Document, IssuedNumber


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
