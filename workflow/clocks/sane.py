"""What a question about a limit must look like before it is worth counting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from workflow.clocks import phrases
from workflow.clocks.rule import BEIJING, ClockError, Extension, Pause

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
LONGEST = 3660
"""No extension or closed pause is longer than this many units: more is a slip of the pen."""
MOST = 1000
"""Nor has one limit more pauses or extensions than this."""


def day_of(moment: date | datetime) -> date:
    """The day in Beijing on which a moment lies."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def local(moment: datetime) -> datetime:
    """The moment in Beijing time; a naive one is taken as Beijing time already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=BEIJING)
    return moment.astimezone(BEIJING)


def check(start: date | datetime, pauses: Sequence[Pause], extensions: Sequence[Extension]) -> None:
    """Raise ClockError for dates out of range, pauses turned round and amounts below one."""
    if len(pauses) > MOST or len(extensions) > MOST:
        raise ClockError(phrases.too_many().render())
    days = [day_of(start)]
    days += [pause.start for pause in pauses]
    days += [pause.end for pause in pauses if pause.end is not None]
    days += [given.granted_on for given in extensions if given.granted_on is not None]
    for day in days:
        if not EARLIEST <= day <= LATEST:
            raise ClockError(phrases.out_of_range(day).render())
    for pause in pauses:
        _check_pause(pause)
    if any(given.amount < 1 for given in extensions):
        raise ClockError(phrases.extension_empty().render())
    if sum(given.amount for given in extensions) > LONGEST:
        raise ClockError(phrases.too_long().render())


def _check_pause(pause: Pause) -> None:
    if pause.end is None:
        return
    if pause.end < pause.start:
        raise ClockError(phrases.pause_ends_early(pause).render())
    if (pause.end - pause.start).days > LONGEST:
        raise ClockError(phrases.too_long().render())
