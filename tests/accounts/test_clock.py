"""The one seam for time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts import clock

MOMENT = datetime(2021, 5, 10, 23, 30, tzinfo=UTC)


def test_fixed_moment_gives_the_day_in_the_bureaus_time_zone():
    with clock.at(MOMENT):
        assert (clock.now(), clock.today()) == (MOMENT, date(2021, 5, 11))
    assert clock.today() == timezone.localdate()


@pytest.mark.parametrize(("debug", "shifted"), [(True, True), (False, False)])
def test_wanted_day_counts_with_debug_only(settings, debug, shifted):
    settings.DEBUG = debug
    settings.TIEQUAN_TODAY = "2021-05-11"

    assert (clock.today() == date(2021, 5, 11)) is shifted


def test_shifted_day_keeps_the_hour(settings):
    settings.DEBUG = True
    settings.TIEQUAN_TODAY = "2021-05-11"

    shifted, real = timezone.localtime(clock.now()), timezone.localtime()

    assert abs(shifted.replace(year=real.year, month=real.month, day=real.day) - real) < timedelta(
        minutes=1
    )


def test_empty_wish_changes_nothing(settings):
    settings.DEBUG = True
    settings.TIEQUAN_TODAY = ""

    assert clock.today() == timezone.localdate()
