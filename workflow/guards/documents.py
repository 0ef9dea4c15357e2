"""Whether the documents the law wants before a step are issued; which ones is data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from accounts.prepared import Prepared
from workflow.guards.file import case_file
from workflow.guards.links import make_document_link
from workflow.models import CaseParty, Document, RequiredDocument
from workflow.plugin import Attempt, Refusal, guard


@guard(reads="record")
def documents_are_issued(attempt: Attempt) -> Iterator[Refusal]:
    """Every document required before the step is issued, for every party where it is theirs."""
    for row in _required(attempt).get(attempt.transition.name, ()):
        issued = _issued(attempt)
        if row.per == RequiredDocument.Per.PARTY:
            for party in case_file(attempt).open_parties:
                if (row.form_id, party.row.pk) not in issued:
                    yield _missing(attempt, row, party.row)
        elif not any(form == row.form_id for form, _party in issued):
            yield _missing(attempt, row, None)


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


def _issued(attempt: Attempt) -> set[tuple[int, int | None]]:
    """(form, party) of every document of the record that is issued and not voided."""
    record = attempt.record
    key = f"issued:{record.machine}:{record.pk}"
    if key not in attempt.memo:
        rows = Document.objects.filter(**{record.machine: record}, status=Document.Status.ISSUED)
        attempt.memo[key] = set(rows.values_list("form_id", "case_party_id"))
    answer: set[tuple[int, int | None]] = attempt.memo[key]
    return answer


def _missing(attempt: Attempt, row: RequiredDocument, party: CaseParty | None) -> Refusal:
    said: dict[str, Any] = {"form": row.form.name}
    if party is None:
        message = _("“%(form)s” is not issued yet: make it.") % said
    else:
        said["party"] = party.party.name
        message = _("“%(form)s” is not issued yet for %(party)s: make it.") % said
    link = make_document_link(attempt.record, row.form.code, party.pk if party else None)
    return Refusal("document_missing", message, row.law or row.form.law, link)
