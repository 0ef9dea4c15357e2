"""Values no honest browser sends: refused beside their field, never an error page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.fuzz.controls import Page
from workflow.models import Handler, Penalty


def post(client, user, record, name, args=(), **data):
    client.force_login(user)
    address = reverse(f"workflow_{record.machine}:{name}", args=[record.pk, *args])
    return client.post(address, data)


@pytest.mark.parametrize("key", ["9" * 30, "-1", "x", "999999"])
def test_key_that_is_none_is_no_choice(client, world, key):
    case = world.investigating()
    before = list(Handler.objects.values())

    answer = post(client, world.unit_head, case, "handlers", users=[key])

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert list(Handler.objects.values()) == before


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2101-01-01", "9999-12-31"])
def test_day_of_another_age_is_refused_beside_its_field(client, world, day):
    case = world.enforcing()
    penalty = case.parties.get().decisions.get().penalties.get()

    answer = post(client, world.handler, case, "record_performed", [penalty.pk], performed_on=day)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["performed_on"]
    assert Penalty.objects.get(pk=penalty.pk).performed_on is None


@pytest.mark.parametrize(
    "moment", ["0001-01-01", "0001-01-01T00:00", "1990-01-01T00:00+09:00", "9999-12-31T23:59"]
)
def test_moment_of_another_age_is_refused_beside_its_field(client, world, moment):
    case = world.concluded()

    answer = post(client, world.handler, case, "step", ["case.submit_review"], acted_at=moment)

    assert answer.status_code == 422
    assert "acted_at" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("day", "wrong"), [("1900-01-01T09:00", ["scheduled_at"]), ("2022-04-01T09:00", [])]
)
def test_hearing_of_another_age_is_refused_beside_its_field(client, world, day, wrong):
    case = world.noticed(hearing_right=True, fine_fen=100_000_000)
    case = world.answer(case, "hearing", text="要求听证")

    answer = post(client, world.jurist, case, "step", ["case.schedule_hearing"],
                  chair=world.jurist.pk, place="县局", scheduled_at=day,
                  notified_at="2022-03-01T09:00", seen=case.version)  # fmt: skip

    assert answer.status_code == (422 if wrong else 302)
    assert [*answer.context["form"].errors] == wrong if wrong else True


def test_a_control_is_described_by_its_error_with_help_without_and_as_a_group(client, world):
    """What a screen reader says at the field: the ids the control points to exist."""
    case = world.investigating()

    answer = post(client, world.handler, case, "step", ["case.conclude"],
                  report="铃\x07声", acted_at="昨天")  # fmt: skip
    people = post(client, world.unit_head, case, "handlers", leading="999999", others=["999999"])

    said = [Page("/", shown.content).forms() for shown in (answer, people)]
    errors = {
        name: bool(control.error)
        for form in (form for forms in said for form in forms if form.method == "post")
        for name, control in form.controls.items()
    }
    wrong = {name: errors[name] for name in ("report", "proposal", "acted_at", "others")}
    assert wrong == dict.fromkeys(wrong, True)
    assert not errors["late_reason"]
