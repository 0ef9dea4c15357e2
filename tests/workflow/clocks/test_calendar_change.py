"""The calendar or a rule changes: a look at which limits move, then moving them, journalled."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from workflow.models import ClockRule, Deadline, JournalLine, WorkDay, WorkYear
from workflow.services.recompute import dry_run, recompute_all


@pytest.fixture
def limit(world):
    world.lead()
    return Deadline.objects.get(code="C1")


def days_off(*texts):
    for text in texts:
        WorkDay.objects.create(day=text, is_working=False, name="暴雪停工")


def test_dry_run_counts_by_clock_and_dates_and_writes_nothing(limit, world):
    assert dry_run() == []

    days_off("2022-03-02", "2022-03-03")

    [shift] = dry_run()
    assert (shift.code, shift.before, shift.count) == ("C1", limit.due_on, 1)
    assert shift.after > limit.due_on
    assert Deadline.objects.get(pk=limit.pk).due_on == limit.due_on


def test_recomputing_moves_and_journals_once(limit, world):
    days_off("2022-03-02")
    with pytest.raises(PermissionDenied):
        recompute_all(by=world.handler)

    assert recompute_all(by=world.system_admin) == 1
    assert recompute_all(by=world.system_admin) == 0

    moved = Deadline.objects.get(pk=limit.pk)
    line = JournalLine.objects.get(verb="clock.recomputed", lead=limit.lead)
    assert line.data["from"] == limit.due_on.isoformat()
    assert line.data["to"] == moved.due_on.isoformat()
    assert dry_run() == []


def test_page_names_no_record_and_is_for_those_who_keep_settings(client, limit, world):
    days_off("2022-03-02")
    url = reverse("workflow_recompute")
    client.force_login(world.handler)
    assert client.get(url).status_code == 404
    client.force_login(world.system_admin)

    page = client.get(url).content.decode()
    assert "C1" in page
    assert limit.lead.number not in page
    assert client.post(url).status_code == 302
    assert dry_run() == []


@pytest.mark.parametrize(
    ("name", "leads"),
    [("workdays", 1), ("workyears", 1), ("clockrules", 1), ("thresholds", 0)],
)
def test_the_lists_of_calendar_and_rules_lead_to_what_they_move(client, world, name, leads):
    client.force_login(world.system_admin)

    page = client.get(reverse(f"workflow_{name}:index")).content.decode()

    assert page.count(f'href="{reverse("workflow_recompute")}"') == leads


def test_a_year_is_entered_whole_and_then_known(client, world):
    client.force_login(world.system_admin)
    typed = {
        "year": 2027, "source": "国务院办公厅通知",
        "days": "2027-01-01至2027-01-03 休 元旦\n2027-02-14 班",
    }  # fmt: skip

    response = client.post(reverse("workflow_workyears:add"), typed)

    assert response.status_code == 302
    assert response.url == reverse("workflow_recompute")
    assert WorkYear.objects.get().year == 2027
    rows = WorkDay.objects.order_by("day").values_list("day", "is_working")
    assert list(rows) == [
        *((date(2027, 1, n), False) for n in (1, 2, 3)), (date(2027, 2, 14), True),
    ]  # fmt: skip


@pytest.mark.parametrize("days", ["2027-01-01 玩", "2027-02-30 休", "2027-01-01 休\n2027-01-01 班",
                                  "2021-01-01 休", "2027-03-01至2027-01-01 休"])  # fmt: skip
def test_a_notice_typed_wrongly_is_refused(client, world, days):
    client.force_login(world.system_admin)

    typed = {"year": 2027, "source": "通知", "days": days}
    client.post(reverse("workflow_workyears:add"), typed)

    assert not WorkYear.objects.exists()
    assert not WorkDay.objects.exists()


@pytest.fixture
def version():
    return {
        "code": "C1", "effective_from": "2022-03-01", "unit": "working_day", "amount": "10",
        "roll": "forward", "stop_reasons": ["testing"], "steps": "C2 5 5 负责人",
        "source": "新规定第十八条", "confidence": "verified",
    }  # fmt: skip


def test_new_version_counts_from_its_day_and_takes_the_wiring_along(client, world, limit, version):
    client.force_login(world.system_admin)
    old = ClockRule.objects.get(code="C1", effective_from="2021-07-15")
    kept = ClockRule.objects.filter(pk=old.pk).values().get()

    response = client.post(reverse("workflow_clockrules:add"), version)

    assert response.status_code == 302
    new = ClockRule.objects.get(code="C1", effective_from="2022-03-01")
    assert (new.starts_on, new.keyed_by, new.amount) == (old.starts_on, old.keyed_by, 10)
    assert new.steps == [{"code": "C2", "amount": 5, "ceiling": 5, "approver": "leader"}]
    assert ClockRule.objects.filter(pk=old.pk).values().get() == kept
    assert [shift.code for shift in dry_run()] == ["C1"]
    recompute_all(by=world.system_admin)
    assert Deadline.objects.get(pk=limit.pk).rule == new


def test_version_that_was_shipped_is_not_rewritten(client, world, version):
    client.force_login(world.system_admin)
    old = ClockRule.objects.get(code="C1", effective_from="2021-07-15")
    url = reverse("workflow_clockrules:edit", args=[old.pk])
    assert client.get(url).status_code == 200

    client.post(url, version)

    assert ClockRule.objects.get(pk=old.pk).amount == 15


def test_rules_are_for_those_who_keep_settings(client, world):
    client.force_login(world.handler)
    assert client.get(reverse("workflow_clockrules:index")).status_code != 200
    client.force_login(world.system_admin)
    page = client.get(reverse("workflow_clockrules:index"))
    assert page.status_code == 200
