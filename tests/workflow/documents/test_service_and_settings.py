"""送达回证 names the document; which document a step needs is a setting."""

from __future__ import annotations

import pytest
from django.urls import reverse

from workflow.engine.subjects import about_record
from workflow.models import DocumentForm, JournalLine, RequiredDocument, Service
from workflow.services import documents


def test_a_service_names_the_document(client, world, form):
    case = world.investigating()
    party = case.parties.get()
    draft = documents.save_draft(
        form, about_record(case), actor=world.handler, written={"改正内容": "甲"}
    )
    document = documents.issue_document(draft, actor=world.handler)
    client.force_login(world.handler)
    url = reverse("workflow_case:record_service", args=[case.pk, party.pk])
    data = {
        "paper": f"made-{document.pk}", "method": "direct", "receiver": "店主",
        "acted_at": "2022-03-01T09:00",
    }  # fmt: skip

    unknown = client.post(url, {**data, "paper": "made-999"})
    done = client.post(url, data)

    assert (unknown.status_code, done.status_code) == (422, 302)
    service = Service.objects.get()
    assert (service.paper, service.document) == (document, str(document))
    shown = client.get(f"{reverse('workflow_case:inspect', args=[case.pk])}?tab=documents")
    assert shown.content.decode().count(f"/documents/{document.pk}/") == 2


@pytest.mark.parametrize(
    ("proof", "in_use", "offered"),
    [(False, True, True), (True, True, False), (False, False, False)],
)
def test_a_service_without_proof_leads_to_its_receipt(client, world, proof, in_use, offered):
    case = world.investigating()
    party = case.parties.get()
    DocumentForm.objects.filter(code="F50").update(is_active=in_use)
    client.force_login(world.handler)
    data = {
        "paper": "other", "document": "责令改正通知书", "method": "direct", "receiver": "店主",
        "acted_at": "2022-03-01T09:00", "proof": world.evidence(case).pk if proof else "",
    }  # fmt: skip

    url = reverse("workflow_case:record_service", args=[case.pk, party.pk])
    page = client.post(url, data, follow=True).content.decode()

    receipt = reverse("workflow_case:make_document", args=[case.pk, "F50"])
    assert Service.objects.count() == 1
    assert (f"{receipt}?party={party.pk}" in page) is offered


def test_what_a_step_needs_is_a_setting(client, world, form, make_form):
    of_leads = make_form("T41", about="lead")
    client.force_login(world.system_admin)
    url = reverse("workflow_step_documents:add")
    data = {"transition": "case.conclude", "form": form.pk, "mode": "required", "per": "record",
            "law": "", "is_active": "on"}  # fmt: skip

    wrong = client.post(url, {**data, "form": of_leads.pk})
    right = client.post(url, data)

    assert (wrong.status_code, right.status_code) == (200, 302)
    row = RequiredDocument.objects.get(form=form)
    assert (row.transition, row.mode, row.is_active) == ("case.conclude", "required", True)
    assert JournalLine.objects.get(verb="setting.changed").record_id == row.pk
