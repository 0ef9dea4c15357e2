"""What runs beside the machine: discussions, challenges, transfers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, has_act
from accounts.clock import now
from accounts.models import Authority, User
from workflow.engine.acts import begin, record_act
from workflow.engine.perform import lock, open_record
from workflow.engine.refusals import TransitionRefused
from workflow.guards.transfer import another_takes, moves_case
from workflow.models import (
    Case,
    CaseParty,
    Challenge,
    Decision,
    Discussion,
    Transfer,
)
from workflow.models.scope import sees
from workflow.plugin import Refusal


def record_discussion(
    case: Case,
    *,
    actor: User,
    held_at: datetime,
    chair: User,
    participants: Sequence[User],
    minutes: str,
    conclusion: str,
    late_reason: str = "",
) -> Discussion:
    """集体讨论 of this round (行政处罚法 art. 57); at least three leaders take part."""
    present = {chair.pk, *(user.pk for user in participants)}
    if len(present) < 3:
        message = _("A joint discussion has at least three participants.")
        raise TransitionRefused([Refusal("too_few", message, field="participants")])
    with transaction.atomic():
        locked = begin(
            case, actor=actor, permission="record_discussion", acted_at=held_at,
            late_reason=late_reason,
        )  # fmt: skip
        discussion = Discussion.objects.create(
            case=locked, round=locked.review_round, held_at=held_at, chair=chair, minutes=minutes,
            conclusion=conclusion,
        )  # fmt: skip
        discussion.participants.set(present)
        record_act(locked, "case.discussed", actor=actor, acted_at=held_at, late_reason=late_reason)
        return discussion


def file_challenge(
    decision: Decision,
    *,
    actor: User,
    kind: str,
    body: str,
    filed_on: date,
    file_number: str = "",
    enforcement_suspended: bool = False,
) -> Challenge:
    """复议 or 诉讼 against an issued decision; publication is blocked meanwhile."""
    with transaction.atomic():
        case = begin(decision.case_party.case, actor=actor, permission="record_challenge")
        if decision.decided_at is None:
            message = _("Only an issued decision can be challenged.")
            raise TransitionRefused([Refusal("not_issued", message)])
        challenge = Challenge.objects.create(
            decision=decision, kind=kind, body=body, filed_on=filed_on, file_number=file_number,
            enforcement_suspended=enforcement_suspended, recorded_by=actor,
        )  # fmt: skip
        data = {"party": decision.case_party_id, "challenge": challenge.pk, "filed_on": filed_on}
        record_act(case, "challenge.filed", actor=actor, data=data)
        return challenge


def settle_challenge(
    challenge: Challenge, *, actor: User, outcome: str, outcome_on: date, note: str = ""
) -> Challenge:
    """What came of it. An overturned decision is marked so; the case can then be reopened."""
    decision = challenge.decision
    with transaction.atomic():
        case = begin(decision.case_party.case, actor=actor, permission="record_challenge")
        challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
        challenge.outcome, challenge.outcome_on, challenge.note = outcome, outcome_on, note
        challenge.save()
        overturned = outcome in Challenge.OVERTURNED
        if overturned:
            changed = outcome == Challenge.Outcome.CHANGED
            decision.status = Decision.Status.CHANGED if changed else Decision.Status.REVOKED
            decision.save(update_fields=["status"])
        verb = "decision.overturned" if overturned else "challenge.settled"
        data = {"party": decision.case_party_id, "challenge": challenge.pk, "outcome": outcome}
        record_act(case, verb, actor=actor, data=data)
        return challenge


def propose_transfer(
    subject: Any,
    *,
    actor: User,
    kind: str,
    authority: Authority,
    facts: str,
    team: Sequence[User],
    whole: bool = True,
    part: str = "",
    crime_articles: str = "",
    parties: Sequence[CaseParty] = (),
    acted_at: datetime | None = None,
) -> Transfer:
    """The report that asks for a transfer of a lead or a case, whole or in part.

    A discipline transfer leaves no line in its subject's journal (行纪衔接).
    """
    with transaction.atomic():
        locked = lock(subject)
        forget(actor)
        if not sees(actor, locked) or not has_act(actor, "propose_transfer", locked.unit_id):
            message = _("Your posting does not allow this in the unit of the record.")
            raise TransitionRefused([Refusal("no_permission", message)])
        if not whole and not part.strip():
            message = _("Say which part is transferred.")
            raise TransitionRefused([Refusal("part_missing", message, field="part")])
        transfer = Transfer(
            **{locked.machine: locked}, unit=locked.unit, kind=kind, authority=authority,
            facts=facts, whole=whole, part=part, crime_articles=crime_articles,
        )  # fmt: skip
        if moves_case(transfer) and (refusal := another_takes(transfer)):
            raise TransitionRefused([refusal])
        open_record(
            transfer, verb="transfer.propose", number="transfer", actor=actor,
            acted_at=acted_at or now(),
        )  # fmt: skip
        transfer.team.set(team)
        transfer.parties.set(parties)
        return transfer
