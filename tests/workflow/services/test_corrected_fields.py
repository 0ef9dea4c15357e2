"""A corrected act moves the dates that records took from it, and no other ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from tests.casework import START, later, reload
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline, Decision, JournalLine, Notice, Service
from workflow.services import case_file
from workflow.services.corrections import correct


def line_of(case, verb):
    return JournalLine.objects.get(record_type="workflow.case", record_id=case.pk, verb=verb)


def mend(world, line, case, moment):
    return correct(line, case, actor=world.unit_head, acted_at=moment, reason="误记")


def test_the_filing_moves_the_case_and_its_handlers(world):
    case = world.investigating()
    opened, right = line_of(case, "case.open"), START - timedelta(days=7)

    line = mend(world, opened, case, right)

    case = reload(case)
    assert case.filed_at == right
    assert {h.assigned_on for h in case.handlers.all()} == {timezone.localdate(right)}
    assert sorted(line.data["fields"]) == [
        "case.filed_at",
        "case.state_since",
        "handler.assigned_on",
    ]
    mend(world, opened, case, right + timedelta(days=1))
    assert reload(case).filed_at == right + timedelta(days=1)


@pytest.fixture
def served(world):
    """Decided on 1 March, served on the 4th."""
    case = world.decided()
    with later(days=3):
        case_file.record_service(
            case.parties.get(), actor=world.handler, method="direct", served_at=clock.now(),
            receiver="店主", decision=Decision.objects.get(),
        )  # fmt: skip
        yield case


def test_a_service_moves_with_its_limits_and_leaves_the_notice_alone(world, served):
    line, right = line_of(served, "decision.served"), START + timedelta(days=2)
    told = Service.objects.get(decision=None).served_at

    mend(world, line, served, right)

    assert Service.objects.get(notice=None).served_at == right
    assert Service.objects.get(decision=None).served_at == told
    limit = Deadline.objects.get(case=served, code="C27")
    assert timezone.localdate(limit.starts_at) == timezone.localdate(right)


def test_a_service_is_not_corrected_to_before_the_decision(world, served):
    line = line_of(served, "decision.served")
    was = Service.objects.get(notice=None).served_at

    with pytest.raises(TransitionRefused) as caught:
        mend(world, line, served, START - timedelta(days=1))

    assert [(r.code, r.field) for r in caught.value.refusals] == [
        ("papers_out_of_order", "acted_at")
    ]
    assert Service.objects.get(notice=None).served_at == was
    assert line.corrections.count() == 0


def test_a_date_another_act_set_stays(world):
    case = world.noticed()
    other = START + timedelta(minutes=5)
    Notice.objects.update(issued_at=other)
    with later(days=1):
        mend(world, line_of(case, "case.notify"), case, START + timedelta(hours=1))

    assert Notice.objects.get().issued_at == other


def test_the_page_says_which_dates_follow(client, world):
    case = world.investigating()
    opened = line_of(case, "case.open")
    client.force_login(world.unit_head)
    url = reverse("workflow_case:correct_line", args=[case.pk, opened.pk])
    typed = {"acted_at": (START - timedelta(days=7)).isoformat(), "reason": "写错"}

    looked = client.post(url, typed)

    assert len(looked.context["fields_that_move"]) == 3
    assert all(label in looked.content.decode() for label in looked.context["fields_that_move"])
    assert reload(case).filed_at == case.filed_at
    assert client.post(url, {**typed, "looked_at": looked.context["looked_at"]}).status_code == 302
    assert reload(case).filed_at == START - timedelta(days=7)


@pytest.mark.parametrize(("days", "status"), [(1, 422), (0, 302)])
def test_what_is_carried_out_does_not_lie_ahead(client, world, days, status):
    case = world.enforcing()
    fine = Decision.objects.get().penalties.get()
    warning = Decision.objects.get().penalties.create(kind="warning")
    client.force_login(world.handler)
    day = clock.today() + timedelta(days=days)

    done = client.post(
        reverse("workflow_case:record_performed", args=[case.pk, warning.pk]),
        {"performed_on": day},
    )
    paid = client.post(
        reverse("workflow_case:record_payment", args=[case.pk, fine.pk]),
        {"amount": "5000", "paid_on": day},
    )

    assert (done.status_code, paid.status_code) == (status, status)
    if days:
        assert list(done.context["form"].errors) == ["performed_on"]
        assert list(paid.context["form"].errors) == ["paid_on"]
    assert (reload(warning).performed_on is None, fine.payments.exists()) == (bool(days), not days)
