"""A wrong date of the journal is mended by a line that names it; nothing is ever rewritten."""

from __future__ import annotations

from collections.abc import Sequence
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
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.models import Decision, JournalLine, Notice, PartyAnswer, Service
from workflow.plugin import Refusal
from workflow.services.corrected_fields import Resting, resting_on


def correct(
    line: JournalLine, record: Any, *, actor: User, acted_at: datetime, reason: str
) -> JournalLine:
    """The act of ``line`` happened at ``acted_at``; limits and fields that rested on it follow.

    ``record`` is the line's own. The right date lies neither ahead nor outside the moves before
    and after it, and leaves papers issued before they are served and answered. The correcting line
    names the fields that moved. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="correct_record")
        if refused := _refusals(line, locked, acted_at, reason):
            raise TransitionRefused(refused)
        resting = resting_on(line, locked)
        for one in resting:
            one.move(acted_at)
        locked = lock(locked)
        if refused := _papers_out_of_order(resting):
            raise TransitionRefused(refused)
        fields = [f"{one.rows.model._meta.model_name}.{one.field}" for one in resting]
        return record_act(
            locked, "journal.corrected", actor=actor, reason=reason.strip(), corrects=line,
            data={"acted_at": acted_at.isoformat(), "seq": line.seq, "fields": fields},
        )  # fmt: skip


def _papers_out_of_order(resting: Sequence[Resting]) -> list[Refusal]:
    """A paper that moved is issued, then served, then answered."""
    papers: list[Notice | Decision] = []
    for one in resting:
        if one.rows.model in (Notice, Decision):
            papers += one.rows
        elif one.rows.model is PartyAnswer:
            papers += [answer.notice for answer in one.rows.select_related("notice")]
        elif one.rows.model is Service:
            rows = one.rows.select_related("notice", "decision")
            papers += [found for row in rows if (found := row.notice or row.decision)]
    for paper in papers:
        issued = paper.issued_at if isinstance(paper, Notice) else paper.decided_at
        served = [service.served_at for service in paper.services.all()]
        answered = paper.answered_at if isinstance(paper, Notice) else None
        days = [issued, min(served, default=None), answered]
        known = [minute_of(day) for day in days if day is not None]
        if known != sorted(known):
            message = _("%(paper)s would not be issued, served and answered in this order.")
            return [Refusal("papers_out_of_order", message % {"paper": paper}, field="acted_at")]
    return []


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
