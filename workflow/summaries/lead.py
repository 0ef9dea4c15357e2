"""What signers read of a lead: about whom, what was heard, who verified it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow.guards.file import case_file
from workflow.plugin import Attempt, Shown
from workflow.summaries.lines import fields, limit_line, names


def lead_itself(attempt: Attempt) -> Iterator[Shown]:
    """Where it came from, about whom, what was heard and who looks into it. Never the reporter."""
    lead = attempt.record
    yield Shown(lead._meta.verbose_name, f"{lead.number} {lead.title}")
    yield Shown(_("Received at"), date_format(lead.received_at))
    yield from fields(
        lead, "channel", "subject_name", "subject_uscc", "place", "address", "content"
    )
    handlers = [handler.user for handler in case_file(attempt).handlers if not handler.recused_on]
    if handlers:
        yield Shown(_("Handlers"), names(handlers))


def longer_limit(attempt: Attempt) -> Iterator[Shown]:
    """The lead, and its limit now and then."""
    yield from limit_line(attempt)
    yield from lead_itself(attempt)
