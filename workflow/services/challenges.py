"""复议 and 诉讼 against a decision: each level filed, followed, settled, and what it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.guards.challenge import (
    effect_refusals,
    filing_refusals,
    outcome_refusals,
    wrong_day,
)
from workflow.guards.decision import open_penalties_of
from workflow.models import Case, Challenge, Decision
from workflow.models.challenge import window_starts
from workflow.plugin import Refusal
from workflow.services.changed_decision import change_decision
from workflow.services.execution import CARRIED_OUT_IN

PERMISSION = "record_challenge"
#: What is known of a level before its outcome.
DETAILS = ("file_number", "accepted_on", "notified_on", "enforcement_suspended")
#: What an outcome says beside itself and its day.
PAPER = ("instrument", "document_number", "document", "served_on", "received_on", "parts", "note")


def file_challenge(
    decision: Decision,
    *,
    actor: User,
    kind: str,
    body: str,
    filed_on: date,
    previous: Challenge | None = None,
    **details: Any,
) -> Challenge:
    """复议 or 诉讼 against an issued decision; the party's windows end, publication is blocked.

    ``previous``: the level it hangs on. ``details``: ``DETAILS``. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        case = begin(decision.case_party.case, actor=actor, permission=PERMISSION)
        if previous is not None:
            previous = Challenge.objects.select_for_update().get(pk=previous.pk)
        _refuse(filing_refusals(decision, previous, kind=kind, filed_on=filed_on))
        _refuse(_detail_refusals(details, filed_on))
        challenge = Challenge.objects.create(
            decision=_standing(decision), previous=previous, kind=kind, body=body,
            filed_on=filed_on, recorded_by=actor, **details,
        )  # fmt: skip
        about = {"filed_on": filed_on, "on": filed_on, "kind": kind}
        _note(case, "challenge.filed", challenge, actor, **about, **_answers(challenge))
        return challenge


def _standing(decision: Decision) -> Decision:
    """The decision that stands for the party now, where the one named was changed."""
    issued = Decision.objects.filter(
        case_party=decision.case_party_id, status=Decision.Status.ISSUED
    )
    return issued.order_by("-round").first() or decision


def amend_challenge(challenge: Challenge, *, actor: User, **details: Any) -> Challenge:
    """What became known of an open level: number, acceptance, whether execution is suspended."""
    with transaction.atomic():
        case, challenge = _begin(challenge, actor)
        if challenge.outcome:
            message = _("The outcome is recorded already.")
            raise TransitionRefused([Refusal("settled", message)])
        _refuse(_detail_refusals(details, challenge.filed_on))
        was = challenge.notified_on
        for name, value in details.items():
            setattr(challenge, name, value)
        challenge.save()
        about = {"suspended": challenge.enforcement_suspended}
        if challenge.notified_on != was:
            about |= _answers(challenge)
        _note(case, "challenge.amended", challenge, actor, **about)
        return challenge


def _answers(challenge: Challenge) -> dict[str, Any]:
    """From when the bureau's time to answer runs (J6, J7)."""
    before_court = challenge.kind != Challenge.Kind.REVIEW
    return {"answer_court" if before_court else "answer_review": challenge.notified_on}


def settle_challenge(
    challenge: Challenge, *, actor: User, outcome: str, outcome_on: date, **paper: Any
) -> Challenge:
    """What came of it; the next windows run from the day it was received.

    ``paper``: ``PAPER``; received when it was made unless ``served_on`` says otherwise. A first
    instance waits for its time to appeal, all else takes effect now. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        case, challenge = _begin(challenge, actor)
        paper.setdefault("served_on", outcome_on)
        _refuse(
            outcome_refusals(challenge, {"outcome": outcome, "outcome_on": outcome_on, **paper})
        )
        challenge.outcome, challenge.outcome_on = outcome, outcome_on
        for name, value in paper.items():
            setattr(challenge, name, value)
        challenge.save()
        is_review = challenge.kind == Challenge.Kind.REVIEW
        gone = is_review and outcome == Challenge.Outcome.WITHDRAWN
        _note(
            case, "challenge.withdrawn" if gone else "challenge.settled", challenge, actor,
            outcome=outcome, on=outcome_on, **window_starts(challenge),
        )  # fmt: skip
        at_once = challenge.level.is_final or outcome in challenge.level.at_once
        if at_once and outcome != Challenge.Outcome.REMANDED:
            _take_effect(case, challenge, actor, challenge.served_on or outcome_on)
        return challenge


def take_effect(challenge: Challenge, *, actor: User, effective_on: date) -> Challenge:
    """Nobody appealed in time: the judgment works from that day. Raises ``TransitionRefused``."""
    with transaction.atomic():
        case, challenge = _begin(challenge, actor)
        _refuse(effect_refusals(challenge, effective_on))
        _take_effect(case, challenge, actor, effective_on)
        return challenge


def _take_effect(case: Case, challenge: Challenge, actor: User, day: date) -> None:
    """This level and every open one below it are over; the decision becomes what they say."""
    said = _final_word(challenge)
    level: Challenge | None = challenge
    while level is not None and level.is_open:
        level.effective_on = day
        level.save(update_fields=["effective_on"])
        level = level.previous
    _note(case, "challenge.in_effect", challenge, actor, outcome=said.outcome, on=day)
    decision = Decision.objects.select_for_update().get(pk=challenge.decision_id)
    if decision.status != Decision.Status.ISSUED:
        return
    about = {"outcome": said.outcome, "on": day}
    if said.outcome in Challenge.REVOKING:
        decision.status = Decision.Status.REVOKED
        decision.save(update_fields=["status"])
        _note(case, "decision.overturned", challenge, actor, **about)
    elif said.parts:
        moved = change_decision(decision, said, by=challenge, actor=actor, on=day)
        _note(case, "decision.changed", challenge, actor, **about, **moved)
        if case.state in CARRIED_OUT_IN and not open_penalties_of(challenge.changed_into):
            _note(case, "penalty.paid", challenge, actor, on=day)
    elif said.outcome == Challenge.Outcome.UNLAWFUL:
        _note(case, "decision.unlawful", challenge, actor, **about)


def _final_word(challenge: Challenge) -> Challenge:
    """The level whose outcome holds: an appeal that fails leaves what the first instance said."""
    before = challenge.previous
    if challenge.outcome in Challenge.LEAVING and before is not None and before.awaits_effect:
        return _final_word(before)
    return challenge


def _begin(challenge: Challenge, actor: User) -> tuple[Case, Challenge]:
    case = begin(challenge.decision.case_party.case, actor=actor, permission=PERMISSION)
    return case, Challenge.objects.select_for_update().get(pk=challenge.pk)


def _note(case: Case, verb: str, challenge: Challenge, actor: User, **data: Any) -> None:
    about = {"party": challenge.decision.case_party_id, "challenge": challenge.pk}
    record_act(case, verb, actor=actor, data={**about, **data})


def _detail_refusals(details: dict[str, Any], filed_on: date) -> Iterable[Refusal]:
    for name in ("accepted_on", "notified_on"):
        yield from wrong_day(name, details.get(name), filed_on)


def _refuse(refusals: Iterable[Refusal]) -> None:
    if found := list(refusals):
        raise TransitionRefused(found)
