"""One test stops every limit it may: C18 of the goods (C20), C12 of the case (C15), C1 (C3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.casework import START, reload
from tests.workflow.measures import in_force
from workflow.engine.refusals import TransitionRefused
from workflow.models import ClockRule, Deadline
from workflow.services import measures
from workflow.services.testing import pause_together, stopped_too

TODAY = START.date()


def limit(case, code):
    return Deadline.objects.select_related("rule").get(case=case, code=code)


def recorded(world, measure, **more):
    return measures.record_testing(
        measure, actor=world.handler, from_on=date(2022, 3, 3), until_on=date(2022, 3, 12),
        institution="市质检院", document="东市监检期〔2022〕1号", **more,
    )  # fmt: skip


def test_a_test_of_seized_goods_stops_the_days_to_decide_where_it_is_said(world):
    measure = in_force(world)
    before = limit(measure.case, "C12").due_on
    recorded(world, measure)
    assert limit(measure.case, "C12").due_on == before

    other = in_force(world)
    recorded(world, other, also=[limit(other.case, "C12")])

    assert limit(other.case, "C18").due_on == date(2022, 4, 10)
    decide = limit(other.case, "C12")
    assert (decide.due_on - before).days == 10
    assert [(p.reason, p.start_on, p.end_on, p.document) for p in decide.pauses.all()] == [
        ("testing", date(2022, 3, 3), date(2022, 3, 12), "东市监检期〔2022〕1号")
    ]


def test_days_that_two_pauses_share_count_once(world):
    measure = in_force(world)
    decide = limit(measure.case, "C12")
    before = decide.due_on
    pause_together(
        decide, actor=world.handler, reason="identification", start_on=TODAY,
        end_on=date(2022, 3, 5), document="辨认函",
    )  # fmt: skip
    recorded(world, measure, also=[decide])

    # 2 to 12 March: eleven days, of which 3 to 5 lie in both pauses
    assert (limit(measure.case, "C12").due_on - before).days == 11


def test_a_pause_of_the_case_stops_the_goods_with_it_or_not_at_all(world):
    measure = in_force(world)
    decide, goods = limit(measure.case, "C12"), limit(measure.case, "C18")
    assert stopped_too(decide) == [goods]
    pause = {"start_on": TODAY, "end_on": TODAY, "document": "检验期间告知书"}

    with pytest.raises(TransitionRefused) as caught:
        pause_together(decide, actor=world.handler, also=[goods], reason="identification", **pause)
    assert [(r.code, r.field) for r in caught.value.refusals] == [("not_stopped", "also")]
    assert not decide.pauses.exists()

    pause_together(decide, actor=world.handler, also=[goods], reason="testing", **pause)
    assert (decide.pauses.count(), goods.pauses.count()) == (1, 1)


def test_a_limit_of_another_file_is_not_stopped(world):
    measure, other = in_force(world), in_force(world)

    with pytest.raises(TransitionRefused) as caught:
        recorded(world, measure, also=[limit(other.case, "C12")])

    assert [r.code for r in caught.value.refusals] == ["not_stopped"]
    assert not limit(measure.case, "C18").pauses.exists()


def test_the_form_says_which_limits_stop_and_ticks_only_what_is_verified(client, world):
    measure = in_force(world)
    decide = limit(measure.case, "C12")
    address = reverse("workflow_measure:testing", args=[measure.pk])
    client.force_login(world.handler)

    field = client.get(address).context["form"]["also"]
    assert ([value.value for value, _label in field.field.choices], field.initial) == (
        [decide.pk], [],
    )  # fmt: skip
    ClockRule.objects.filter(code="C15").update(confidence="verified", edition=99)
    assert client.get(address).context["form"]["also"].initial == [decide.pk]

    days = {"from_on": "2022-03-03", "until_on": "2022-03-12", "institution": "质检院"}
    done = client.post(address, {**days, "document": "1号", "also": [decide.pk]})
    assert done.status_code == 302
    assert decide.pauses.count() == 1
    assert reload(measure).state == "in_force"


def test_goods_of_another_measure_are_named_and_not_ticked(client, world):
    """The thirty days of what stayed in the store would end unseen (行政强制法 25)."""
    measure = in_force(world)
    store = in_force(world, measure.case, kind="seal")
    decide = limit(measure.case, "C12")
    other = Deadline.objects.get(code="C18", record_id=store.pk)
    ClockRule.objects.filter(code__in=("C15", "C20")).update(confidence="verified", edition=99)
    client.force_login(world.handler)

    page = client.get(reverse("workflow_measure:testing", args=[measure.pk]))

    field = page.context["form"]["also"]
    labels = {value.value: label for value, label in field.field.choices}
    assert field.initial == [decide.pk]
    assert list(labels) == [decide.pk, other.pk]
    assert f"{other.rule.name} {store.number}，" in labels[other.pk]


def test_a_test_while_verifying_stops_the_days_to_file(client, world):
    lead = world.verifying()
    verify = Deadline.objects.get(lead=lead, code="C1")
    before = verify.due_on
    assert stopped_too(verify) == []

    pause_together(
        verify, actor=world.handler, reason="testing", start_on=TODAY, end_on=date(2022, 3, 4),
        document="检验期间告知书",
    )  # fmt: skip

    verify.refresh_from_db()
    assert (before, verify.due_on) == (date(2022, 3, 22), date(2022, 3, 25))
