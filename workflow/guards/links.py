"""Where something is mended. A process without staff pages has no such place."""

from __future__ import annotations

from urllib.parse import urlencode

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


def make_document_link(machine: str, pk: int, code: str, **chosen: int) -> str:
    """Where a document of this form is made in the file of a record, its party or measure chosen.

    ``chosen``: ``party`` or ``measure`` by its key; a measure's documents are made in its case.
    """
    address = page(f"workflow_{machine}:make_document", pk, code)
    return f"{address}?{urlencode(chosen)}" if address and chosen else address
