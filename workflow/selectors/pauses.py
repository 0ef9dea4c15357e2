"""What began the pauses of a limit: the step, who signed it, and the paper that bears it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from accounts.models import User
from workflow.clocks.sane import day_of
from workflow.engine.bind import catalogue
from workflow.guards.links import page
from workflow.models import Approval, ApprovalStep, DeadlinePause, Document, JournalLine
from workflow.selectors.timeline import verb_label


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and its page."""

    document: Document
    url: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The step a pause began with. ``approval_url`` is "" of a step nobody signs."""

    line: JournalLine
    step: str | Promise
    approval_url: str
    signatures: Sequence[ApprovalStep]
    papers: Sequence[Paper]


def grounds_of(pauses: Iterable[DeadlinePause], user: User) -> dict[int, Ground]:
    """By the pause's key, of those a step began; documents only as far as ``user`` sees them.

    Three queries for any number of pauses, none where every one was entered by hand.
    """
    begun = {
        pause: pause.started_by
        for pause in pauses
        if pause.started_by is not None and pause.started_by.act in catalogue()
    }
    if not begun:
        return {}
    numbers = [line.data["approval"] for line in begun.values() if "approval" in line.data]
    approvals = Approval.objects.prefetch_related("steps__signer").in_bulk(numbers)
    documents = _documents(begun.values(), user)
    return {
        pause.pk: _ground(pause, line, approvals.get(line.data.get("approval")), documents)
        for pause, line in begun.items()
    }


def _ground(
    pause: DeadlinePause, line: JournalLine, approval: Approval | None, found: Iterable[Document]
) -> Ground:
    url, signatures = "", []
    if approval is not None:
        machine = approval.record_type.partition(".")[2]
        url = page(f"workflow_{machine}:approval", approval.record_id, str(approval.pk))
        signatures = [step for step in approval.steps.all() if step.signed_at is not None]
    papers = [_paper(document) for document in found if _bears_out(document, pause, line)]
    return Ground(line, verb_label(line.act), url, signatures, papers)


def _documents(lines: Iterable[JournalLine], user: User) -> list[Document]:
    """What these steps made, and what was issued by hand in the same files."""
    cases = {line.case_id for line in lines if line.case_id}
    leads = {line.lead_id for line in lines if line.lead_id and not line.case_id}
    rows = Document.objects.reachable_by(user).filter(Q(case__in=cases) | Q(lead__in=leads))
    rows = rows.exclude(status=Document.Status.VOIDED)
    by_hand = Q(made_for=None, status=Document.Status.ISSUED)
    made = Q(made_for__in=[line.pk for line in lines])
    rows = rows.filter(made | by_hand).select_related("form", "case", "lead")
    return list(rows.order_by("made_at", "pk"))


def _bears_out(document: Document, pause: DeadlinePause, line: JournalLine) -> bool:
    """The step made it; or it is a form of that step, issued by hand while the pause ran."""
    if document.made_for_id is not None or document.issued_at is None:
        return document.made_for_id == line.pk
    issued = day_of(document.issued_at)
    in_time = pause.start_on <= issued and (pause.end_on is None or issued <= pause.end_on)
    return in_time and line.act in document.form.transitions


def _paper(document: Document) -> Paper:
    record = document.record
    url = page(f"workflow_{record.machine}:document", record.pk, str(document.pk))
    return Paper(document, url)
