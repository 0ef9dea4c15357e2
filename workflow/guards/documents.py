"""Whether the documents the law wants before a step are issued; which ones is data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from workflow.guards.file import PartyFile, case_file
from workflow.guards.links import make_document_link
from workflow.models import Document, DocumentForm, Measure, RequiredDocument
from workflow.plugin import Attempt, Refusal, guard

About = DocumentForm.About


@dataclass(frozen=True, slots=True)
class _Subject:
    """What a document before the step is about: a party, a measure, or the record itself."""

    record: Any
    party: PartyFile | None = None
    measure: Measure | None = None

    def named(self, part: str) -> Any:
        """What a form's ``fits`` speaks of by name; None where there is none."""
        if self.party is not None and part in ("notice", "decision"):
            return getattr(self.party, part)
        if part == "measure":
            return self.measure
        return self.record if part == self.record.machine else None


@guard(reads="record")
def documents_are_issued(attempt: Attempt) -> Iterator[Refusal]:
    """Every document required before the step is issued, for every party where it is theirs.

    A form that fits nothing of the record is not waited for: a case without a measure has no
    decision to seal.
    """
    for row in _required(attempt).get(attempt.transition.name, ()):
        subjects = [one for one in _subjects(attempt, row.form) if row.form.is_for(one.named)]
        issued = _issued(attempt) if subjects else set()
        if row.per == RequiredDocument.Per.PARTY:
            for one in subjects:
                if one.party and (row.form_id, one.party.row.pk) not in issued:
                    yield _missing(row, one)
        elif subjects and not any(form == row.form_id for form, _party in issued):
            yield _missing(row, subjects[0])


def _required(attempt: Attempt) -> dict[str, list[RequiredDocument]]:
    """What each step of this machine needs first; asked once a page."""
    key = f"required:{attempt.record.machine}"
    if key not in attempt.memo:
        found: dict[str, list[RequiredDocument]] = {}
        for row in _required_of(attempt.record.machine).rows():
            found.setdefault(row.transition, []).append(row)
        attempt.memo[key] = found
    answer: dict[str, list[RequiredDocument]] = attempt.memo[key]
    return answer


@cache
def _required_of(machine: str) -> Prepared:
    rows = RequiredDocument.objects.filter(
        transition__startswith=f"{machine}.", is_active=True,
        mode=RequiredDocument.Mode.REQUIRED_BEFORE, form__is_active=True,
    )  # fmt: skip
    return Prepared(lambda: rows.select_related("form"))


def _subjects(attempt: Attempt, form: DocumentForm) -> list[_Subject]:
    """What a document of this form in the file of the record can be about, as things stand."""
    record = attempt.record
    if form.about == record.machine:
        return [_Subject(record, measure=record if form.about == About.MEASURE else None)]
    if record.machine != "case":
        return []
    if form.about == About.PARTY:
        return [_Subject(record, party=party) for party in case_file(attempt).open_parties]
    if form.about == About.MEASURE:
        return [_Subject(record, measure=measure) for measure in _measures(attempt)]
    return []


def _measures(attempt: Attempt) -> list[Measure]:
    """Measures of the case that were carried out; read once a page."""
    key = f"measures:{attempt.record.pk}"
    if key not in attempt.memo:
        carried_out = attempt.record.measures.filter(decided_at__isnull=False)
        attempt.memo[key] = list(carried_out.order_by("pk"))
    answer: list[Measure] = attempt.memo[key]
    return answer


def _issued(attempt: Attempt) -> set[tuple[int, int | None]]:
    """(form, party) of every document of the record that is issued and not voided."""
    record = attempt.record
    key = f"issued:{record.machine}:{record.pk}"
    if key not in attempt.memo:
        rows = Document.objects.filter(_in_file_of(record), status=Document.Status.ISSUED)
        attempt.memo[key] = set(rows.values_list("form_id", "case_party_id"))
    answer: set[tuple[int, int | None]] = attempt.memo[key]
    return answer


def _in_file_of(record: Any) -> Q:
    """The documents of a record; those of a measure lie in its case and are about it."""
    if record.machine == "measure":
        about = {"subject_type": record._meta.label_lower, "subject_id": record.pk}
        return Q(case=record.case_id, **about)
    return Q(**{record.machine: record})


def _missing(row: RequiredDocument, about: _Subject) -> Refusal:
    said: dict[str, Any] = {"form": row.form.name}
    if row.per == RequiredDocument.Per.PARTY and about.party:
        said["party"] = about.party.name
        message = _("“%(form)s” is not issued yet for %(party)s: make it.") % said
    else:
        message = _("“%(form)s” is not issued yet: make it.") % said
    return Refusal("document_missing", message, row.law or row.form.law, _link(row, about))


def _link(row: RequiredDocument, about: _Subject) -> str:
    """The page where it is made, its party or measure chosen already."""
    if about.measure is not None:
        return make_document_link(
            "case", about.measure.case_id, row.form.code, measure=about.measure.pk
        )
    named = {"party": about.party.row.pk} if about.party else {}
    return make_document_link(about.record.machine, about.record.pk, row.form.code, **named)
