"""A focus category says where it matters: its usual laws, and where a breach becomes a crime."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import reload
from tests.workflow.campaigns import category_of_toys

LAW, GATE = "《产品质量法》", "生产、销售不符合安全标准的产品罪"
ARTICLE = "《中华人民共和国刑法》第一百四十六条"
CHOICE = f'<option value="{ARTICLE}">{GATE}</option>'


@pytest.fixture
def case(world):
    case = world.investigating()
    lead = case.lead
    for record in (case, lead):
        record.category = category_of_toys(world.station)
        record.save(update_fields=["category"])
    return reload(case)


def shown(client, user, address: str) -> tuple[bool, bool]:
    """Whether the page says the laws and the gate."""
    client.force_login(user)
    text = client.get(address).content.decode()
    return (LAW in text, GATE in text)


@pytest.mark.parametrize("kind", ["lead", "case"])
def test_overview_says_laws_and_crime_gate_of_the_category(client, world, case, kind):
    record = case if kind == "case" else case.lead
    address = reverse(f"workflow_{kind}:inspect", args=[record.pk])
    assert shown(client, world.handler, address) == (True, True)

    record.category = None
    record.save(update_fields=["category"])

    assert shown(client, world.handler, address) == (False, False)


def test_campaign_page_says_laws_and_crime_gate(client, world, case):
    address = reverse("workflow_campaign", args=[case.category.campaign_id])

    assert shown(client, world.office, address) == (True, True)


def test_who_proposes_a_transfer_reads_the_gate_and_is_offered_its_articles(client, world, case):
    client.force_login(world.handler)
    address = reverse("workflow_case:propose_transfer", args=[case.pk])
    text = client.get(address).content.decode()
    case.category = None
    case.save(update_fields=["category"])

    without = client.get(address).content.decode()

    assert [(CHOICE in page, "造成严重后果" in page) for page in (text, without)] == [
        (True, True), (False, False),
    ]  # fmt: skip
