"""``tick``: reminders once and to the right people, lapsed rights, one failing job."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from accounts.grants import recompute_grants
from accounts.models import Posting, Unit, User
from accounts.services import appoint
from tests.workflow.clocks.conftest import at
from workflow import tick as ticking
from workflow.clocks.remind import overdue, remind
from workflow.models import Deadline, UserNotice
from workflow.plugin import Job
from workflow.tick import tick

pytestmark = pytest.mark.django_db
SINCE = date(2019, 1, 1)


@pytest.fixture
def posted(unit, officer):
    """A handler, the head of the unit and a leader, all posted from 2019 on."""
    people = {"handler": officer}
    for role in ("unit_head", "leader"):
        people[role] = User.objects.create(username=role, name=role)
    for role, user in people.items():
        appoint(by=None, user=user, role=role, unit=unit, reason="test", from_on=SINCE)
    return people


@pytest.fixture
def running(case, write, handler, posted):
    write(case, "case.open", "2021-08-02")  # due on 2021-11-01
    return Deadline.objects.get(code="C12")


def move_away(username, unit):
    """The person's posting is in another station from now on."""
    other = Unit.objects.filter(code="elsewhere").first() or Unit.add_root(
        code="elsewhere", name="另一所", kind="station", valid_from=SINCE
    )
    Posting.objects.filter(user__username=username).update(unit=other)
    recompute_grants(User.objects.get(username=username))


def told():
    return sorted(UserNotice.objects.values_list("user__username", flat=True))


def test_nobody_is_reminded_early(running):
    assert remind(at("2021-10-28")) == 0
    assert told() == []


def test_handler_is_reminded_before_and_on_the_day_once_each(running):
    assert [remind(at("2021-10-29")), remind(at("2021-10-30")), remind(at("2021-11-01"))] == [
        1,
        0,
        1,
    ]
    assert told() == ["wang", "wang"]


def test_head_of_unit_then_leader_are_told_of_a_late_one(running):
    remind(at("2021-11-02"))
    assert told() == ["unit_head", "wang"]

    remind(at("2021-11-05"))
    assert told() == ["leader", "unit_head", "unit_head", "wang", "wang"]
    assert remind(at("2021-12-05")) == 0


def test_met_and_paused_limits_are_quiet(running, case, write):
    write(case, "case.suspend", "2021-10-01")
    assert remind(at("2021-12-01")) == 0
    write(case, "case.terminate", "2021-12-01")
    write(case, "case.close", "2021-12-02")
    assert remind(at("2022-12-01")) == 0


def test_moved_limit_is_reminded_of_anew(running, case, write):
    remind(at("2021-11-01"))
    write(case, "case.extend", "2021-11-01")

    assert remind(at("2021-11-30")) == 1


def test_restricted_case_is_not_told_to_who_may_not_see_it(running, case):
    case.restricted = True
    case.save()

    remind(at("2021-11-05"))

    assert told() == []


@pytest.mark.parametrize(
    ("stays", "names"), [(True, ["wang"]), (False, ["unit_head"])], ids=["sees", "moved away"]
)
def test_head_is_told_instead_of_handlers_who_no_longer_see_the_file(running, unit, stays, names):
    if not stays:
        move_away("wang", unit)

    assert remind(at("2021-10-29")) == 1
    assert told() == names


def test_leader_is_told_where_neither_handler_nor_head_sees_the_file(running, unit):
    move_away("wang", unit)
    move_away("unit_head", unit)

    remind(at("2021-10-29"))

    assert told() == ["leader"]


@pytest.mark.parametrize("handles", [True, False])
def test_somebody_who_knows_a_restricted_file_is_told(running, case, officer, handles):
    case.restricted = True
    case.save()
    clerk = User.objects.create(username="clerk", name="知情人")
    appoint(by=None, user=clerk, role="handler", unit=case.unit, reason="t", from_on=SINCE)
    for user in (clerk, officer) if handles else (clerk,):
        case.grants.create(user=user, kind="named", reason="t", from_on=SINCE)

    remind(at("2021-10-29"))

    assert told() == (["wang"] if handles else ["clerk"])


def test_stage_nobody_could_be_told_of_is_told_once_somebody_sees_the_file(running, case, officer):
    case.restricted = True
    case.save()
    assert [remind(at("2021-10-29")), told()] == [0, []]

    case.grants.create(user=officer, kind="named", reason="t", from_on=SINCE)

    assert [remind(at("2021-10-29T09:05")), told()] == [1, ["wang"]]


def test_limit_of_the_police_is_told_to_the_handler_when_it_is_over(
    transfer, write, handler, posted
):
    write(transfer, "transfer.receipt", "2021-08-02")

    assert [remind(at("2021-08-05")), remind(at("2021-08-10")), remind(at("2021-09-10"))] == [
        0,
        1,
        0,
    ]
    assert told() == ["wang"]


def test_hours_are_over_at_the_minute(transfer, write, handler, posted):
    write(transfer, "transfer.approve", "2021-08-05T10:00")

    remind(at("2021-08-06T10:00"))
    assert Deadline.objects.get(code="T3").reminded_stage == Deadline.Stage.TODAY
    remind(at("2021-08-06T10:01"))
    assert Deadline.objects.get(code="T3").reminded_stage == Deadline.Stage.OVERDUE
    assert overdue(on=at("2021-08-06T10:01")).count() == 1


def test_notice_of_a_limit_of_hours_says_the_hour(transfer, write, handler, posted):
    write(transfer, "transfer.approve", "2021-08-05T10:00")

    with translation.override("zh-hans"):
        remind(at("2021-08-06T10:01"))

    said = UserNotice.objects.filter(user__username="wang").values_list("text", flat=True)
    assert list(said) == ["案1：向同级公安机关移送已于2021年8月6日 10:00届满。"]


def test_limit_of_hours_that_moves_within_its_day_is_reminded_of_anew(
    transfer, write, handler, posted
):
    approved = write(transfer, "transfer.approve", "2021-08-05T10:00")
    assert remind(at("2021-08-06T10:01")) == 1

    right = at("2021-08-05T15:00").isoformat()
    write(transfer, "correct", "2021-08-06", corrects=approved, acted_at=right)

    assert [remind(at("2021-08-06T14:59")), remind(at("2021-08-06T15:01"))] == [1, 1]
    assert told() == ["unit_head", "unit_head", "wang", "wang", "wang"]


@pytest.mark.parametrize(("asked", "count"), [("2026-09-29", 0), ("2026-09-30", 1)])
def test_limit_that_ends_in_the_holidays_is_told_before_them(running, asked, count):
    """查封、扣押 rolls off no rest day: it ends on 5 October, nobody is there from the first on."""
    Deadline.objects.update(due_on=date(2026, 10, 5))

    assert remind(at(asked)) == count


def test_right_that_was_not_used_lapses_after_its_day(case, parties, write):
    write(case, "notice.served", "2021-08-11", party=parties[0].pk)  # until 2021-08-18

    tick(at("2021-08-18"))
    assert Deadline.objects.get(code="C23").state == "running"
    tick(at("2021-08-19"))
    window = Deadline.objects.get(code="C23")
    assert (window.state, window.due_on) == ("cancelled", date(2021, 8, 18))


def test_job_that_fails_is_named_and_stops_no_other(running, monkeypatch):
    def broken(now):
        raise RuntimeError("no paper")

    monkeypatch.setattr(ticking, "CORE", (Job(name="printer", run=broken), *ticking.CORE))

    done = {job.name: job for job in tick(at("2021-11-01"))}

    assert "no paper" in done["printer"].error
    assert done["reminders"].count == 1
    with pytest.raises(CommandError, match="printer"):
        call_command("tick")


def test_journal_is_sealed_once_a_day(running):
    first = {job.name: job.count for job in tick(at("2021-11-02T00:03"))}
    again = {job.name: job.count for job in tick(at("2021-11-02T00:08"))}

    assert (first["journal_seal"] > 0, again["journal_seal"]) == (True, 0)
