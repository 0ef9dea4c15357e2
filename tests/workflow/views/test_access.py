"""Naming handlers, recusal, opening and restricting records."""

from __future__ import annotations

import pytest
from django.urls import reverse

from workflow.models import AccessGrant, Case, Handler
from workflow.services.access import share


def page(record, name, *args):
    return reverse(f"workflow_{record.machine}:{name}", args=[record.pk, *args])


@pytest.fixture
def lead(world):
    return world.lead()


@pytest.fixture
def head(client, world):
    client.force_login(world.unit_head)
    return client


def handling(record):
    rows = Handler.objects.filter(**{record.machine: record}, ended_on=None)
    return [row.user.username for row in rows]


def test_handlers_are_named_in_order(head, world, lead):
    data = {"leading": world.second.pk, "others": [world.handler.pk, world.second.pk]}

    response = head.post(page(lead, "handlers"), data)

    assert (response.status_code, handling(lead)) == (302, ["second", "handler"])


@pytest.mark.parametrize("who", ["stranger", "leader"])
def test_candidates_are_the_handlers_of_the_unit(head, world, lead, who):
    other = getattr(world, who)
    data = {"leading": world.handler.pk, "others": [other.pk]}

    response = head.post(page(lead, "handlers"), data)

    assert other.name not in head.get(page(lead, "handlers")).content.decode()
    assert (response.status_code, handling(lead)) == (422, [])


def test_one_handler_is_not_enough(head, world, lead):
    data = {"leading": world.handler.pk, "others": [world.handler.pk]}

    assert list(head.post(page(lead, "handlers"), data).context["form"].errors) == ["others"]


def test_handler_is_recused_by_a_leader(client, world):
    case = world.investigating()
    row = case.handlers.first()
    client.force_login(world.leader)

    response = client.post(page(case, "recuse", row.pk), {"reason": "亲属"})

    row.refresh_from_db()
    assert (response.status_code, row.recusal_reason) == (302, "亲属")
    assert client.get(page(case, "recuse", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("named", "opened"),
    [({"person": "孙外所"}, True), ({"person": "stranger"}, True), ({"unit": "东流所"}, True)],
)
def test_record_is_opened_by_name(head, world, lead, named, opened):
    stranger = world.stranger
    data = {"kind": "assist", "reason": "协办", **named}

    response = head.post(page(lead, "share"), data)

    assert response.status_code == 302
    assert type(lead).objects.granted_to(stranger).filter(pk=lead.pk).exists() == opened


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": "不存在"}, "person"),
        ({"person": ""}, "person"),
        ({"person": "孙外所", "unit": "东流所"}, "person"),
        ({"person": "", "unit": "火星所"}, "unit"),
        ({"until_on": "2020-01-01"}, "until_on"),
        ({"reason": ""}, "reason"),
        ({"kind": "owner"}, "kind"),
    ],
)
def test_wrong_opening_is_said_beside_its_field(head, world, lead, changes, field):
    data = {"kind": "assist", "reason": "协办", "person": world.stranger.name, **changes}

    response = head.post(page(lead, "share"), data)

    assert list(response.context["form"].errors) == [field]
    assert not AccessGrant.objects.exists()


def test_page_lists_nobody_who_was_not_named(head, world, lead):
    name = world.stranger.name

    assert name not in head.get(page(lead, "share")).content.decode()


def test_access_ends(head, world, lead):
    grant = share(lead, actor=world.unit_head, kind="assist", reason="协办", user=world.stranger)

    head.post(page(lead, "end_share", grant.pk), {"reason": "办结"})

    assert not type(lead).objects.granted_to(world.stranger).exists()
    assert head.get(page(lead, "end_share", grant.pk)).status_code == 404


def test_grant_of_another_record_is_not_found(head, world, lead):
    grant = share(
        world.lead(), actor=world.unit_head, kind="assist", reason="协办", user=world.stranger
    )

    assert head.get(page(lead, "end_share", grant.pk)).status_code == 404


def test_restriction_and_its_end(head, world, lead):
    head.post(page(lead, "restrict"), {"reason": "保密", "people": "李所长、不存在"})
    refused = type(lead).objects.get().restricted
    head.post(page(lead, "restrict"), {"reason": "保密", "people": ""})
    restricted = type(lead).objects.get().restricted
    shown = head.get(page(lead, "access")).status_code
    head.post(page(lead, "lift"), {"reason": "解除"})

    assert (refused, restricted, shown) == (False, True, 200)
    assert not type(lead).objects.get().restricted


@pytest.mark.parametrize("name", ["access", "handlers", "share", "restrict", "lift", "edit"])
def test_pages_of_a_foreign_record_do_not_exist(client, world, lead, name):
    client.force_login(world.stranger)

    assert client.get(page(lead, name)).status_code == 404


@pytest.mark.parametrize("name", ["handlers", "share", "restrict", "lift"])
def test_who_may_not_reads_why(client, world, lead, name):
    client.force_login(world.handler)

    response = client.post(page(lead, name), {"reason": "x", "kind": "assist", "person": "handler"})

    assert response.status_code in (200, 422)
    assert not AccessGrant.objects.exists()


def test_case_is_changed_with_amounts_in_yuan(client, world):
    case = world.investigating()
    client.force_login(world.handler)
    data = {
        "title": "改过的案名", "cause": case.cause, "facts": "经查。",
        "goods_value_fen": "12,345.67", "illegal_gains_fen": "0",
    }  # fmt: skip

    response = client.post(page(case, "edit"), data)

    case = Case.objects.get()
    assert response.status_code == 302
    assert (case.title, case.goods_value_fen, case.illegal_gains_fen) == ("改过的案名", 1234567, 0)
    assert 'value="12345.67"' in client.get(page(case, "edit")).content.decode()


@pytest.mark.parametrize("amount", ["-1", "1.234", "many", "9" * 20])
def test_amount_that_cannot_be_is_refused_and_kept(client, world, amount):
    case = world.investigating()
    client.force_login(world.handler)
    data = {"title": "t", "cause": "c", "goods_value_fen": amount}

    response = client.post(page(case, "edit"), data)

    assert list(response.context["form"].errors) == ["goods_value_fen"]
    assert amount in response.content.decode()
