"""How dates, moments and hours of limits are written, on screens, on paper and in notices."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.clocks.sane import local
from workflow.models.deadline import Deadline

HOUR = timedelta(hours=1)
COUNTED_IN_HOURS = timedelta(days=2)
"""Nearer than this, before or after its minute, a limit of hours is told in hours."""


def shown(value: date) -> str:
    """A date, or a moment in Beijing time, as the screens write it."""
    if isinstance(value, datetime):
        return formats.date_format(local(value), "DATETIME_FORMAT")
    return formats.date_format(value, "DATE_FORMAT")


def due_shown(deadline: Deadline) -> str:
    """When it ends, of a limit of hours with the minute; "" while a pause runs."""
    due = deadline.due_at or deadline.due_on
    return shown(due) if due is not None else ""


def hours_left(deadline: Deadline, moment: datetime) -> str:
    """Full hours left or overdue of an open limit of hours; "" of one that is told in days."""
    if deadline.due_at is None or not deadline.is_open:
        return ""
    left = deadline.due_at - moment
    if abs(left) >= COUNTED_IN_HOURS:
        return ""
    hours = abs(left) // HOUR
    if left < timedelta():
        if not hours:
            return _("less than an hour overdue")
        return ngettext("%(n)d hour overdue", "%(n)d hours overdue", hours) % {"n": hours}
    if not hours:
        return _("less than an hour left")
    return ngettext("%(n)d hour left", "%(n)d hours left", hours) % {"n": hours}
