"""What a clock is made of, before any database: rules, pauses, extensions and the answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

BEIJING = ZoneInfo("Asia/Shanghai")

WORKING_DAY = "working_day"
CALENDAR_DAY = "calendar_day"
HOUR = "hour"
MONTH = "month"
YEAR = "year"
UNITS = (WORKING_DAY, CALENDAR_DAY, HOUR, MONTH, YEAR)

ROLL_FORWARD = "forward"
"""A last day that is a rest day moves to the next working day."""
ROLL_SAFE = "safe"
"""The earlier, nominal day is the answer; the rolled one is shown beside it."""
ROLL_NONE = "none"
ROLLS = (ROLL_FORWARD, ROLL_SAFE, ROLL_NONE)

VERIFIED = "verified"
SECONDARY = "secondary"
PRACTICE = "practice"
UNVERIFIED = "unverified"
CONFIDENCES = (VERIFIED, SECONDARY, PRACTICE, UNVERIFIED)


UNKNOWN_YEAR = "unknown_year"
"""The code of the warning that a year's holidays are not known."""


class ClockError(ValueError):
    """A question about a limit that has no answer: the message says what to change."""


def iso(value: date) -> str:
    """A date or a moment (in Beijing time, without its zone) as the command line takes it."""
    if isinstance(value, datetime):
        local = value.astimezone(BEIJING) if value.tzinfo else value
        precise = "seconds" if local.second or local.microsecond else "minutes"
        return local.replace(tzinfo=None).isoformat(timespec=precise)
    return value.isoformat()


@dataclasses.dataclass(frozen=True)
class ExtensionStep:
    """One extension the law allows: its own code (C13), usual amount, ceiling and approver."""

    code: str
    amount: int | None = None
    ceiling: int | None = None
    approver: str = ""


@dataclasses.dataclass(frozen=True)
class Rule:
    """One version of one clock. ``amount`` None means that it has no date of its own."""

    code: str
    name: str
    unit: str
    amount: int | None
    effective_from: date
    effective_until: date | None = None
    backwards: bool = False
    roll: str = ROLL_FORWARD
    stop_reasons: tuple[str, ...] = ()
    steps: tuple[ExtensionStep, ...] = ()
    source: str = ""
    confidence: str = VERIFIED
    note: str = ""

    @property
    def version(self) -> str:
        """The version's stable name, e.g. ``C16@2021-07-15``."""
        return f"{self.code}@{self.effective_from.isoformat()}"

    def covers(self, on: date) -> bool:
        """Whether an act of that day is judged by this version (both end days included)."""
        until = self.effective_until
        return self.effective_from <= on and (until is None or on <= until)


@dataclasses.dataclass(frozen=True)
class Pause:
    """Days that do not count, both ends included; ``end`` None is still running."""

    start: date
    end: date | None = None
    reason: str = ""


@dataclasses.dataclass(frozen=True)
class Extension:
    """More time, in the clock's own unit; ``granted_on`` None is taken as granted in time."""

    amount: int
    granted_on: date | None = None
    approver: str = ""


@dataclasses.dataclass(frozen=True)
class Skip:
    """A day that was passed over and why; ``kind`` is pause, weekend, holiday or override."""

    date: date
    kind: str
    reason: str


@dataclasses.dataclass(frozen=True)
class Phrase:
    """A sentence whose dates are written only when somebody reads it."""

    code: str
    text: str | Promise
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def render(self, *, day: Callable[[date], str] = iso) -> str:
        """The sentence in the active language; ``day`` writes dates and moments."""
        shown = {
            key: day(value) if isinstance(value, date) else value
            for key, value in self.params.items()
        }
        return str(self.text) % shown


@dataclasses.dataclass(frozen=True)
class Answer:
    """When a limit ends and how that was counted.

    ``due`` is the date to rely on (a moment for hour clocks, None while a pause runs or for a
    clock without a date); ``later`` is the less careful reading where the law allows two.
    ``counted`` is in days (hours for hour clocks), ``left`` what a running pause leaves.
    For a forward date clock (due - start) in days == counted + len(skipped).
    """

    rule: Rule
    start: date | datetime
    due: date | datetime | None = None
    later: date | datetime | None = None
    counted: int = 0
    left: int | None = None
    skipped: tuple[Skip, ...] = ()
    applied: tuple[Extension, ...] = ()
    warnings: tuple[Phrase, ...] = ()
    steps: tuple[Phrase, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a running pause holds the limit open."""
        return self.left is not None

    @property
    def is_guess(self) -> bool:
        """Whether the date rests on a year whose holidays are not known."""
        return any(warning.code == UNKNOWN_YEAR for warning in self.warnings)
