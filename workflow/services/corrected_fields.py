"""The dates that records took from an act: they follow when the date of the act is corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from workflow.engine.bind import catalogue
from workflow.models import (
    CustodyStep,
    Decision,
    Discussion,
    Handler,
    ItemMove,
    ItemPermit,
    JournalLine,
    Notice,
    OnTheSpot,
    PartyAnswer,
    PaymentPlan,
    Reminder,
    Review,
    Service,
)

#: Dates on the record itself that acts beside the machine set.
_OWN = {
    "case.open": ("filed_at",),
    "lead.register": ("received_at",),
    "measure.imposed": ("decided_at",),
    "measure.extension_told": ("extension_told_at",),
}
#: Dates on rows that hang on the record: (model, way to the record, field). A line that names a
#: party concerns the rows of that party alone.
_OF_CASE = "case_party__case"
_SERVED: tuple[tuple[type[models.Model], str, str], ...] = ((Service, _OF_CASE, "served_at"),)
_ANSWERED = ((PartyAnswer, "notice__case_party__case", "answered_at"),)
_HANGING: dict[str, tuple[tuple[type[models.Model], str, str], ...]] = {
    "case.open": ((Handler, "case", "assigned_on"),),
    "lead.accept": ((Handler, "lead", "assigned_on"),),
    "case.notify": ((Notice, _OF_CASE, "issued_at"),),
    "case.decide": ((Decision, _OF_CASE, "decided_at"),),
    "case.decide_on_the_spot": ((Decision, _OF_CASE, "decided_at"), *_SERVED),
    "case.register_on_the_spot": ((OnTheSpot, "case", "registered_at"),),
    "case.give_opinion": ((Review, "case", "given_at"),),
    "case.discussed": ((Discussion, "case", "held_at"),),
    "case.grant_plan": ((PaymentPlan, "penalty__decision__case_party__case", "granted_at"),),
    "notice.served": _SERVED,
    "notice.answered": _ANSWERED,
    "notice.stated": _ANSWERED,
    "decision.served": _SERVED,
    "document.served": _SERVED,
    "reminder.served": (
        (Reminder, "decision__case_party__case", "served_at"), *_SERVED,
    ),
    "measure.imposed": ((CustodyStep, "measure", "at"),),
    "measure.carry_out": ((CustodyStep, "measure", "at"),),
    "measure.lift": ((ItemMove, "item__measure", "moved_at"),),
    "measure.permit": ((ItemPermit, "item__measure", "granted_at"),),
    "measure.revoke": ((ItemMove, "item__measure", "moved_at"),),
}  # fmt: skip
#: Which of a party's services an act recorded.
_PAPER = {
    "notice.served": Q(notice__isnull=False),
    "decision.served": Q(decision__isnull=False),
    "case.decide_on_the_spot": Q(decision__isnull=False),
    "document.served": Q(notice=None, decision=None),
    "reminder.served": Q(notice=None, decision=None),
}


@dataclass(frozen=True, slots=True)
class Resting:
    """Rows whose ``field`` an act set; ``label`` names row and field for people."""

    rows: models.QuerySet[Any]
    field: str
    label: str
    is_day: bool

    def move(self, moment: datetime) -> None:
        """Afterwards the field is the corrected moment, or its day."""
        self.rows.update(**{self.field: _as(moment, is_day=self.is_day)})


def resting_on(line: JournalLine, record: Any) -> list[Resting]:
    """What took its date from the line: only fields that still say what the line said.

    A field that says another date was set by another act, and stays.
    """
    wrong = _moments(line)
    found = []
    for rows, field in _candidates(line, record):
        column = rows.model._meta.get_field(field)
        is_day = not isinstance(column, models.DateTimeField)
        values = {_as(moment, is_day=is_day) for moment in wrong}
        hit = rows.filter(**{f"{field}__in": values})
        if hit.exists():
            name = f"{rows.model._meta.verbose_name}：{getattr(column, 'verbose_name', field)}"
            keys = list(hit.values_list("pk", flat=True))
            rows = rows.model._base_manager.filter(pk__in=keys)
            found.append(Resting(rows, field, name, is_day))
    return found


def _moments(line: JournalLine) -> set[datetime]:
    """The dates the line has had: its own, and every correction of it."""
    moments = {line.acted_at}
    for correction in line.corrections.all():
        text = str(correction.data.get("acted_at", ""))
        moments.add(datetime.fromisoformat(text))
    return moments


def _candidates(line: JournalLine, record: Any) -> Iterator[tuple[models.QuerySet[Any], str]]:
    act = line.act
    own = type(record)._base_manager.filter(pk=record.pk)
    bound = catalogue().get(act)
    sets = bound.transition.sets if bound is not None else ()
    for field in (*_OWN.get(act, ()), *(name for name, datum in sets if datum == "acted_at")):
        yield own, field
    if line.target and _is_last_move(line):
        yield own, "state_since"
    for model, way, field in _HANGING.get(act, ()):
        rows = model._base_manager.filter(**{way: record})
        if model is Service:
            rows = rows.filter(_PAPER[act])
        if party := line.data.get("party"):
            rows = rows.filter(**{way.removesuffix("__case"): party} if "party" in way else {})
        yield rows, field


def _is_last_move(line: JournalLine) -> bool:
    later = JournalLine.objects.filter(
        record_type=line.record_type, record_id=line.record_id, seq__gt=line.seq
    )
    return not later.exclude(target="").exists()


def _as(moment: datetime, *, is_day: bool) -> date:
    return timezone.localdate(moment) if is_day else moment
