"""Pauses, extensions and the end of a limit entered by hand; the mending of a wrong date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import START, later
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline, JournalLine
from workflow.services import limits
from workflow.services.corrections import correct
from workflow.services.rehearsal import rehearse

TODAY = START.date()


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def limit(case):
    return Deadline.objects.get(case=case, code="C12")


def code_of(caught):
    return [refusal.code for refusal in caught.value.refusals]


def pause(limit, world, **changed):
    given = {
        "actor": world.handler, "reason": "testing", "start_on": TODAY,
        "end_on": TODAY + timedelta(days=9), "document": "检验期间告知书1号",
    }  # fmt: skip
    return limits.pause_limit(limit, **{**given, **changed})


def fresh(limit):
    return Deadline.objects.get(pk=limit.pk)


def test_pause_moves_the_date_by_its_days(limit, world):
    before = limit.due_on

    line = pause(limit, world, start_on=TODAY, end_on=TODAY + timedelta(days=9))

    assert line.verb == "clock.pause"
    assert fresh(limit).due_on > before
    assert limit.pauses.get().document == "检验期间告知书1号"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "weather"}, "no_such_reason"),
        ({"document": ""}, "document_missing"),
        ({"end_on": TODAY - timedelta(days=1)}, "turned_round"),
        ({"start_on": TODAY + timedelta(days=1)}, "in_the_future"),
    ],
)
def test_pause_without_ground_document_or_order_is_refused(limit, world, changed, code):
    with pytest.raises(TransitionRefused) as caught:
        pause(limit, world, **changed)

    assert code in code_of(caught)
    assert not limit.pauses.exists()


def test_back_dated_pause_needs_a_reason(limit, world):
    with later(days=20):
        with pytest.raises(TransitionRefused) as caught:
            pause(limit, world)
        assert code_of(caught) == ["late"]

        pause(limit, world, late_reason="告知书今日归卷")
    assert limit.pauses.get().start_on == TODAY


def test_document_of_another_file_is_refused(limit, world, case):
    strange = world.evidence(world.investigating(title="另一线索"))

    with pytest.raises(TransitionRefused) as caught:
        pause(limit, world, evidence=strange)
    assert code_of(caught) == ["not_on_file"]

    pause(limit, world, evidence=world.evidence(case), document="")
    assert limit.pauses.get().evidence.case_id == case.pk


def test_running_pause_is_ended_by_hand_and_overlapping_ones_count_once(limit, world):
    before = limit.due_on
    pause(limit, world, end_on=None)
    assert fresh(limit).due_on is None
    with pytest.raises(TransitionRefused) as caught:
        pause(limit, world, end_on=None)
    assert code_of(caught) == ["pause_runs"]
    with later(days=4):
        limits.end_pause(limit.pauses.get(), actor=world.handler, end_on=TODAY + timedelta(days=4))
        pause(limit, world, reason="identification", end_on=TODAY + timedelta(days=4),
              late_reason="同日")  # fmt: skip

    # 90 days of which the start is not one: four of the five paused days lie in the limit
    assert (fresh(limit).due_on - before).days in range(4, 8)
    assert limit.pauses.count() == 2


def test_pause_of_a_step_is_not_ended_by_hand(limit, world, case):
    world.signed(case, "case.suspend", {"ground": "other", "reason": "等待鉴定"})
    running = limit.pauses.get()

    with pytest.raises(TransitionRefused) as caught:
        limits.end_pause(running, actor=world.handler, end_on=TODAY)

    assert code_of(caught) == ["ends_by_step"]


def test_extension_of_a_case_goes_by_its_signed_step(limit, world):
    with pytest.raises(TransitionRefused) as caught:
        limits.extend_limit(limit, actor=world.leader, amount=30, granted_on=TODAY, reason="复杂")

    assert code_of(caught) == ["by_step"]


@pytest.fixture
def reviewed(world):
    """A review by law within ten working days, which a leader may extend."""
    return Deadline.objects.get(case=world.reviewing(), code="C22")


def test_leader_extends_and_a_handler_does_not(reviewed, world):
    given = {"amount": 5, "granted_on": TODAY, "reason": "案情复杂"}
    with pytest.raises(TransitionRefused) as caught:
        limits.extend_limit(reviewed, actor=world.handler, **given)
    assert code_of(caught) == ["no_permission"]
    before = reviewed.due_on

    limits.extend_limit(reviewed, actor=world.leader, **given)

    assert fresh(reviewed).due_on > before
    assert reviewed.extensions.get().approver == world.leader


def test_late_extension_is_kept_and_heals_nothing(reviewed, world):
    with later(days=30):
        day = clock.today()
        limits.extend_limit(
            reviewed, actor=world.leader, amount=5, granted_on=day, reason="案情复杂"
        )

    assert fresh(reviewed).due_on == reviewed.due_on
    assert reviewed.extensions.count() == 1


def test_second_extension_of_a_case_names_the_joint_discussion(limit, world, case):
    world.signed(case, "case.extend", {"reason": "检验未回"})
    given = {"actor": world.leader, "amount": 20, "granted_on": TODAY, "reason": "特别复杂"}
    with pytest.raises(TransitionRefused) as caught:
        limits.extend_limit(limit, **given)
    assert code_of(caught) == ["no_discussion"]

    from workflow.services.side import record_discussion

    held = record_discussion(
        case, actor=world.office, held_at=clock.now(), chair=world.leader,
        participants=[world.head, world.jurist], minutes="讨论", conclusion="延长二十日",
    )  # fmt: skip
    before = fresh(limit).due_on
    limits.extend_limit(limit, discussion=held, **given)
    assert fresh(limit).due_on > before
    assert limit.extensions.last().discussion == held


def test_limit_is_ended_by_hand_by_the_head_of_the_unit(limit, world):
    given = {"ended_on": TODAY, "reason": "已并案处理"}
    with pytest.raises(TransitionRefused) as caught:
        limits.end_limit(limit, actor=world.handler, **given)
    assert code_of(caught) == ["no_permission"]
    with pytest.raises(TransitionRefused) as caught:
        limits.end_limit(limit, actor=world.unit_head, **{**given, "reason": " "})
    assert code_of(caught) == ["reason_missing"]

    limits.end_limit(limit, actor=world.unit_head, dropped=True, **given)

    assert fresh(limit).state == Deadline.State.CANCELLED


def test_rehearsal_shows_the_new_date_and_writes_nothing(limit, world, case):
    lines = JournalLine.objects.count()

    [move] = [m for m in rehearse(case, lambda: pause(limit, world)) if m.deadline.pk == limit.pk]

    assert move.before.due_on == limit.due_on < move.deadline.due_on
    assert JournalLine.objects.count() == lines
    assert fresh(limit).due_on == limit.due_on


def line_of(case, verb):
    return JournalLine.objects.get(record_type="workflow.case", record_id=case.pk, verb=verb)


def test_corrected_date_moves_what_rested_on_it(limit, world, case):
    opened = line_of(case, "case.open")
    right = opened.acted_at - timedelta(days=7)

    correct(opened, case, actor=world.handler, acted_at=right, reason="立案审批表日期为上周")

    moved = fresh(limit)
    assert timezone.localdate(moved.starts_at) == timezone.localdate(right)
    assert moved.due_on < limit.due_on
    assert opened.corrections.count() == 1


@pytest.mark.parametrize(
    ("shift", "reason", "code"),
    [
        (timedelta(days=1), "x", "in_the_future"),
        (timedelta(0), "x", "same_date"),
        (timedelta(days=-1), "", "reason_missing"),
    ],
)
def test_correction_that_cannot_be_is_refused(limit, world, case, shift, reason, code):
    opened = line_of(case, "case.open")

    with pytest.raises(TransitionRefused) as caught:
        correct(opened, case, actor=world.handler, acted_at=opened.acted_at + shift, reason=reason)

    assert code in code_of(caught)


def test_a_move_stays_between_its_neighbours(world):
    with later(days=2):
        case = world.concluded()
    concluded = line_of(case, "case.conclude")

    with later(days=3), pytest.raises(TransitionRefused) as caught:
        correct(concluded, case, actor=world.handler, acted_at=START, reason="写错")

    assert code_of(caught) == ["out_of_order"]


def test_page_looks_first_and_acts_on_confirmation(client, world, case, limit):
    client.force_login(world.handler)
    url = reverse("workflow_case:pause_limit", args=[case.pk, limit.pk])
    typed = {"reason": "testing", "start_on": TODAY, "end_on": TODAY, "document": "告知书"}

    looked = client.post(url, typed)
    assert looked.status_code == 422
    assert not limit.pauses.exists()
    mark = looked.context["looked_at"]
    assert client.post(url, {**typed, "document": "别的", "looked_at": mark}).status_code == 422
    assert not limit.pauses.exists()

    assert client.post(url, {**typed, "looked_at": mark}).status_code == 302
    assert limit.pauses.get().end_on == TODAY


def test_every_act_has_a_page_that_opens(client, world, case, limit):
    pause(limit, world, end_on=None)
    opened = line_of(case, "case.open")
    client.force_login(world.unit_head)
    args = [case.pk, limit.pk]
    addresses = [
        reverse("workflow_case:end_pause", args=[*args, limit.pauses.get().pk]),
        reverse("workflow_case:end_limit", args=args),
        reverse("workflow_case:extend_limit", args=args),
        reverse("workflow_case:correct_line", args=[case.pk, opened.pk]),
        reverse("workflow_case:deadline", args=args),
        reverse("workflow_case:inspect", args=[case.pk]) + "?tab=timeline",
    ]
    assert {client.get(address).status_code for address in addresses} == {200}
    page = client.get(addresses[-2]).content.decode()
    assert all(address in page for address in addresses[:2])
    assert addresses[3] in client.get(addresses[-1]).content.decode()


def test_correction_page_shows_what_moves(client, world, case, limit):
    opened = line_of(case, "case.open")
    client.force_login(world.handler)
    url = reverse("workflow_case:correct_line", args=[case.pk, opened.pk])
    typed = {"acted_at": (START - timedelta(days=7)).isoformat(), "reason": "写错"}

    looked = client.post(url, typed)
    assert [m.deadline.code for m in looked.context["moves"] if m.moved] == ["C12"]

    typed["looked_at"] = looked.context["looked_at"]
    assert client.post(url, typed).status_code == 302
    assert fresh(limit).due_on < limit.due_on
