"""Where something is mended. A process without staff pages has no such place."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def page(viewname: str, pk: int) -> str:
    """The address of a staff page, or "" where no staff pages are served."""
    try:
        return reverse(viewname, args=[pk])
    except NoReverseMatch:
        return ""


def case_link(case_id: int, tab: str) -> str:
    """A tab of a case's page."""
    address = page("workflow_case:inspect", case_id)
    return f"{address}?tab={tab}" if address else ""
