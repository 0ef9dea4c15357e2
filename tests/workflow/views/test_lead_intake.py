"""Registering and changing leads: what was typed stays, whatever is wrong with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.fuzz.controls import Page
from workflow.models import JournalLine, Lead, Reporter
from workflow.services.access import restrict

ADD = reverse("workflow_lead:add")


def typed(world, **changes):
    data = {
        "channel": "self_found",
        "received_at": timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M"),
        "title": "销售三无玩具",
        "content": "货架上有无厂名的玩具。",
        "place": "大渡口镇",
        "subject_name": "某某县大明商店",
        "unit": world.station.pk,
    }
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


@pytest.fixture
def officer(client, world):
    client.force_login(world.handler)
    return client


def test_lead_is_registered_and_opens(officer, world):
    response = officer.post(ADD, typed(world))

    lead = Lead.objects.get()
    assert response.url == reverse("workflow_lead:inspect", args=[lead.pk])
    assert (lead.unit, lead.title, lead.created_by) == (
        world.station, "销售三无玩具", world.handler,
    )  # fmt: skip


def test_next_one_opens_at_once(officer, world):
    assert officer.post(ADD, typed(world, next="1")).url == ADD


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": None}, "title"),
        ({"title": "a\x07b"}, "title"),
        ({"content": "长" * 8001}, "content"),
        ({"channel": "nowhere"}, "channel"),
        ({"received_at": "2099-01-01T09:00"}, "received_at"),
        ({"received_at": "0021-01-01T09:00"}, "received_at"),
        ({"received_at": "soon"}, "received_at"),
        ({"received_at": "2022-02-01T09:00"}, "late_reason"),
        ({"subject_uscc": "91341721MA2N0ABC4"}, "subject_uscc"),
        ({"subject_uscc": "91341721MA2N0ABC40"}, "subject_uscc"),
        ({"subject_uscc": "9134172IMA2N0ABC4X"}, "subject_uscc"),
        ({"subject_phone": "call me"}, "subject_phone"),
        ({"reporter_kind": "real_name"}, "reporter_name"),
        ({"reporter_name": "张三"}, "reporter_kind"),
    ],
)
def test_wrong_entry_is_said_beside_its_field_and_kept(officer, world, changes, field):
    response = officer.post(ADD, typed(world, **changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "货架上有无厂名的玩具。" in response.content.decode() or "content" in changes
    assert not Lead.objects.exists()


def test_foreign_unit_is_refused(officer, world):
    response = officer.post(ADD, typed(world, unit=world.other.pk))

    assert list(response.context["form"].errors) == ["unit"]
    assert not Lead.objects.exists()


def test_unit_comes_from_the_place(client, world):
    type(world.other).objects.filter(pk=world.other.pk).update(towns=["东流镇"])
    client.force_login(world.office)

    client.post(ADD, typed(world, unit=None, place="东流镇"))

    assert Lead.objects.get().unit == world.other


def test_unit_is_asked_for_when_nothing_names_one(client, world):
    client.force_login(world.office)

    response = client.post(ADD, typed(world, unit=None, place=""))

    assert list(response.context["form"].errors) == ["unit"]


def test_known_lead_is_shown_first_and_can_be_registered_all_the_same(officer, world):
    known = world.lead(subject_name="某某县大明商店")

    first = officer.post(ADD, typed(world))
    mark = first.context["known"].mark
    second = officer.post(ADD, typed(world, known=mark))

    assert known.number in first.content.decode()
    assert (first.status_code, second.status_code) == (422, 302)
    assert Lead.objects.count() == 2


@pytest.mark.parametrize("hidden", ["foreign", "restricted"])
def test_what_lies_outside_the_scope_is_not_hinted_at(officer, world, hidden):
    if hidden == "foreign":
        world.lead(unit=world.other, by=world.stranger, subject_name="某某县大明商店")
    else:
        lead = world.lead(subject_name="某某县大明商店")
        restrict(lead, actor=world.unit_head, people=[], reason="保密")

    assert officer.post(ADD, typed(world)).status_code == 302


def test_check_shows_unit_and_known_ones_and_registers_nothing(officer, world):
    type(world.station).objects.filter(pk=world.station.pk).update(towns=["大渡口镇"])

    response = officer.post(ADD, typed(world, check="1"))

    assert response.context["proposal"].unit == world.station
    assert not Lead.objects.exists()


def test_reporter_goes_apart_and_never_into_the_journal(officer, world):
    officer.post(
        ADD,
        typed(
            world, reporter_kind="real_name", reporter_name="举报人甲", reporter_phone="13800138000"
        ),
    )

    reporter = Reporter.objects.get()
    assert (reporter.name, reporter.phone) == ("举报人甲", "138 0013 8000")
    assert all("举报人甲" not in str(line.data) for line in JournalLine.objects.all())


def test_late_entry_with_a_reason_is_taken(officer, world):
    when = (timezone.localtime(clock.now()) - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")

    assert (
        officer.post(ADD, typed(world, received_at=when, late_reason="系统停用")).status_code == 302
    )


def test_whoever_may_not_register_finds_no_page(client, world):
    client.force_login(world.reviewer)

    assert client.get(ADD).status_code == 404


def test_open_lead_is_changed(officer, world):
    lead = world.lead()
    edit = reverse("workflow_lead:edit", args=[lead.pk])

    page = officer.get(edit).content.decode()
    response = officer.post(edit, typed(world, title="改过的题目"))

    assert (lead.title in page, response.status_code) == (True, 302)
    assert Lead.objects.get().title == "改过的题目"


def test_filed_lead_is_not_changed(officer, world):
    case = world.investigating()

    response = officer.post(
        reverse("workflow_lead:edit", args=[case.lead_id]), typed(world, title="改过的题目")
    )

    assert response.status_code == 422
    assert Lead.objects.get().title != "改过的题目"


def test_lead_is_handed_to_another_unit(client, world):
    lead = world.lead()
    client.force_login(world.unit_head)

    data = {"unit": world.other.pk, "reason": "属地"}
    response = client.post(reverse("workflow_lead:route", args=[lead.pk]), data)

    assert (response.status_code, Lead.objects.get().unit) == (302, world.other)


def test_many_leads_are_tried_first_and_then_handed_over(client, world):
    ready, done = world.lead(), world.investigating().lead
    client.force_login(world.unit_head)
    url = reverse("workflow_route_leads")
    data = {"id": [ready.pk, done.pk], "unit": world.other.pk, "reason": "属地"}

    preview = client.post(url, {**data, "do": "preview"})
    everything = client.post(url, {**data, "do": "all"})
    untouched = Lead.objects.get(pk=ready.pk).unit
    client.post(url, {**data, "do": "partly"})

    assert (preview.context["can"], preview.context["cannot"]) == (1, 1)
    assert (everything.status_code, untouched) == (200, world.station)
    assert {lead.pk: lead.unit for lead in Lead.objects.all()} == {
        ready.pk: world.other, done.pk: world.station,
    }  # fmt: skip


def test_rows_picked_on_the_list_are_asked_for_on_the_page_that_hands_them_over(client, world):
    lead = world.lead()
    client.force_login(world.unit_head)
    url = reverse("workflow_lead:index")

    (form,) = [f for f in Page(url, client.get(url).content).forms() if list(f.controls) == ["id"]]
    page = client.get(form.action, {"id": form.controls["id"].choices})

    assert page.context["leads"] == [lead]


def test_leads_out_of_scope_are_not_among_the_many(client, world):
    foreign = world.lead(unit=world.other, by=world.stranger)
    client.force_login(world.unit_head)
    data = {"id": [foreign.pk], "unit": world.station.pk, "reason": "x", "do": "partly"}

    assert client.post(reverse("workflow_route_leads"), data).status_code == 404
