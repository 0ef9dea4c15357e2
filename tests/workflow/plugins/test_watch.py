"""An officer's own mark on a case: on the desk, in the list, never beyond what may be seen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.everything import everything
from workflow import api
from workflow.plugins.watch.models import Watch
from workflow.plugins.watch.selectors import watched_by, watchers
from workflow.plugins.watch.services import unwatch, watch
from workflow.services import access


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def address(case):
    return reverse("plugins:watch:mark", args=[case.pk])


def test_mark_is_set_once_and_taken_away(world, case):
    for _ in range(2):
        watch(case, user=world.handler)

    assert list(watched_by(world.handler)) == [case]
    assert watchers([case]) == {case.pk: 1}

    for _ in range(2):
        unwatch(case, user=world.handler)
    assert list(watched_by(world.handler)) == []


def test_case_that_left_one_s_scope_leaves_the_desk(world, case):
    watch(case, user=world.leader)

    access.restrict(case, actor=world.unit_head, people=[], reason="防止跑风漏气")

    assert list(watched_by(world.leader)) == []


def test_page_marks_and_unmarks(world, case, address, client):
    client.force_login(world.handler)
    assert 'name="watch"' in client.get(address).content.decode()

    assert client.post(address, {"watch": "1"}).status_code == 302
    assert Watch.objects.get().user == world.handler
    assert 'name="unwatch"' in client.get(address).content.decode()

    client.post(address, {"unwatch": "1"})
    assert not Watch.objects.exists()


def test_stranger_finds_nothing_and_changes_nothing(world, address, client):
    client.force_login(world.stranger)
    before = everything(but=("sessions.Session",))

    assert client.get(address).status_code == 404
    assert client.post(address, {"watch": "1"}).status_code == 404

    assert everything(but=("sessions.Session",)) == before


@pytest.mark.parametrize(("who", "offered"), [("handler", True), ("system_admin", False)])
def test_who_can_open_no_case_is_not_told_to_watch_one(world, client, who, offered):
    client.force_login(getattr(world, who))

    desk = client.get(reverse("wagtailadmin_home")).content.decode()

    assert ("关注的案件" in desk) is offered


def test_case_page_list_and_desk_show_it(world, case, address, client):
    watch(case, user=world.handler)
    client.force_login(world.handler)

    page = client.get(reverse("workflow_case:inspect", args=[case.pk])).content.decode()
    listed = client.get(reverse("workflow_case:index")).content.decode()
    desk = client.get(reverse("wagtailadmin_home")).content.decode()

    assert address in page
    assert str(api.Case._meta.verbose_name) != ""
    assert "关注" in listed or "Watched by" in listed
    assert case.number in desk
