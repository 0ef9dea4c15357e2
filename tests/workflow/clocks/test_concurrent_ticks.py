"""Six ticks at once, some of which die half way: every limit is reminded of exactly once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from accounts.services import appoint
from tests.workflow.clocks.conftest import at
from workflow.clocks import remind as reminding
from workflow.clocks.lights import Lights
from workflow.models import Case, Deadline, Handler, UserNotice

pytestmark = pytest.mark.django_db(transaction=True)
CASES, THREADS = 12, 6


class Died(Exception):
    """A process that was killed: its transaction is rolled back."""


@pytest.fixture
def late_cases(unit, officer, write):
    appoint(by=None, user=officer, role="handler", unit=unit, reason="t", from_on=date(2019, 1, 1))
    for number in range(CASES):
        case = Case.objects.create(
            number=f"并{number}", title="案", cause="x", unit=unit, filed_at=at("2021-08-02")
        )
        Handler.objects.create(case=case, user=officer)
        write(case, "case.open", "2021-08-02")


def test_every_limit_is_reminded_of_exactly_once(late_cases):
    moment, trouble = at("2021-11-01"), []

    def tick(number):
        try:
            if number % 3 == 0:
                with transaction.atomic():  # dies after its first reminder, before it commits
                    pk = Deadline.objects.order_by("pk")[number].pk
                    reminding._remind_once(pk, Lights(moment))
                    raise Died
            reminding.remind(moment)
        except Died:
            reminding.remind(moment)
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reminding.remind(moment)

    assert trouble == []
    assert UserNotice.objects.count() == CASES
    assert set(Deadline.objects.values_list("reminded_stage", flat=True)) == {Deadline.Stage.TODAY}


def dying_after(statements):
    """A process that is killed before its next statement once it has sent so many."""
    sent = iter(range(statements))

    def send(execute, sql, params, many, context):
        if next(sent, None) is None:
            raise Died
        return execute(sql, params, many, context)

    return connection.execute_wrapper(send)


@pytest.mark.slow
def test_death_between_any_two_statements_loses_nothing_and_says_nothing_twice(late_cases):
    moment, deaths = at("2021-11-01"), 0
    for statements in range(400):
        try:
            with dying_after(statements):
                reminding.remind(moment)
        except Died:
            deaths += 1
        else:
            break

    assert deaths > CASES
    assert UserNotice.objects.count() == CASES
    assert set(Deadline.objects.values_list("reminded_stage", flat=True)) == {Deadline.Stage.TODAY}


@pytest.mark.slow
def test_six_ticks_at_once_that_die_anywhere_say_everything_once(late_cases):
    moment, trouble = at("2021-11-01"), []

    def tick(number):
        try:
            for statements in range(number, 60, THREADS):
                try:
                    with dying_after(statements):
                        reminding.remind(moment)
                except Died:
                    continue
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reminding.remind(moment)

    assert trouble == []
    assert UserNotice.objects.count() == CASES
