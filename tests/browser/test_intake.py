"""Known parties appear while a lead is typed; everything goes by keyboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import World
from workflow.models import Lead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_party_is_suggested_while_typing_and_taken_by_keyboard(house):
    world = World()
    case = world.investigating()
    add = reverse("workflow_lead:add")
    page = house.officer(world.handler).visitor.visit(add)
    page.locator("[name=channel]").select_option("self_found")
    page.locator("[name=received_at]").fill("2022-03-01T09:00")
    page.locator("[name=late_reason]").fill("补录")
    page.locator("[name=title]").fill("销售三无玩具")
    page.locator("[name=content]").fill("货架上有无厂名的玩具。")

    page.locator("[name=subject_name]").press_sequentially("小星星玩具店")

    party = case.parties.get().party
    choice = page.locator(f"[data-known] [name=party][value='{party.pk}']")
    choice.wait_for()
    assert "名称相近" in page.locator("[data-known]").inner_text()
    choice.focus()
    page.keyboard.press("Space")
    page.locator("[name=content]").focus()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.url.endswith(add)
    lead = Lead.objects.exclude(pk=case.lead_id).get()
    assert (lead.party, lead.party_match, lead.unit) == (party, "alike", world.station)
