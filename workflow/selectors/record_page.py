"""What the page of any record shows beside its own content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from accounts.access import has_act
from accounts.clock import today
from accounts.models import User
from accounts.roles import ROLES
from workflow.clocks.lights import Lights
from workflow.clocks.store import rulebook
from workflow.engine.papers import made_by
from workflow.engine.subjects import Subject
from workflow.guards.file import deadlines_of, file_of
from workflow.guards.links import page
from workflow.models import (
    AccessGrant,
    CaseParty,
    ClockRule,
    Deadline,
    DocumentForm,
    EvidenceFile,
    Handler,
    Transfer,
    Upload,
)
from workflow.plugin import Computed, Transition
from workflow.selectors.scope import reachable
from workflow.selectors.timeline import state_label


@dataclass(frozen=True, slots=True)
class Limit:
    """One deadline of a record as a row; ``days`` is how many are left, negative when overdue."""

    deadline: Deadline
    light: str
    days: int | None

    @property
    def over(self) -> int:
        """Days it is overdue."""
        return -self.days if self.days is not None else 0


def handlers_of(record: Any, memo: dict[str, Any] | None = None) -> list[Handler]:
    """Handlers now, the leading one first, the recused ones last; shared through ``memo``."""
    rows = file_of(record, {} if memo is None else memo).handlers
    return sorted(rows, key=lambda row: (row.recused_on is not None, not row.is_lead_handler))


def people_who_know(record: Any) -> int | None:
    """How many people a restricted record is open to; None when it is not restricted."""
    if not record.restricted:
        return None
    grants = AccessGrant.objects.live().filter(**{record.machine: record}, user__isnull=False)
    return grants.values("user").distinct().count()


def limits_of(record: Any) -> list[Limit]:
    """The record's deadlines: those that run first, by date; the ended ones after them."""
    lights = Lights()
    limits = [_limit(row, lights) for row in deadlines_of(record).select_related("started_by")]
    return sorted(limits, key=lambda limit: (not limit.deadline.is_open, _order(limit)))


def open_limits_of(record: Any, memo: dict[str, Any] | None = None) -> list[Limit]:
    """Its limits that run or stand still, by date; shared with the guards through ``memo``."""
    lights = Lights()
    rows = file_of(record, {} if memo is None else memo).open_limits
    return sorted((_limit(row, lights) for row in rows), key=_order)


def _limit(deadline: Deadline, lights: Lights) -> Limit:
    days = None
    if deadline.is_open and deadline.due_on is not None:
        days = (deadline.due_on - lights.day).days
    return Limit(deadline, lights.of(deadline), days)


def _order(limit: Limit) -> tuple[date, bool]:
    """By date; what is over at a minute of the day before what lasts to its end."""
    return limit.deadline.due_on or date.max, limit.deadline.due_at is None


def transfers_of(record: Any, user: User) -> QuerySet[Transfer]:
    """Transfers of a lead or case that ``user`` may see; a discipline transfer may stay unseen."""
    return reachable(Transfer, user).filter(**{record.machine: record}).select_related("authority")


def evidence_of(record: Any) -> QuerySet[EvidenceFile]:
    """Every file of the record, newest first, the replaced ones included, with its custody."""
    rows = record.evidence.select_related("uploaded_by", "replaces", "replaced_by")
    return rows.prefetch_related("custody")


def evidence_count(record: Any, memo: dict[str, Any]) -> int:
    """How many files it has; shared with the guards through ``memo``."""
    return file_of(record, memo).evidence_count


def acts_allowed(user: User, record: Any, codenames: Iterable[str]) -> dict[str, bool]:
    """Which of these acts the posting of ``user`` allows on the record."""
    return {name: has_act(user, name, record.scope_unit_id) for name in codenames}


@dataclass(frozen=True, slots=True)
class Making:
    """A document a transition makes, and where it is previewed."""

    name: str
    party: CaseParty | None
    url: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a transition will do, in words: state after, who signs, which limits move."""

    target: str
    moves: bool
    signers: list[str | Promise]
    starts: list[ClockRule]
    touches: list[ClockRule]
    makes: list[Making]


def outlook(record: Any, transition: Transition) -> Outlook:
    """What happens when the act is done on the record as it stands."""
    goal = transition.target
    target = goal.function(record) if isinstance(goal, Computed) else goal
    book = rulebook()
    found = made_by(record, transition.name)
    starts = sorted(book.starting.get(transition.name, ()))
    touches = sorted(book.touching.get(transition.name, set()) - set(starts))
    running = {limit.deadline.code for limit in open_limits_of(record)}
    return Outlook(
        target=state_label(record._meta.label_lower, target),
        moves=target != record.state,
        signers=[ROLES[role].label for role in transition.approval],
        starts=[book.row(code, today()) for code in starts],
        touches=[book.row(code, today()) for code in touches if code in running],
        makes=[_making(record, row.form, subject) for row, subject in found],
    )


def _making(record: Any, form: DocumentForm, subject: Subject) -> Making:
    url = page(f"workflow_{record.machine}:preview_document", record.pk, form.code)
    party = subject.case_party
    return Making(form.name, party, f"{url}?party={party.pk}" if url and party else url)


def get_deadline(record: Any, pk: int) -> Deadline:
    """A deadline of the record (a case's include those of its transfers); else ``Http404``."""
    return get_object_or_404(deadlines_of(record).select_related("started_by", "ended_by"), pk=pk)


def get_evidence(record: Any, pk: int) -> EvidenceFile:
    """A file of the record that is still where it was stored; else ``Http404``."""
    evidence = get_object_or_404(record.evidence.select_related("case", "lead"), pk=pk)
    if not evidence.file.storage.exists(evidence.file.name):
        raise Http404
    return evidence


def get_upload(record: Any, user: User, token: str) -> Upload:
    """A file of this person for this record that is on its way in; else ``Http404``."""
    return get_object_or_404(Upload, **{record.machine: record}, user=user, token=token)
