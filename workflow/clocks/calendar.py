"""Which days are worked: the published calendar with 调休, overridden by the bureau's own table."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar import constants
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflow.clocks.rule import Skip

LIBRARY_YEARS = range(min(constants.holidays).year, max(constants.holidays).year + 1)
HOLIDAYS = (
    gettext_noop("New Year's Day"),
    gettext_noop("Spring Festival"),
    gettext_noop("Tomb-sweeping Day"),
    gettext_noop("Labour Day"),
    gettext_noop("Dragon Boat Festival"),
    gettext_noop("National Day"),
    gettext_noop("Mid-autumn Festival"),
    gettext_noop("Anti-Fascist 70th Day"),
)
"""The library's names of holidays, here so that they are translated."""


@cache
def _is_published_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))


@dataclasses.dataclass(frozen=True)
class DayOverride:
    """One row of the bureau's table: whether the day is worked, and the notice that says so."""

    is_working: bool
    name: str = ""


@dataclasses.dataclass(frozen=True)
class WorkCalendar:
    """Working days from the library, the override table and, for unknown years, weekends alone.

    ``complete_years`` are the years whose whole notice the bureau has entered; any other year the
    library does not know is a guess, which ``is_known`` tells and the computation warns about.
    """

    overrides: Mapping[date, DayOverride] = dataclasses.field(default_factory=dict)
    complete_years: Container[int] = frozenset()

    def is_known(self, day: date) -> bool:
        """Whether the day's status is a fact and not a guess from the weekday."""
        year = day.year
        return year in LIBRARY_YEARS or year in self.complete_years or day in self.overrides

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; make-up days (调休) are, unknown years go by the weekday."""
        override = self.overrides.get(day)
        if override is not None:
            return override.is_working
        if day.year in LIBRARY_YEARS:
            return _is_published_workday(day)
        return day.weekday() < 5

    def rest(self, day: date) -> Skip:
        """Why a day that is not worked is not worked."""
        override = self.overrides.get(day)
        if override is not None:
            return Skip(day, "override", override.name or _("Rest day in the bureau's calendar"))
        if day.year in LIBRARY_YEARS:
            name = chinese_calendar.get_holiday_detail(day)[1]
            if name:
                return Skip(day, "holiday", _("Statutory holiday (%(name)s)") % {"name": _(name)})
        return Skip(day, "weekend", _("Weekend"))

    def unknown_years(self, days: Iterable[date]) -> list[int]:
        """The years among these days about which nothing is known, in order."""
        return sorted({day.year for day in days if not self.is_known(day)})


LIBRARY = WorkCalendar()
"""The published calendar alone, for questions asked without a database."""


def working_days_between(first: date, last: date, *, calendar: WorkCalendar = LIBRARY) -> int:
    """How many working days lie after ``first`` up to and including ``last``; 0 when none do."""
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(calendar.is_working(day) for day in days)
