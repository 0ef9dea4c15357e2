"""Days of a spreadsheet as the moments the records keep."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone


def at(day: date) -> datetime:
    """The first minute of the day, in local time."""
    return timezone.make_aware(datetime.combine(day, time()))
