"""What a party answered to its notice: kept line by line, never overwritten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import minute_of
from workflow.engine.refusals import TransitionRefused
from workflow.guards.notice import APL_63, windows_of
from workflow.models import EvidenceFile, Notice, PartyAnswer
from workflow.plugin import Refusal
from workflow.states import CaseState as S

Kind = PartyAnswer.Kind


def record_answer(
    notice: Notice,
    *,
    actor: User,
    answer: str,
    acted_at: datetime,
    text: str = "",
    considered: str = "",
    proof: EvidenceFile | None = None,
    late_reason: str = "",
) -> Notice:
    """One more thing the party did: waived with proof, stated its defence, asked for a hearing.

    What it did before stays: a request for a hearing is withdrawn by a waiver with proof alone, a
    statement goes on to be considered. 行政处罚法 arts. 44-45, 63-64. Refused before the notice was
    served; a request also after its window, and once a hearing is set.
    """
    row = notice.case_party
    states = (S.NOTICED,) if answer == Kind.HEARING else (S.NOTICED, S.HEARING)
    with transaction.atomic():
        case = begin(
            row.case, actor=actor, permission="investigate_case", acted_at=acted_at,
            late_reason=late_reason, states=states,
        )  # fmt: skip
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if wrong := _refusals(notice, answer, acted_at, proof):
            raise TransitionRefused(wrong)
        PartyAnswer.objects.create(
            notice=notice, kind=answer, answered_at=acted_at, text=text, considered=considered,
            proof=proof, recorded_by=actor,
        )  # fmt: skip
        # A statement leaves the window open where a hearing may still be asked for.
        waits = answer == Kind.STATED and notice.hearing_right
        record_act(
            case, "notice.stated" if waits else "notice.answered", actor=actor,
            acted_at=acted_at, late_reason=late_reason, data={"party": row.pk, "answer": answer},
        )  # fmt: skip
        return notice


def _refusals(
    notice: Notice, answer: str, acted_at: datetime, proof: EvidenceFile | None
) -> list[Refusal]:
    served = notice.services.order_by("served_at").first()
    wrong = []
    if served is None or acted_at < minute_of(served.served_at):
        message = _("The party cannot have answered before the notice was served.")
        wrong.append(Refusal("not_served", message, field="acted_at"))
    if answer == Kind.WAIVED and proof is None:
        message = _("A waiver needs its proof: choose the file that shows it.")
        wrong.append(Refusal("proof_missing", message, field="proof"))
    if answer == Kind.HEARING and not notice.hearing_right:
        message = _("The notice gives no right to a hearing.")
        wrong.append(Refusal("no_hearing_right", message, field="answer"))
    elif answer == Kind.HEARING:
        wrong += _too_late(notice, acted_at)
    return wrong


def _too_late(notice: Notice, acted_at: datetime) -> list[Refusal]:
    """The right to ask ends with its limit; what is said later is kept as a statement."""
    until = windows_of(notice.case_party.case_id).get(notice.case_party_id)
    if until is None or timezone.localdate(acted_at) <= until:
        return []
    message = _(
        "A hearing could be asked for until %(day)s; record what the party says as a statement."
    )
    day = date_format(until, "DATE_FORMAT")
    return [Refusal("window_over", message % {"day": day}, APL_63, field="answer")]
