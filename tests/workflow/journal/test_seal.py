from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from workflow.engine.journal import append
from workflow.engine.journal_proof import verify
from workflow.engine.journal_seal import SealOrderError, seal
from workflow.models import JournalLine, JournalSeal

from .conftest import NOON

DAY = NOON.date()
PATIENCE = 15  # seconds


@pytest.mark.django_db
def test_seal_covers_what_no_seal_covers_yet(lead, write):
    write(lead, 3)
    first = seal(DAY, now=NOON)
    [*_, last] = write(lead, 2)

    second = seal(DAY + timedelta(days=1), now=NOON + timedelta(days=1))

    assert (first.count, second.count) == (3, 2)
    assert (second.last_id, second.prev_digest) == (last.pk, first.digest)


@pytest.mark.django_db
def test_seal_again_on_the_same_day_is_the_same_seal(lead, write):
    write(lead)
    first = seal(DAY, now=NOON)
    write(lead)

    assert seal(DAY, now=NOON + timedelta(hours=1)) == first
    assert JournalSeal.objects.get().count == 1


@pytest.mark.django_db
def test_seal_of_a_day_without_lines_says_so(lead, write):
    write(lead)
    first = seal(DAY, now=NOON)

    empty = seal(DAY + timedelta(days=1), now=NOON)

    assert (empty.count, empty.last_id, empty.prev_digest) == (0, first.last_id, first.digest)
    assert empty.digest != first.digest


@pytest.mark.django_db
def test_seal_of_a_day_before_the_latest_is_refused(lead):
    seal(DAY, now=NOON)

    with pytest.raises(SealOrderError):
        seal(DAY - timedelta(days=1), now=NOON)

    assert JournalSeal.objects.count() == 1


@pytest.mark.django_db
def test_seal_prints_on_one_line(lead, write):
    [line] = write(lead)

    made = seal(DAY, now=NOON)

    assert str(made) == f"2026-03-02 lines=1 last={line.pk} sha256:{made.digest}"


@pytest.mark.django_db(transaction=True)
def test_seal_waits_for_whoever_is_appending(lead, officer):
    """A line is under this seal or under the next: never committed later below its last line."""
    appended, sealing = threading.Event(), threading.Event()
    made = []

    def append_slowly():
        with transaction.atomic():
            append(lead, verb="lead.verify", actor=officer, acted_at=NOON, actor_role="")
            appended.set()
            assert sealing.wait(PATIENCE)
            threading.Event().wait(0.3)  # the other thread is now asking for its lock
        connections.close_all()

    def seal_now():
        assert appended.wait(PATIENCE)
        sealing.set()
        made.append(seal(DAY, now=NOON))
        connections.close_all()

    run([append_slowly, seal_now])

    assert [(one.count, one.last_id) for one in made] == [(1, JournalLine.objects.get().pk)]


@pytest.mark.django_db(transaction=True)
def test_appending_together_leaves_whole_chains(lead, make_lead, officer):
    """Six threads, one shared record and a seal in between: nothing lost, nothing doubled."""
    leads = [lead, make_lead("2")]
    seal(DAY, now=NOON)

    def append_ten():
        for number in range(10):
            with transaction.atomic():
                chosen = leads[number % 2]
                type(chosen).objects.select_for_update().get(pk=chosen.pk)  # as perform() does
                append(chosen, verb="lead.verify", actor=officer, acted_at=NOON, actor_role="")
        connections.close_all()

    def seal_tomorrow():
        seal(DAY + timedelta(days=1), now=NOON)
        connections.close_all()

    run([*[append_ten] * 5, seal_tomorrow])

    assert JournalLine.objects.count() == 50
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_verify_while_others_append_sees_no_damage(lead, officer):
    done = threading.Event()

    def append_many():
        for _ in range(40):
            with transaction.atomic():
                append(lead, verb="lead.verify", actor=officer, acted_at=NOON, actor_role="")
        done.set()
        connections.close_all()

    found = []

    def verify_often():
        while not done.is_set():
            found.extend(verify())
        connections.close_all()

    run([append_many, verify_often])

    assert (found, JournalLine.objects.count()) == ([], 40)


def run(jobs):
    """Run the jobs at once and raise the first failure."""
    failures = []

    def guarded(job):
        try:
            job()
        except BaseException as failure:  # re-raised below, in the thread of the test
            failures.append(failure)
            connections.close_all()

    threads = [threading.Thread(target=guarded, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failures:
        raise failures[0]
