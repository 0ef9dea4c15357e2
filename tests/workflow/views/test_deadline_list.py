"""The list of time limits: by person, as a file, and honest about a year nobody knows."""

from __future__ import annotations

from django.urls import reverse

from accounts import clock
from workflow.models import Deadline, JournalLine

URL = "/admin/deadlines/"


def test_list_is_narrowed_to_a_handler(client, world):
    case = world.investigating()
    client.force_login(world.unit_head)

    mine = client.get(URL, {"person": world.handler.pk})
    nobodys = client.get(URL, {"person": world.person("new", "handler", world.station).pk})

    assert {row.record for row in mine.context["lines"]} == {case}
    assert nobodys.context["lines"] == []


def test_handler_of_a_foreign_unit_is_no_choice(client, world):
    client.force_login(world.unit_head)

    page = client.get(URL, {"person": world.stranger.pk})

    assert "person" in page.context["list_form"].errors


def test_export_is_this_list_and_is_kept(client, world):
    case = world.investigating()
    client.force_login(world.unit_head)

    response = client.get(URL, {"export": "csv"})

    text = b"".join(response.streaming_content).decode()
    assert case.number in text
    assert JournalLine.objects.get(verb="records.exported").data["list"] == "workflow.deadline"


def test_guessed_date_says_so_wherever_it_is_shown(client, world):
    case = world.investigating()
    Deadline.objects.filter(case=case).update(is_guess=True, due_on=clock.today())
    client.force_login(world.handler)
    page = reverse("workflow_case:inspect", args=[case.pk])

    for address in (URL, page, f"{page}?tab=deadlines", reverse("wagtailadmin_home")):
        body = client.get(address).content.decode()
        assert "节假日安排未知" in body or "holidays not known" in body, address
