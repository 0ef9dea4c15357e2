"""A limit of hours on every screen: late at its minute, and the minute is said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import clock
from workflow.models import Deadline

LIST = "/admin/deadlines/"
MINUTE = "2022年3月1日 13:30"


@pytest.fixture
def case(world):
    """One limit, of hours, that ended or ends at half past one on the day of the test."""
    case = world.investigating()
    due = clock.now().astimezone(clock.timezone.get_default_timezone()).replace(
        hour=13, minute=30, second=0, microsecond=0
    )  # fmt: skip
    Deadline.objects.exclude(case=case, code="C12").delete()
    Deadline.objects.update(due_on=due.date(), due_at=due)
    return case


def minutes_from_due(number):
    return clock.at(Deadline.objects.get().due_at + timedelta(minutes=number))


def rows(client, address, **query):
    return [row.light for row in client.get(address, query).context["lines"]]


@pytest.mark.parametrize(("minutes", "over"), [(-1, []), (1, ["overdue"])])
def test_lists_filter_by_the_minute(client, world, case, minutes, over):
    client.force_login(world.handler)

    with minutes_from_due(minutes):
        limits = rows(client, LIST, state="overdue")
        cases = rows(client, reverse("workflow_case:index"), due="overdue")
        soon = rows(client, reverse("workflow_case:index"), due="soon")
        near = rows(client, LIST, state="near")
        desk = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (limits, cases) == (over, over)
    assert (soon, near) == ([] if over else ["today"], over or ["today"])
    assert f"逾期 <strong>{len(over)}</strong>" in desk


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-150, "剩 2 小时"), (-20, "剩余不足 1 小时"), (20, "逾期不足 1 小时"), (150, "逾期 2 小时")],
)
def test_minute_and_hours_are_said_wherever_the_limit_stands(client, world, case, minutes, said):
    client.force_login(world.handler)
    page = reverse("workflow_case:inspect", args=[case.pk])
    lists = (LIST, reverse("workflow_case:index"), reverse("wagtailadmin_home"))

    with minutes_from_due(minutes):
        for address in (*lists, page, f"{page}?tab=deadlines"):
            body = client.get(address).content.decode()
            assert (MINUTE in body, said in body) == (True, True), address


@pytest.mark.parametrize("address", [LIST, "/admin/cases/"])
def test_export_says_them_too(client, world, case, address):
    client.force_login(world.unit_head)

    with minutes_from_due(150):
        text = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()

    assert (MINUTE in text, "逾期 2 小时" in text) == (True, True)
