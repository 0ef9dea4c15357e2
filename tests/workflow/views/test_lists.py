"""The lists of leads and cases: tabs, filters in the address, columns, export, what they cost."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.indexing import index_changes
from workflow.models import JournalLine
from workflow.services.access import restrict, share
from workflow.states import LeadState

CASES, LEADS = reverse("workflow_case:index"), reverse("workflow_lead:index")


def shown(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(response):
    return [line.record.number for line in response.context["lines"]]


def test_unit_tab_lists_the_unit_alone(client, world):
    own, foreign = world.lead(), world.lead(unit=world.other, by=world.stranger)
    client.force_login(world.handler)

    text = shown(client, LEADS)

    assert (own.number in text, foreign.number in text) == (True, False)


@pytest.mark.parametrize("tab", ["unit", "granted", "mine"])
def test_shared_lead_stands_in_the_tab_of_what_is_granted(client, world, tab):
    lead = world.lead()
    share(lead, actor=world.unit_head, kind="assist", reason="协办", user=world.stranger)
    client.force_login(world.stranger)

    text = shown(client, LEADS, tab=tab)

    assert (lead.number in text) == (tab == "granted")


def test_restricted_lead_is_listed_to_named_people_in_their_tab(client, world):
    lead = world.lead()
    restrict(lead, actor=world.unit_head, people=[], reason="跑风")
    client.force_login(world.unit_head)

    assert [lead.number in shown(client, LEADS, tab=tab) for tab in ("unit", "granted")] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "registered"}, True),
        ({"state": "verifying"}, False),
        ({"q": "三无"}, True),
        ({"q": "假酒"}, False),
        ({"q": "小星星"}, True),
        ({"since": "2099-01-01"}, False),
        ({"until": "2099-01-01"}, True),
        ({"due": "running"}, True),
        ({"due": "overdue"}, False),
    ],
)
def test_lead_list_is_narrowed_by_the_address(client, world, query, found):
    lead = world.lead()
    index_changes()
    client.force_login(world.handler)

    text = shown(client, LEADS, **query)

    assert (lead.number in text) == found


def test_filter_offers_and_takes_own_units_only(client, world):
    world.lead()
    client.force_login(world.handler)

    text = shown(client, LEADS, unit=world.other.pk)

    assert world.other.name not in text
    assert client.get(LEADS, {"unit": world.other.pk}).context["list_form"].errors
    assert not client.get(LEADS, {"unit": world.station.pk}).context["list_form"].errors


@pytest.mark.parametrize("bad", ["a\x07b", "x" * 201])
def test_search_that_cannot_be_is_refused_beside_the_field(client, world, bad):
    lead = world.lead()
    client.force_login(world.handler)

    response = client.get(LEADS, {"q": bad})

    assert list(response.context["list_form"].errors) == ["q"]
    assert lead.number not in response.content.decode()


def test_case_list_shows_what_the_day_needs(client, world):
    case = world.investigating()
    client.force_login(world.handler)

    text = shown(client, CASES)

    for wanted in (
        case.number,
        "某某县小星星玩具店",
        case.cause,
        "吴承办、钱协办",
        str(case.get_state_display()),
    ):
        assert wanted in text


@pytest.mark.parametrize(("stage", "found"), [("investigation", True), ("closure", False)])
def test_case_list_knows_stages(client, world, stage, found):
    case = world.investigating()
    client.force_login(world.handler)

    assert (case.number in shown(client, CASES, stage=stage)) == found


@pytest.mark.parametrize("url", [LEADS, CASES])
def test_list_costs_the_same_for_one_row_and_three(client, world, url):
    world.investigating()
    client.force_login(world.handler)
    client.get(url)

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    world.investigating(), world.investigating()
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_is_this_list_and_is_kept(client, world, kind):
    world.lead(), world.verifying()
    client.force_login(world.handler)

    response = client.get(LEADS, {"state": "verifying", "export": kind})

    body = b"".join(response.streaming_content)
    line = JournalLine.objects.get(verb="records.exported")
    assert (line.actor, line.data["rows"], line.data["format"]) == (world.handler, 1, kind)
    if kind == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        assert [len(rows), rows[1][5]] == [2, str(LeadState.VERIFYING.label)]


def test_export_disarms_formulas(client, world):
    world.lead(title="=HYPERLINK(1)")
    client.force_login(world.handler)

    body = b"".join(client.get(LEADS, {"export": "csv"}).streaming_content).decode("utf-8-sig")

    assert next(csv.reader(io.StringIO(body.splitlines()[1])))[1] == "'=HYPERLINK(1)"


def test_export_needs_the_act(client, world, settings):
    lead = world.lead()
    auditor = world.auditor
    share(lead, actor=world.unit_head, kind="review", reason="评查", user=auditor)
    client.force_login(auditor)

    response = client.get(LEADS, {"tab": "granted", "export": "csv"})

    assert lead.number not in response.content.decode()
    assert not JournalLine.objects.filter(verb="records.exported").exists()


def test_empty_list_says_how_it_fills(client, world):
    client.force_login(world.handler)

    assert "tq-empty" in shown(client, LEADS)
    assert "tq-empty" in shown(client, CASES, tab="mine")
