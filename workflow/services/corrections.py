"""A wrong date of the journal is mended by a line that names it; nothing is ever rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.dates import SKEW, minute_of
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine
from workflow.plugin import Refusal


def correct(
    line: JournalLine, record: Any, *, actor: User, acted_at: datetime, reason: str
) -> JournalLine:
    """The act of ``line`` happened at ``acted_at``; every limit that rested on it follows.

    ``record`` is the line's own. The right date lies neither ahead nor outside the moves before
    and after it. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="correct_record")
        if refused := _refusals(line, locked, acted_at, reason):
            raise TransitionRefused(refused)
        return record_act(
            locked, "journal.corrected", actor=actor, reason=reason.strip(), corrects=line,
            data={"acted_at": acted_at.isoformat(), "seq": line.seq},
        )  # fmt: skip


def _refusals(line: JournalLine, record: Any, acted_at: datetime, reason: str) -> list[Refusal]:
    own = (line.record_type, line.record_id) == (record._meta.label_lower, record.pk)
    if not own or line.corrects_id is not None:
        return [Refusal("not_correctable", _("This line cannot be corrected here."))]
    refused = []
    if not reason.strip():
        refused.append(Refusal("reason_missing", _("Say what was wrong."), field="reason"))
    if acted_at > now() + SKEW:
        message = _("An act cannot lie in the future.")
        refused.append(Refusal("in_the_future", message, field="acted_at"))
    elif minute_of(acted_at) == minute_of(happened(line)):
        message = _("That is the date the entry has already.")
        refused.append(Refusal("same_date", message, field="acted_at"))
    elif line.target:
        refused += _out_of_order(line, acted_at)
    return refused


def _out_of_order(line: JournalLine, acted_at: datetime) -> list[Refusal]:
    """A move stays between the one before and the one after it."""
    moves = JournalLine.objects.filter(record_type=line.record_type, record_id=line.record_id)
    moves = moves.exclude(target="")
    before = moves.filter(seq__lt=line.seq).order_by("-seq").first()
    after = moves.filter(seq__gt=line.seq).order_by("seq").first()
    if before is not None and acted_at < minute_of(happened(before)):
        message = _("This act follows the one of %(moment)s and cannot lie before it.")
        moment = happened(before)
    elif after is not None and minute_of(acted_at) > happened(after):
        message = _("The next act is of %(moment)s: this one cannot lie after it.")
        moment = happened(after)
    else:
        return []
    shown = date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    return [Refusal("out_of_order", message % {"moment": shown}, field="acted_at")]


def happened(line: JournalLine) -> datetime:
    """When the act happened, by its last correction."""
    for correction in line.corrections.order_by("-pk"):
        moment = parse_datetime(str(correction.data.get("acted_at", "")))
        if moment is not None:
            return moment
    return line.acted_at
