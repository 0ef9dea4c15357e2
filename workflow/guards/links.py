"""Where something is mended. A process without staff pages has no such place."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def page(viewname: str, pk: int, *more: str) -> str:
    """The address of a staff page, or "" where no staff pages are served."""
    try:
        return reverse(viewname, args=[pk, *more])
    except NoReverseMatch:
        return ""


def case_link(case_id: int, tab: str) -> str:
    """A tab of a case's page."""
    address = page("workflow_case:inspect", case_id)
    return f"{address}?tab={tab}" if address else ""


def make_document_link(record: Any, code: str, party_id: int | None = None) -> str:
    """Where a document of this form is made for the record, its party chosen already."""
    address = page(f"workflow_{record.machine}:make_document", record.pk, code)
    return f"{address}?party={party_id}" if address and party_id else address
