"""One real case through all five stages, by the people it needs."""

from __future__ import annotations

import pytest

from tests.casework import reload
from workflow import api
from workflow.models import Case, Lead


def verbs(record) -> list[str]:
    lines = api.JournalLine.objects.filter(
        record_type=record._meta.label_lower, record_id=record.pk
    ).order_by("seq")
    return [line.verb for line in lines]


def test_case_goes_from_lead_to_archive(world):
    case = world.archived()

    assert case.state == "archived"
    assert case.lead.state == "filed"
    assert [v for v in verbs(case) if not v.startswith("approval.")] == [
        "case.open", "case.edited", "case.conclude", "case.submit_review", "case.give_opinion",
        "notice.drafted", "case.notify", "notice.served", "notice.answered", "decision.drafted",
        "case.deliberate", "case.decide", "decision.served", "case.enforce", "penalty.paid",
        "case.close", "case.archive",
    ]  # fmt: skip


def test_numbers_are_of_their_class_and_year(world):
    case = world.decided()

    decision = case.parties.get().decisions.get()
    notice = case.parties.get().notices.get()
    assert (case.number, notice.number, decision.number) == (
        "东市监立〔2022〕1号", "东市监罚告〔2022〕1号", "东市监罚〔2022〕1号",
    )  # fmt: skip


def test_an_act_that_needs_approval_is_not_done_directly(world):
    lead = world.verifying()

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(lead, "lead.file", actor=world.handler, data=world.filing())

    assert [r.code for r in refused.value.refusals] == ["needs_approval"]
    assert (reload(lead).state, Case.objects.count()) == ("verifying", 0)


def test_second_asking_is_refused_with_the_state(world):
    lead = world.verifying()

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            lead, "lead.accept", actor=world.unit_head,
            data={"handlers": [world.handler, world.second]},
        )  # fmt: skip

    assert [r.code for r in refused.value.refusals] == ["wrong_state"]
    assert verbs(Lead.objects.get()) == ["lead.register", "lead.accept"]
