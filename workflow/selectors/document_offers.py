"""Which forms can be made of a record now, and what each of the others waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from workflow.engine.bind import catalogue
from workflow.engine.papers import ABOUT
from workflow.engine.subjects import Subject, about_record, lack_of, none_of, related
from workflow.models import Decision, DocumentForm, Notice
from workflow.plugin import Refusal
from workflow.selectors.made_documents import forms_in_use

About = DocumentForm.About


@dataclass(frozen=True, slots=True)
class Offered:
    """A form; ``lack`` says what it waits for, with the way there. None: it can be made."""

    form: DocumentForm
    lack: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Forms that may be made here, those of the steps that can be taken now first."""

    label: str
    forms: Sequence[Offered]


def offers_for(record: Any) -> list[Offer]:
    """What can be made on the page of the record, in groups; empty groups are left out.

    A form that fits nothing in the file stands last, with what is missing; one that is for another
    kind of record is not there. The queries do not follow the parties.
    """
    now: list[Offered] = []
    always: list[Offered] = []
    later: list[Offered] = []
    waiting: list[Offered] = []
    file = _File(record)
    for form in forms_in_use().filter(about__in=ABOUT.get(record.machine, ())):
        lack = file.lack_of(form)
        if lack is not None:
            if record.machine == About.CASE:
                waiting.append(Offered(form, lack))
            continue
        steps = [catalogue()[name].transition for name in form.transitions if name in catalogue()]
        if any(record.state in step.sources for step in steps):
            now.append(Offered(form))
        else:
            (later if steps else always).append(Offered(form))
    groups = (
        (_("For the steps that come next"), now),
        (_("At any time"), always),
        (_("For other steps"), later),
        (_("Not yet: something is missing in the file"), waiting),
    )
    return [Offer(label, forms) for label, forms in groups if forms]


class _File:
    """What documents of one record can be about, read once."""

    def __init__(self, record: Any) -> None:
        self.record = record
        self.subjects: dict[str, list[Subject]] = {record.machine: [about_record(record)]}
        self.papers: dict[tuple[str, int], Any] = {}
        if record.machine != About.CASE:
            return
        rows = list(record.parties.standing().select_related("party"))
        measures = record.measures.select_related("case_party")
        self.subjects[About.PARTY] = [about_record(record, case_party=row) for row in rows]
        self.subjects[About.MEASURE] = [
            about_record(record, case_party=row.case_party, measure=row) for row in measures
        ]
        notices = Notice.objects.filter(case_party__in=rows, superseded_at=None).order_by("round")
        decisions = Decision.objects.filter(case_party__in=rows).order_by("round")
        self.papers |= {("notice", row.case_party_id): row for row in notices}
        self.papers |= {("decision", row.case_party_id): row for row in decisions}

    def lack_of(self, form: DocumentForm) -> Refusal | None:
        """None as soon as one party, measure or the record itself fits."""
        found = None
        for subject in self.subjects.get(form.about, ()):
            lack = lack_of(form, subject, find=self._related)
            if lack is None:
                return None
            found = found or lack
        return found or none_of(form, self.record)

    def _related(self, part: str, subject: Subject) -> Any:
        if part in ("notice", "decision") and subject.case_party:
            return self.papers.get((part, subject.case_party.pk))
        return related(part, subject)
