"""What acts on a case do to its notices, hearings, reviews and decisions."""

from __future__ import annotations

from django.utils import timezone

from workflow.guards.file import CaseFile
from workflow.guards.notice import intends_no_penalty
from workflow.guards.review import legal_review_reasons
from workflow.models import CaseParty, Decision, Hearing, JournalLine, Notice, Review
from workflow.numbering import issue_number
from workflow.plugin import Attempt


def next_round(attempt: Attempt, line: JournalLine) -> None:
    """A new round of review begins."""
    case = attempt.record
    case.review_round += 1
    case.save(update_fields=["review_round"])


def supersede_notices(attempt: Attempt, line: JournalLine) -> None:
    """Notices given so far do not carry a decision any more; draft decisions start anew."""
    notices = Notice.objects.filter(case_party__case=attempt.record, superseded_at=None)
    notices.update(superseded_at=attempt.now)


def keep_opinion(attempt: Attempt, line: JournalLine) -> None:
    """The opinion becomes a review of this round, legal where the law demands a legal one."""
    case, data = attempt.record, attempt.data or {}
    file = CaseFile(case)
    by_jurist = attempt.actor is not None and attempt.actor.has_legal_qualification
    legal = bool(legal_review_reasons(file)) and by_jurist
    Review.objects.create(
        case=case,
        round=case.review_round,
        kind=Review.Kind.LEGAL if legal else Review.Kind.CASE,
        reviewer=attempt.person,
        opinion=data["opinion"],
        checklist=data["checklist"],
        text=data["text"],
        given_at=attempt.acted_at,
    )


def issue_notices(attempt: Attempt, line: JournalLine) -> None:
    """Every drafted notice gets its number and date; the parties are served next."""
    day = timezone.localdate(attempt.acted_at)
    for party in CaseFile(attempt.record).open_parties:
        notice = party.notice
        if notice is None or notice.issued_at or intends_no_penalty(party):
            continue
        notice.number = issue_number("notice", on=day, unit=attempt.record.unit, record=notice)
        notice.issued_at = attempt.acted_at
        notice.save(update_fields=["number", "issued_at"])


def schedule_hearing(attempt: Attempt, line: JournalLine) -> None:
    """The hearing with its chair; every party that asked for one takes part."""
    case, data = attempt.record, attempt.data or {}
    hearing = Hearing.objects.create(
        case=case,
        round=case.review_round,
        chair=data["chair"],
        notified_at=data["notified_at"],
        scheduled_at=data["scheduled_at"],
        place=data["place"],
        is_public=not data["closed_reason"],
        closed_reason=data["closed_reason"],
    )
    asked = [
        p.row
        for p in CaseFile(case).answered_parties
        if p.is_open and p.notice and p.notice.wants_hearing
    ]
    hearing.requested_by.set(asked)


def close_hearing(attempt: Attempt, line: JournalLine) -> None:
    data = attempt.data or {}
    hearing = attempt.record.hearings.filter(held_at=None).order_by("-pk").first()
    hearing.held_at, hearing.record, hearing.report = (
        data["held_at"], data["record"], data["report"],
    )  # fmt: skip
    hearing.save(update_fields=["held_at", "record", "report"])


def issue_decisions(attempt: Attempt, line: JournalLine) -> None:
    """Every draft decision is issued: number, date, and what it means for the party."""
    day = timezone.localdate(attempt.acted_at)
    for party in CaseFile(attempt.record).open_parties:
        decision = party.decision
        if decision is None or decision.status != Decision.Status.DRAFT:
            continue
        decision.number = issue_number(
            decision.kind, on=day, unit=attempt.record.unit, record=decision
        )
        decision.status, decision.decided_at = Decision.Status.ISSUED, attempt.acted_at
        decision.save(update_fields=["number", "status", "decided_at"])
        party.row.outcome = decision.kind
        party.row.save(update_fields=["outcome"])


def reopen(attempt: Attempt, line: JournalLine) -> None:
    """Parties whose decision was overturned are open again; their notices are spent."""
    for party in CaseFile(attempt.record).parties:
        overturned = {Decision.Status.CHANGED, Decision.Status.REVOKED}
        if party.decision and party.decision.status in overturned:
            party.row.outcome = CaseParty.Outcome.OPEN
            party.row.save(update_fields=["outcome"])
    supersede_notices(attempt, line)
