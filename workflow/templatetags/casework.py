"""How screens write money, people and moments."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import now
from workflow.clocks.wording import due_shown, hours_left
from workflow.models import Deadline

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """An amount of fen in yuan; unknown is said, so that it cannot be read as nothing."""
    if fen is None:
        return _("not stated")
    amount = Decimal(fen) / 100
    # Python's commas: Django groups Chinese numbers by four digits, which nobody here reads.
    return _("%(amount)s yuan") % {"amount": f"{amount:,.2f}".removesuffix(".00")}


@register.filter
def moment(value: Any) -> str:
    """A moment in the bureau's time, to the minute."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT") if value else "—"


@register.filter
def moment_text(value: str) -> str:
    """As ``moment``, of the text the journal keeps."""
    return moment(parse_datetime(value) if isinstance(value, str) else None)


@register.filter
def camera_time(value: str) -> str:
    """The time a camera wrote into a picture: its own, in no zone."""
    return date_format(datetime.fromisoformat(value), "DATETIME_FORMAT")


@register.filter
def day(value: Any) -> str:
    """A date; of a moment its date in the bureau's time."""
    if not value:
        return "—"
    return date_format(timezone.localtime(value) if hasattr(value, "hour") else value)


@register.filter
def due(deadline: Deadline) -> str:
    """When a limit ends: its date, of a limit of hours with the minute."""
    return due_shown(deadline) or "—"


@register.filter
def left_in_hours(deadline: Deadline) -> str:
    """Hours left or overdue of a limit of hours that is near its minute; else ""."""
    return hours_left(deadline, now())


@register.filter
def quantity(amount: Decimal, unit: str = "") -> str:
    """A quantity without idle zeros, with its unit."""
    return f"{amount.normalize():f}{unit}"


@register.filter
def file_size(size: int) -> str:
    """Bytes as a person reads them."""
    if size < 1024:
        return _("%(size)s bytes") % {"size": size}
    if size < 1024 * 1024:
        return _("%(size)s KB") % {"size": f"{size / 1024:.0f}"}
    return _("%(size)s MB") % {"size": f"{size / 1024 / 1024:.1f}"}
