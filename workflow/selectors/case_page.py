"""What the page of a case reads: stages, days of investigation, parties and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise

from accounts.clock import today
from workflow.guards.file import file_of
from workflow.models import (
    Case,
    CaseParty,
    Challenge,
    Deadline,
    DeadlinePause,
    Decision,
    Discussion,
    Hearing,
    JournalLine,
    Lead,
    Notice,
    Penalty,
    Review,
    Service,
    Transfer,
)
from workflow.selectors.record_page import Limit
from workflow.states import LeadState, Stage

#: The limit of 90 days to decide a case.
TIME_TO_DECIDE = "C12"
#: States of plugins' machines in which something of the case is public.
PUBLIC_STATES = ("released", "published")
DISCIPLINE = Transfer.Kind.DISCIPLINE


@dataclass(frozen=True, slots=True)
class StageMark:
    """One of the five stages; ``state`` is done, current, todo or skipped."""

    label: str | Promise
    state: str


def stages_of_case(case: Case) -> list[StageMark]:
    """Where the case stands in the public pipeline; transfer only if there was one. One query."""
    order = list(Stage)
    here = order.index(case.stage)
    transfers = Transfer.objects.filter(case=case).exclude(kind=DISCIPLINE)
    public = JournalLine.objects.filter(case=case, target__in=PUBLIC_STATES)
    itself = Case.objects.filter(pk=case.pk)
    was_transferred, is_public = itself.values_list(Exists(transfers), Exists(public)).get()
    marks = []
    for place, stage in enumerate(order):
        state = "current" if place == here else "done" if place < here else "todo"
        if stage == Stage.TRANSFER and place != here:
            state = "done" if was_transferred else "skipped"
        if stage == Stage.PUBLICITY and is_public:
            state = "done"
        marks.append(StageMark(stage.label, state))
    return marks


def stages_of_lead(lead: Lead) -> list[StageMark]:
    """A lead stands at the first stage; once filed, its case goes on."""
    filed = lead.state == LeadState.FILED
    first = StageMark(Stage.LEAD.label, "done" if filed else "current")
    return [first, *(StageMark(stage.label, "todo") for stage in list(Stage)[1:])]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Day ``day`` of ``total`` to decide the case; paused and overdue ones say so."""

    deadline: Deadline
    day: int
    total: int
    light: str
    over: int


def day_count(limits: Sequence[Limit]) -> DayCount | None:
    """How far the time to decide has run; None when it does not run (any more)."""
    found = [limit for limit in limits if limit.deadline.code == TIME_TO_DECIDE]
    limit = next((limit for limit in found if limit.deadline.is_open), None)
    if limit is None:
        return None
    deadline = limit.deadline
    total = (deadline.rule.amount or 0) + sum(e.amount for e in deadline.extensions.all())
    begun = timezone.localdate(deadline.starts_at)
    held = sum(_days_held(pause, begun) for pause in deadline.pauses.all())
    day = max((today() - begun).days - held, 0)
    return DayCount(deadline, day, total, limit.light, max(limit.over, 0))


def _days_held(pause: DeadlinePause, begun: date) -> int:
    """Days of a pause until today that lie after the start."""
    last = min(pause.end_on or today(), today())
    return max((last - max(pause.start_on, begun)).days + 1, 0)


def parties_of(case: Case, memo: dict[str, Any]) -> list[CaseParty]:
    """The parties with what stands for each: notices, answers, decisions, services, payments.

    No query where the guards of the page have read the file into ``memo`` before.
    """
    return [party.row for party in file_of(case, memo).cited_parties]


def named_parties(case: Case) -> list[CaseParty]:
    """The parties by name alone, kept with the case for whoever asks again."""
    rows = CaseParty.objects.select_related("party")
    prefetch_related_objects([case], Prefetch("parties", rows))
    return list(case.parties.all())


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents of the procedure, by kind."""

    reviews: list[Review]
    hearings: list[Hearing]
    discussions: list[Discussion]
    notices: list[Notice]
    decisions: list[Decision]
    services: list[Service]

    def __bool__(self) -> bool:
        return any((
            self.reviews, self.hearings, self.discussions, self.notices, self.decisions,
            self.services,
        ))  # fmt: skip


def papers_of(case: Case, memo: dict[str, Any]) -> Papers:
    """Reviews, hearings, discussions, notices, decisions and services of the case.

    Notices and decisions cost no query where the guards of the page have read the file.
    """
    mine = {"case_party__case": case}
    with_party = "case_party__party"
    notices, decisions = _issued_papers(case, memo)
    return Papers(
        reviews=list(case.reviews.select_related("reviewer").order_by("-given_at")),
        hearings=list(case.hearings.select_related("chair").order_by("-pk")),
        discussions=list(
            case.discussions.select_related("chair")
            .prefetch_related("participants")
            .order_by("-held_at")
        ),
        notices=notices,
        decisions=decisions,
        services=list(
            Service.objects.filter(**mine)
            .select_related(with_party, "notice", "decision", "proof", "recorded_by")
            .order_by("-served_at", "-pk")
        ),
    )


def _issued_papers(case: Case, memo: dict[str, Any]) -> tuple[list[Notice], list[Decision]]:
    """Notices and decisions, the newest first."""
    file = file_of(case, memo)
    if "parties" not in vars(file):
        rows = {"case_party__case": case}
        return (
            list(Notice.objects.filter(**rows).select_related("case_party__party").order_by("-pk")),
            list(
                Decision.objects.filter(**rows).select_related("case_party__party").order_by("-pk")
            ),
        )
    notices = [notice for party in file.parties for notice in party.row.notices.all()]
    decisions = [decision for party in file.parties for decision in party.row.decisions.all()]
    return (
        sorted(notices, key=lambda notice: -notice.pk),
        sorted(decisions, key=lambda decision: -decision.pk),
    )


def get_party(case: Case, pk: int) -> CaseParty:
    """A party of this case; else ``Http404``."""
    return get_object_or_404(case.parties.select_related("party", "case"), pk=pk)


def get_notice(case: Case, pk: int) -> Notice:
    """A notice to a party of this case; else ``Http404``."""
    return _of_case(Notice, case, pk)


def get_decision(case: Case, pk: int) -> Decision:
    """A decision on a party of this case; else ``Http404``."""
    return _of_case(Decision, case, pk)


def get_penalty(case: Case, pk: int) -> Penalty:
    """A penalty a decision of this case imposes; else ``Http404``."""
    rows = Penalty.objects.select_related("decision__case_party__party")
    return get_object_or_404(rows, decision__case_party__case=case, pk=pk)


def get_challenge(case: Case, pk: int) -> Challenge:
    """A challenge against a decision of this case; else ``Http404``."""
    rows = Challenge.objects.select_related("decision__case_party__party")
    return get_object_or_404(rows, decision__case_party__case=case, pk=pk)


def _of_case(model: type[Any], case: Case, pk: int) -> Any:
    rows = model.objects.select_related("case_party__party", "case_party__case")
    return get_object_or_404(rows, case_party__case=case, pk=pk)
