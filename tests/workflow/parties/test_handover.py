"""Files go from one handler to another: wholly or not at all, each with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock
from tests.casework import reload
from tests.everything import everything
from workflow import api
from workflow.engine.refusals import TransitionRefused
from workflow.models import Deadline, JournalLine, UserNotice
from workflow.services.access import recuse, restrict
from workflow.services.handover import Handover, hand_over, hand_over_files


@pytest.fixture
def taker(world):
    return world.person("taker", "handler", world.station, name="卫接手")


@pytest.fixture
def move(world, taker):
    def move(**changed):
        fields = {
            "giver": world.handler, "taker": taker, "reason": "调离", "acted_at": clock.now(),
        }  # fmt: skip
        return Handover(**{**fields, **changed})

    return move


def handling(record):
    rows = record.handlers.filter(ended_on=None).order_by("-is_lead_handler", "pk")
    return [(row.user.name, row.is_lead_handler) for row in rows]


def test_taker_leads_where_the_giver_led(world, move, taker):
    case = world.investigating()
    before = Deadline.objects.filter(case=case).values_list("key", "due_on")

    hand_over(case, move(), actor=world.unit_head)

    assert handling(case) == [("卫接手", True), ("钱协办", False)]
    ended = case.handlers.get(user=world.handler)
    assert ended.ended_on == clock.today()
    assert list(Deadline.objects.filter(case=case).values_list("key", "due_on")) == list(before)
    line = JournalLine.objects.get(verb="handlers.handed_over")
    assert (line.case_id, line.reason) == (case.pk, "调离")
    assert line.data == {"from": world.handler.pk, "to": taker.pk}


def test_notices_and_proposals_follow_the_file(world, move, taker):
    case = world.investigating()
    approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": "复杂"})
    UserNotice.objects.create(user=world.handler, key="k", text="到期", case=case)

    hand_over(case, move(), actor=world.unit_head)

    approval.refresh_from_db()
    assert approval.outcome == "voided"
    assert UserNotice.objects.get(key="k").user == taker


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("stranger", "wrong_unit"), ("unqualified", "not_qualified"), ("recused", "recused"),
        ("itself", "same_person"), ("second", "two_handlers"), ("nobody", "not_handler"),
    ],
)  # fmt: skip
def test_who_may_not_take_over(world, move, taker, case, code):
    lead = world.verifying()
    changes = {}
    if case == "stranger":
        changes["taker"] = world.stranger
    elif case == "unqualified":
        type(taker).objects.filter(pk=taker.pk).update(qualification_no="")
        changes["taker"] = reload(taker)
    elif case == "recused":
        row = lead.handlers.create(user=taker)
        recuse(row, actor=world.leader, reason="亲属")
        changes["taker"] = taker
    elif case == "itself":
        changes["taker"] = world.handler
    elif case == "second":
        changes["taker"] = world.second
    elif case == "nobody":
        changes["giver"] = world.person("idle", "handler", world.station, name="无案")
    before = everything()

    with pytest.raises(TransitionRefused) as refused:
        hand_over(lead, move(**changes), actor=world.unit_head)

    assert [refusal.code for refusal in refused.value.refusals] == [code]
    assert everything() == before


def test_dry_run_shows_and_keeps_nothing(world, move):
    case, lead = world.investigating(), world.verifying()
    before = everything()

    found = hand_over_files([lead, case], move(), actor=world.unit_head, apply=False)

    assert [(one.record, one.refusals) for one in found] == [(lead, []), (case, [])]
    assert everything() == before


def test_what_cannot_go_stays_and_the_rest_goes(world, move, taker):
    case, lead = world.investigating(), world.verifying()
    row = lead.handlers.create(user=taker)
    recuse(row, actor=world.leader, reason="亲属")

    found = hand_over_files([lead, case], move(), actor=world.unit_head, apply=True)

    assert [[refusal.code for refusal in one.refusals] for one in found] == [["recused"], []]
    assert world.handler.name in dict(handling(lead))
    assert world.handler.name not in dict(handling(case))


def test_a_day_before_the_giver_was_named_is_refused(world, move):
    lead = world.verifying()
    day = clock.now() - timedelta(days=5)

    with pytest.raises(TransitionRefused) as refused:
        hand_over(lead, move(acted_at=day, late_reason="补录"), actor=world.unit_head)

    assert [refusal.code for refusal in refused.value.refusals] == ["before_assigned"]


def test_of_a_restricted_file_the_taker_is_named_and_the_giver_no_longer(world, move, taker):
    case = world.investigating()
    restrict(case, actor=world.unit_head, people=[], reason="保密")

    hand_over(case, move(), actor=world.unit_head)

    named = set(case.grants.live().values_list("user_id", flat=True))
    assert taker.pk in named
    assert world.handler.pk not in named
