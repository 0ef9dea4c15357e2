"""The register of numbers (文号登记簿): every number given out, voided ones and gaps explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.guards.links import page
from workflow.models import (
    Case,
    Decision,
    Document,
    IssuedNumber,
    Lead,
    Measure,
    Notice,
    NumberPattern,
    NumberSequence,
    Transfer,
)
from workflow.numbering import DEFAULT_PATTERNS
from workflow.selectors.export import safe_cell
from workflow.selectors.scope import reachable
from workflow.templatetags.casework import day

#: Gaps that are named at most; none is expected, so more than that is one fault.
MOST_GAPS = 100


@dataclass(frozen=True, slots=True)
class Bearer:
    """What bears a number, for somebody who may see it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: the number and what bears it, where the reader may see that."""

    row: IssuedNumber
    bearer: Bearer | None

    @property
    def text(self) -> str:
        """The number; of a file outside one's scope only that its serial is used."""
        return self.row.text if self.bearer else _("No. %(n)d") % {"n": self.row.serial}


def series_names() -> dict[str, str]:
    """What each class of numbers is called."""
    shipped = {kind: name for kind, (name, _pattern) in DEFAULT_PATTERNS.items()}
    return shipped | dict(NumberPattern.objects.values_list("kind", "name"))


def sequences() -> list[NumberSequence]:
    """Every counter that was used, the newest year first."""
    return list(NumberSequence.objects.filter(last__gt=0).order_by("-year", "kind", "unit_code"))


def numbers_of(sequence: NumberSequence) -> QuerySet[IssuedNumber]:
    """The numbers of one counter, the newest first."""
    return IssuedNumber.objects.filter(
        kind=sequence.kind, year=sequence.year, unit_code=sequence.unit_code
    ).order_by("-serial")


def gaps_of(sequence: NumberSequence) -> list[int]:
    """Serials the counter passed and the register does not have; none, if nobody meddled.

    Up to the highest number taken over nothing is missing: those were given out on paper.
    """
    rows = dict(numbers_of(sequence).order_by().values_list("serial", "taken_over"))
    first = max((serial for serial, taken in rows.items() if taken), default=0) + 1
    missing = (serial for serial in range(first, sequence.last + 1) if serial not in rows)
    return [serial for _n, serial in zip(range(MOST_GAPS), missing, strict=False)]


def entries(rows: Sequence[IssuedNumber], user: User) -> list[Entry]:
    """The rows with what bears each; two queries for a kind of record, however many rows."""
    bearers: dict[int, Bearer] = {}
    for kind, find in _FINDERS.items():
        if mine := [row for row in rows if row.record_type == kind]:
            bearers |= find(mine, user)
    return [Entry(row, bearers.get(row.pk)) for row in rows]


def table(sequence: NumberSequence, user: User) -> Iterator[list[str]]:
    """The register of one counter for a spreadsheet, heading first."""
    yield [_("Serial"), _("Number"), _("Borne by"), _("Given out on"), _("Voided on"), _("Reason")]
    for entry in entries(list(numbers_of(sequence).order_by("serial")), user):
        row = entry.row
        label = entry.bearer.label if entry.bearer else _("outside your scope")
        reason = row.void_reason if entry.bearer else ""
        voided = day(row.voided_at) if row.voided_at else ""
        cells = [str(row.serial), entry.text, label, day(row.issued_at), voided, reason]
        yield [safe_cell(cell) for cell in cells]
    for serial in gaps_of(sequence):
        yield [str(serial), "", _("gap: nothing is known of this number"), "", "", ""]


Found = dict[int, Bearer]


def _records(model: type[Any]) -> Callable[[Sequence[IssuedNumber], User], Found]:
    """By the number itself: it is given out before the record has a key."""

    def find(rows: Sequence[IssuedNumber], user: User) -> Found:
        keys = {row.text: row.pk for row in rows}
        found = reachable(model, user).filter(number__in=keys)
        return {keys[record.number]: Bearer(str(record), _page(record)) for record in found}

    return find


def _papers(model: type[Any]) -> Callable[[Sequence[IssuedNumber], User], Found]:
    def find(rows: Sequence[IssuedNumber], user: User) -> Found:
        keys = {row.record_id: row.pk for row in rows}
        mine = model.objects.filter(pk__in=keys, case_party__case__in=reachable(Case, user))
        bearers = {}
        for paper in mine.select_related("case_party__party"):
            label = f"{paper._meta.verbose_name} · {paper.case_party}"
            url = reverse("workflow_case:inspect", args=[paper.case_party.case_id])
            bearers[keys[paper.pk]] = Bearer(label, f"{url}?tab=parties")
        return bearers

    return find


def _documents(rows: Sequence[IssuedNumber], user: User) -> Found:
    keys = {row.record_id: row.pk for row in rows}
    found = reachable(Document, user).filter(pk__in=keys).select_related("form")
    bearers = {}
    for row in found:
        record = "transfer" if row.transfer_id else "case" if row.case_id else "lead"
        pk = row.transfer_id or row.case_id or row.lead_id
        url = reverse(f"workflow_{record}:document", args=[pk, row.pk])
        bearers[keys[row.pk]] = Bearer(row.form.name, url)
    return bearers


def _page(record: Any) -> str:
    """The record's own page; of one without any, that of its case."""
    return page(f"workflow_{record.machine}:inspect", record.pk) or page(
        "workflow_case:inspect", record.case_id
    )


_FINDERS: dict[str, Callable[[Sequence[IssuedNumber], User], Found]] = {
    "workflow.lead": _records(Lead), "workflow.case": _records(Case),
    "workflow.transfer": _records(Transfer), "workflow.measure": _records(Measure),
    "workflow.notice": _papers(Notice), "workflow.decision": _papers(Decision),
    "workflow.document": _documents,
}  # fmt: skip
