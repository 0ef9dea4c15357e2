"""The desk, the lists of limits, signatures, transfers and notices."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from tests.casework import later
from workflow import api
from workflow.models import Deadline, UserNotice
from workflow.services.access import restrict, share

HOME = reverse("wagtailadmin_home")
TOPS = ("workflow_deadlines", "workflow_approvals", "workflow_transfers", "workflow_notices")


def desk(client, user):
    client.force_login(user)
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def desk_rows(client, user):
    client.force_login(user)
    return [(row.record, row.reason) for row in client.get(HOME).context["desk"].tasks]


def test_desk_names_the_day(client, world):
    text = desk(client, world.handler)

    assert "2022年3月1日" in text


def test_limits_of_what_i_handle_stand_on_my_desk(client, world):
    lead = world.verifying()
    with later(days=40):
        mine, others = desk(client, world.handler), desk(client, world.stranger)

    assert (lead.number in mine, "tq-days--overdue" in mine) == (True, True)
    assert lead.number not in others


def test_what_i_handle_and_what_was_sent_back_stand_on_my_desk(client, world):
    lead, case = world.verifying(), world.investigating()
    world.archived()
    approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": "复杂"})
    api.send_back(approval, actor=world.unit_head, reason="理由不充分")

    rows = [desk_rows(client, user) for user in (world.handler, world.unit_head)]

    assert rows == [[(case, "理由不充分"), (lead, "")], []]


def test_what_was_sent_back_and_proposed_again_is_done(client, world):
    case = world.investigating()
    for reason in ("复杂", "检验结论尚未作出"):
        approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": reason})
        if reason == "复杂":
            api.send_back(approval, actor=world.unit_head, reason="理由不充分")

    assert desk_rows(client, world.handler) == [(case, "")]


def test_the_number_of_this_week_leads_to_just_those(client, world):
    """A Tuesday: due today, on Sunday, on Monday, and already over."""
    for days in (0, 5, 6, -1):
        limit = world.verifying().deadlines.get(code="C1")
        Deadline.objects.filter(pk=limit.pk).update(due_on=clock.today() + timedelta(days=days))
    client.force_login(world.handler)

    week = client.get(HOME).context["desk"].week
    listed = client.get(reverse("workflow_deadlines"), {"tab": "mine", "state": "week"})

    assert (week, len(listed.context["lines"])) == (2, 2)


def test_proposal_waits_for_the_next_signer_alone(client, world):
    lead = world.verifying()
    approval = api.propose(lead, "lead.file", actor=world.handler, data=world.filing())

    def waits(user):
        client.force_login(user)
        return lead.number in client.get(reverse("workflow_approvals")).content.decode()

    before = [waits(user) for user in (world.unit_head, world.leader, world.handler)]
    api.sign(approval, actor=world.unit_head, opinion="同意")
    after = [waits(user) for user in (world.unit_head, world.leader, world.handler)]

    assert (before, after) == ([True, False, False], [False, True, False])


def test_proposer_finds_what_became_of_it(client, world):
    lead = world.verifying()
    approval = api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
    api.send_back(approval, actor=world.unit_head, reason="事实不清")
    client.force_login(world.handler)

    text = client.get(reverse("workflow_approvals"), {"tab": "proposed"}).content.decode()

    assert "事实不清" in text


def test_case_under_review_waits_for_reviewers(client, world):
    case = world.reviewing()

    assert case.number in desk(client, world.reviewer)
    assert "case.give_opinion" not in desk(client, world.handler)


def test_leaders_see_their_units_in_numbers(client, world):
    world.lead()

    assert "desk-units" in desk(client, world.leader)
    assert "desk-units" not in desk(client, world.handler)


def test_restricted_record_is_on_no_desk_but_of_named_people(client, world):
    lead = world.verifying()
    restrict(lead, actor=world.unit_head, people=[], reason="保密")
    with later(days=40):
        found = {
            user.username: lead.number in desk(client, user)
            for user in (world.handler, world.unit_head, world.leader, world.office)
        }

    assert found == {"handler": True, "unit_head": True, "leader": False, "office": False}


def test_shared_record_stands_under_what_was_opened(client, world):
    lead = world.lead()
    share(lead, actor=world.unit_head, kind="assist", reason="协办", user=world.stranger)

    assert lead.number in desk(client, world.stranger)


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "auditor", "editor"])
def test_people_without_casework_have_no_casework(client, world, who):
    lead = world.lead()
    text = desk(client, getattr(world, who))

    assert lead.number not in text
    for name in TOPS[:3]:
        assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["wagtailadmin_home", *TOPS])
def test_page_costs_the_same_for_one_record_and_three(client, world, name):
    url = reverse(name)

    def work():
        lead = world.verifying()
        api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
        UserNotice.objects.create(user=world.unit_head, key=lead.number, text="到期", lead=lead)

    work()
    client.force_login(world.unit_head)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    work(), work()
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"state": "overdue"}, True),
        ({"state": "met"}, False),
        ({"code": "none"}, False),
    ],
)
def test_limits_are_narrowed_by_the_address(client, world, query, found):
    lead = world.verifying()
    client.force_login(world.unit_head)
    with later(days=40):
        text = client.get(reverse("workflow_deadlines"), query).content.decode()

    assert (lead.number in text) == found


def test_notices_are_mine_and_can_be_read(client, world):
    mine = UserNotice.objects.create(user=world.handler, key="a", text="三天后到期")
    theirs = UserNotice.objects.create(user=world.stranger, key="a", text="别人的")
    client.force_login(world.handler)
    url = reverse("workflow_notices")

    text = client.get(url).content.decode()
    client.post(url, {"notice": mine.pk})
    client.post(url, {"notice": theirs.pk})
    mine.refresh_from_db(), theirs.refresh_from_db()

    assert ("三天后到期" in text, "别人的" in text) == (True, False)
    assert (bool(mine.read_at), theirs.read_at) == (True, None)


def test_notice_of_a_record_that_left_the_scope_keeps_its_text(client, world):
    lead = world.lead()
    UserNotice.objects.create(user=world.stranger, key="a", text="线索到期", lead=lead)
    client.force_login(world.stranger)

    assert "线索到期" not in client.get(reverse("workflow_notices")).content.decode()


def test_today_is_the_bureaus_day(client, world):
    with clock.at(clock.now() + timedelta(days=4)):
        assert "2022年3月5日" in desk(client, world.handler)
