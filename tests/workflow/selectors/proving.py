"""Papers that went out, and what shows that they arrived, for tests of the check of a file."""

from __future__ import annotations

from tests.casework import START
from workflow.models import Case, Document, Service


def proven(case: Case) -> Case:
    """The case, where every service shows who received the paper."""
    Service.objects.filter(case_party__case=case).update(proof=case.evidence.first())
    return case


def issued(case, form, **fields):
    """A paper of the form that went out in the case."""
    whole = {
        "status": "issued", "issued_at": START, "made_at": START, "sha256": "0" * 64,
        "case_party": case.parties.get(),
    }  # fmt: skip
    return Document.objects.create(
        case=case,
        form=form,
        number=f"东市监〔2022〕{form.code}号",
        **(whole | fields),
    )
