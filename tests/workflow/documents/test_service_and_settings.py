"""送达回证 names the document; which document a step needs is a setting."""

from __future__ import annotations

from django.urls import reverse

from workflow.engine.subjects import about_record
from workflow.models import JournalLine, RequiredDocument, Service
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
