"""公告送达: what was announced counts as served only after the time of the announcement (C26)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow.clocks.store import ask
from workflow.engine.refusals import TransitionRefused
from workflow.models import Service
from workflow.plugin import Refusal


def require_announced(
    method: str, announced_on: date | None, *, issued: datetime | None, served_at: datetime
) -> None:
    """Raise ``TransitionRefused`` for a service by announcement before its time is over.

    The windows of the party run from the day of service: a day too early takes days from them.
    """
    if method != Service.Method.ANNOUNCED:
        return
    if announced_on is None:
        message = _("Say on which day it was announced.")
        raise TransitionRefused([Refusal("no_announcement", message, field="announced_on")])
    if issued is not None and announced_on < timezone.localdate(issued):
        message = _("A document is not announced before it was issued.")
        raise TransitionRefused([Refusal("not_issued", message, field="announced_on")])
    answer = ask("C26", announced_on)
    if answer.due is not None and timezone.localdate(served_at) < answer.due:
        message = _("Announced on %(on)s it counts as served on %(day)s, not before.")
        said = {"on": date_format(announced_on), "day": date_format(answer.due)}
        law = answer.rule.source
        raise TransitionRefused([Refusal("too_early", message % said, law, field="acted_at")])
