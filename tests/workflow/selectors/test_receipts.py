"""Of every service the file holds a 送达回证 or another proof; what does not is named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.casework import START, reload
from tests.workflow.selectors.proving import issued
from tests.workflow.test_simple_procedure import punish
from workflow.models import DocumentForm, Service
from workflow.selectors.consistency import findings


def codes(case):
    return [finding.code for finding in findings(reload(case))]


@pytest.mark.parametrize(
    ("form", "issued_at", "left"),
    [
        ("F50", START, 0), ("F50", START - timedelta(days=1), 2), ("F51", START, 2),
        ("F50", None, 2),
    ],
)  # fmt: skip
def test_a_service_without_a_receipt_or_a_proof_is_found(world, form, issued_at, left):
    """A receipt made on the day of the papers or later stands for them; a draft for none."""
    case = world.enforcing()
    row = case.parties.get()
    status = "issued" if issued_at else "draft"
    issued(case, DocumentForm.objects.get(code=form), status=status,
           issued_at=issued_at)  # fmt: skip

    found = findings(reload(case))

    assert [f.code for f in found] == ["service_without_receipt"] * left
    assert {f.severity for f in found} <= {"warning"}
    address = reverse("workflow_case:make_document", args=[case.pk, "F50"])
    assert {f.link for f in found} <= {f"{address}?party={row.pk}"}
    assert [notice.number in found[0].message for notice in row.notices.all() if found] == (
        [True] if found else []
    )


def test_a_decision_handed_over_on_the_spot_needs_no_receipt(world):
    case = punish(world)
    assert Service.objects.filter(case_party__case=case, proof=None).exists()
    assert "service_without_receipt" not in codes(case)

    type(case).objects.update(procedure="ordinary")
    assert "service_without_receipt" in codes(case)


def test_an_announced_service_is_shown_by_its_announcement(world):
    case = world.enforcing()
    row = case.parties.get()
    issued(case, DocumentForm.objects.get(code="F51"))
    assert len(codes(case)) == 2

    Service.objects.filter(case_party=row).update(method="announced")
    assert codes(case) == []
