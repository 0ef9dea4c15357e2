"""The one seam for time: nothing else in the project asks what day it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("tiequan_fixed_now", default=None)


def now() -> datetime:
    """The present moment, aware; with DEBUG and TIEQUAN_TODAY the same hour of that day."""
    if (fixed := _fixed.get()) is not None:
        return fixed
    present = timezone.now()
    if (wanted := _debug_day()) is None:
        return present
    return present + timedelta(days=(wanted - timezone.localdate(present)).days)


def today() -> date:
    """The present day in the bureau's time zone."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Inside the block ``now()`` is ``moment`` (aware): for tests and for loading the demo."""
    token = _fixed.set(moment)
    try:
        yield moment
    finally:
        _fixed.reset(token)


def _debug_day() -> date | None:
    if not settings.DEBUG:
        return None
    wanted = getattr(settings, "TIEQUAN_TODAY", None)
    return date.fromisoformat(wanted) if isinstance(wanted, str) and wanted else wanted or None
