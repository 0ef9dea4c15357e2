"""Journal lines as the engine writes them: what cannot be kept is refused, not crashed on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from workflow.clocks.follow import follow
from workflow.clocks.rule import ClockError
from workflow.engine import journal
from workflow.engine.journal_text import UnfitForJournalError
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine
from workflow.plugin import Refusal


def write_line(record: Any, **line: Any) -> JournalLine:
    """``journal.append``; text it cannot keep becomes a refusal beside the field it came from."""
    try:
        return journal.append(record, **line)
    except UnfitForJournalError as error:
        message = _("This text cannot be kept: delete unreadable characters and shorten it.")
        field = error.field if error.field in {"reason", "late_reason"} else ""
        raise TransitionRefused([Refusal("unfit_text", message, field=field)]) from error


def follow_line(line: JournalLine) -> None:
    """Limits follow the line; a date they cannot be counted from refuses the act."""
    try:
        follow(line)
    except ClockError as error:
        raise TransitionRefused([Refusal("limit", str(error))]) from error
