"""A named reporter is told the outcome, and the limit to tell it ends."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts import clock
from workflow.models import Deadline

NAMED = {"kind": "real_name", "name": "丁某某", "phone": "19905660001"}


def test_entry_ends_the_limit_and_names_nobody(world, client):
    lead = world.verifying(reporter=NAMED)
    world.signed(lead, "lead.decline", {"ground": "minor", "reason": "轻微并已改正"})
    client.force_login(world.handler)
    page = client.get(reverse("workflow_lead:inspect", args=[lead.pk]))
    address = reverse("workflow_lead:inform", args=[lead.pk])
    assert address in page.content.decode()

    moment = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    response = client.post(address, {"acted_at": moment, "how": "电话告知"})

    assert response.status_code == 302
    assert Deadline.objects.get(lead=lead, code="C4").state == "met"
    assert address not in client.get(page.request["PATH_INFO"]).content.decode()
    assert NAMED["name"] not in str(list(lead.journal_lines.values()))


def test_open_lead_has_no_outcome_to_tell(world, client):
    lead = world.verifying(reporter=NAMED)
    client.force_login(world.handler)

    moment = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    response = client.post(
        reverse("workflow_lead:inform", args=[lead.pk]), {"acted_at": moment, "how": "电话"}
    )

    assert response.status_code == 422
    assert not lead.journal_lines.filter(verb="reporter.informed").exists()
