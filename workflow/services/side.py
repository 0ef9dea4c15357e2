"""What runs beside the machine: discussions, transfers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import Authority, User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import minute_of
from workflow.engine.perform import open_record
from workflow.engine.refusals import TransitionRefused
from workflow.guards.transfer import another_takes, moves_case, nobody_stays
from workflow.models import Case, CaseParty, Discussion, Transfer
from workflow.plugin import Refusal
from workflow.states import LeadState


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


#: A merged lead goes on in another one, and is transferred there.
_LIVING = {"lead": tuple(state for state in LeadState if state != LeadState.MERGED)}


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
    late_reason: str = "",
) -> Transfer:
    """The report that asks for a transfer of a lead or a case, whole or in part.

    Its day lies between the opening of the record and today. A discipline transfer leaves no line
    in its subject's journal (行纪衔接). Parties a suspected crime names get no notice and no
    decision until the police refuse or return it (移送规定 art. 11); naming all is refused.
    """
    with transaction.atomic():
        locked = begin(
            subject, actor=actor, permission="propose_transfer", acted_at=acted_at,
            late_reason=late_reason, states=_LIVING.get(subject.machine, ()),
        )  # fmt: skip
        if acted_at and acted_at < minute_of(_opened_at(locked)):
            message = _("A transfer is not reported before the record was opened.")
            raise TransitionRefused([Refusal("before_opening", message, field="acted_at")])
        if not whole and not part.strip():
            message = _("Say which part is transferred.")
            raise TransitionRefused([Refusal("part_missing", message, field="part")])
        transfer = Transfer(
            **{locked.machine: locked}, unit=locked.unit, kind=kind, authority=authority,
            facts=facts, whole=whole, part=part, crime_articles=crime_articles,
        )  # fmt: skip
        refusal = another_takes(transfer) if moves_case(transfer) else None
        if refusal := refusal or nobody_stays(transfer, parties):
            raise TransitionRefused([refusal])
        open_record(
            transfer, verb="transfer.propose", number="transfer", actor=actor,
            acted_at=acted_at or now(), late_reason=late_reason,
        )  # fmt: skip
        transfer.team.set(team)
        transfer.parties.set(parties)
        return transfer


def _opened_at(record: Any) -> datetime:
    """When a case was filed, when a lead came in."""
    moment: datetime = record.filed_at if record.machine == "case" else record.received_at
    return moment
