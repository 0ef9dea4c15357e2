"""The page of one step: what it says, what it does, and that a refusal changes nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests.casework import later, reload
from workflow import api
from workflow.services import case_file


def step_url(record, name):
    return reverse(f"workflow_{record.machine}:step", args=[record.pk, name])


def send(client, user, record, name, data=None, *, seen=None):
    client.force_login(user)
    version = reload(record).version if seen is None else seen
    return client.post(step_url(record, name), {**(data or {}), "seen": version})


def test_step_page_says_what_will_happen(client, world):
    lead = world.verifying()
    client.force_login(world.handler)

    shown = client.get(step_url(lead, "lead.file")).content.decode()

    transition = api.catalogue()["lead.file"].transition
    assert str(escape(transition.sentence)) in shown
    assert str(escape(transition.law)) in shown
    assert f'name="seen" value="{lead.version}"' in shown


def test_step_moves_the_record_and_says_where_it_is_now(client, world):
    case = world.concluded()

    response = send(client, world.handler, case, "case.submit_review")

    case = reload(case)
    assert case.state == "reviewing"
    assert response.url == reverse("workflow_case:inspect", args=[case.pk])
    followed = client.get(response.url).content.decode()
    assert str(case.get_state_display()) in followed


def test_step_with_approval_is_proposed(client, world):
    lead = world.verifying()

    response = send(client, world.handler, lead, "lead.file", world.filing())

    assert response.status_code == 302
    assert reload(lead).state == "verifying"
    assert [a.transition for a in api.pending_of(lead)] == ["lead.file"]


def test_form_of_a_waiting_step_leads_to_its_approval(client, world):
    lead = world.verifying()
    approval = api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
    client.force_login(world.handler)

    response = client.get(step_url(lead, "lead.file"))

    assert response.url == reverse("workflow_lead:approval", args=[lead.pk, approval.pk])


def test_missing_field_is_refused_and_what_was_typed_is_kept(client, world):
    lead = world.verifying()
    data = world.filing() | {"title": "", "reason": "写了很久的事实与理由"}

    response = send(client, world.handler, lead, "lead.file", data)

    assert response.status_code == 422
    assert "写了很久的事实与理由" in response.content.decode()
    assert api.pending_of(lead) == []


@pytest.mark.parametrize("seen", ["0", "", "x", "99999999999999"])
def test_stale_page_is_refused(client, world, seen):
    case = world.concluded()

    response = send(client, world.handler, case, "case.submit_review", seen=seen)

    assert response.status_code == 422
    assert "cw-refused" in response.content.decode()
    assert reload(case).state == "concluded"


def test_heavy_step_asks_twice(client, world):
    lead = world.verifying()
    world.police  # noqa: B018 -- the body it is referred to exists
    data = {"authority": world.police.pk, "reason": "不属本局管辖"}

    once = send(client, world.handler, lead, "lead.refer", data)
    twice = send(client, world.handler, lead, "lead.refer", data | {"confirm": "1"})

    assert (once.status_code, twice.status_code) == (422, 302)
    assert "不属本局管辖" in once.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("acted_at", "2099-01-01T09:00"), ("acted_at", "2000-01-01T09:00"), ("note", "坏\x00字"),
     ("note", "长" * 3_000), ("acted_at", "gestern")],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(client, world, field, value):
    case = world.concluded()

    response = send(client, world.handler, case, "case.submit_review", {field: value})

    assert response.status_code == 422
    assert reload(case).state == "concluded"


def test_ten_megabytes_of_text_are_refused(client, world):
    case = world.concluded()
    client.force_login(world.handler)

    response = client.post(
        step_url(case, "case.submit_review"), {"note": "长" * 3_500_000, "seen": case.version}
    )

    assert response.status_code == 422
    assert reload(case).state == "concluded"


def test_same_step_twice_is_refused_the_second_time(client, world):
    case = world.concluded()
    seen = case.version

    first = send(client, world.handler, case, "case.submit_review", seen=seen)
    second = send(client, world.handler, case, "case.submit_review", seen=seen)

    assert (first.status_code, second.status_code) == (302, 422)


@pytest.mark.parametrize("name", ["case.transfer", "case.nothing", "lead.file"])
def test_step_that_is_nobodys_does_not_exist(client, world, name):
    case = world.investigating()
    client.force_login(world.handler)

    assert client.get(step_url(case, name)).status_code == 404
    assert client.post(step_url(case, name), {"seen": case.version}).status_code == 404


def test_step_on_a_record_out_of_scope_does_not_exist(client, world):
    case = world.concluded()

    assert send(client, world.stranger, case, "case.submit_review").status_code == 404
    assert reload(case).state == "concluded"


def test_step_without_the_right_says_so_and_offers_no_form(client, world):
    case = world.concluded()
    client.force_login(world.reviewer)

    shown = client.get(step_url(case, "case.submit_review")).content.decode()

    assert "cw-refused" in shown
    assert 'name="seen"' not in shown


def test_person_whose_posting_ended_is_turned_away(client, world):
    case = world.concluded()
    client.force_login(world.handler)
    case_file.edit_case(case, actor=world.handler, fields={"place": "东流镇"})
    with later(days=1):
        world.handler.postings.update(until_on="2022-03-01")

        response = client.post(step_url(case, "case.submit_review"), {"seen": reload(case).version})

    assert response.status_code in (302, 403, 404)
    assert reload(case).state == "concluded"


def test_act_needs_post(client, world):
    case = world.concluded()
    client.force_login(world.handler)

    client.get(step_url(case, "case.submit_review"), {"seen": case.version})

    assert reload(case).state == "concluded"
    assert client.put(step_url(case, "case.submit_review")).status_code == 405


@pytest.mark.parametrize("who", ["unit_head", "handler"])
def test_text_typed_for_a_step_that_is_closed_by_now_can_be_copied(client, world, who):
    """Closed by its state for the one who took it; never open to the other."""
    lead = world.verifying()
    twin = world.verifying()
    data = {"merged_into": twin.number, "reason": "同一事项，写了很久<b>"}
    api.perform(lead, "lead.merge", actor=world.unit_head, data=data)

    response = send(client, getattr(world, who), lead, "lead.merge", data | {"confirm": "1"})

    assert response.status_code == 422
    assert "写了很久&lt;b&gt;</textarea>" in response.content.decode()
    assert (
        "<form" not in response.content.decode().split('id="typed-text"')[1].split("</section>")[0]
    )
