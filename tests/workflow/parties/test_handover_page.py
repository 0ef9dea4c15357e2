"""The page for heads of unit: what would change, then the chosen files go."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock

ADDRESS = "workflow_handover"


@pytest.fixture
def taker(world):
    return world.person("taker", "handler", world.station, name="卫接手")


@pytest.fixture
def data(world, taker):
    moment = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    return {
        "giver": world.handler.pk, "taker": taker.pk, "reason": "调离", "acted_at": moment,
    }  # fmt: skip


def handlers(record):
    return set(record.handlers.filter(ended_on=None).values_list("user__name", flat=True))


@pytest.mark.parametrize(("who", "status"), [("unit_head", 200), ("leader", 200), ("handler", 404)])
def test_page_is_for_those_who_name_handlers(client, world, who, status):
    client.force_login(getattr(world, who))

    assert client.get(reverse(ADDRESS)).status_code == status


def test_head_looks_first_and_hands_the_chosen_files_over(client, world, data):
    case, other = world.investigating(), world.investigating()
    client.force_login(world.unit_head)

    looked = client.post(reverse(ADDRESS), {**data, "all": "preview"})

    assert [case.number in looked.content.decode(), handlers(case)] == [True, {"吴承办", "钱协办"}]
    file = f"case-{case.pk}"
    done = client.post(reverse(ADDRESS), {**data, "do": "apply", "file": [file]})
    assert done.status_code == 302
    assert handlers(case) == {"卫接手", "钱协办"}
    assert handlers(other) == {"吴承办", "钱协办"}


def test_a_closed_file_goes_too_and_an_archived_one_stays(client, world, data):
    closed, archived = world.closed(), world.archived()
    client.force_login(world.unit_head)

    looked = client.post(reverse(ADDRESS), {**data, "all": "preview"})

    assert [record for record, _outcome in looked.context["lines"]] == [closed]
    assert looked.context["form"].fields["giver"].label == "移交人"
    client.post(reverse(ADDRESS), {**data, "do": "apply", "file": [f"case-{closed.pk}"]})
    assert (handlers(closed), handlers(archived)) == ({"卫接手", "钱协办"}, {"吴承办", "钱协办"})


def test_files_of_other_units_and_restricted_ones_are_not_hinted_at(client, world, data):
    from workflow.services.access import restrict

    case = world.investigating()
    for record in (case, case.lead):
        restrict(record, actor=world.leader, people=[], reason="保密")
    client.force_login(world.unit_head)

    data["giver"] = world.handler.pk
    answer = client.post(reverse(ADDRESS), {**data, "all": "preview"})

    assert answer.status_code == 422
    assert case.number not in answer.content.decode()
