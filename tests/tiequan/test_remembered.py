"""The suite's other promise: what is written anew is what would be walked, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from accounts import clock
from accounts.models import Unit
from tests.accounts.people import make_unit
from tests.casework import START, World
from tests.everything import everything
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

REMEMBERS = connection.vendor == "sqlite"


def stored() -> dict[str, bytes]:
    root = Path(settings.PRIVATE_ROOT)
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def walk():
    """A walk that counts how often it is walked."""

    @remembered
    def walk(code):
        walk.times += 1
        return make_unit(code, parent=None)

    walk.times = 0
    return walk


def again(walk, *arguments):
    """Walk inside a transaction that comes to nothing."""
    with transaction.atomic():
        result = walk(*arguments)
        assert Unit.objects.get(code=arguments[0]) == result
        transaction.set_rollback(True)


def test_state_written_anew_is_the_one_that_was_walked():
    seen = []
    shutil.rmtree(settings.PRIVATE_ROOT, ignore_errors=True)  # what the migrations stored
    for _ in range(2):
        with clock.at(START), transaction.atomic():
            case = World().deliberating()
            waiting = len(connection.run_on_commit)
            seen.append((case.pk, case.state, everything(), stored(), waiting))
            transaction.set_rollback(True)
        shutil.rmtree(settings.PRIVATE_ROOT)

    assert len(seen[0][3]) == 2
    # Passwords are salted and sequences count on: what is walked twice is never quite the same.
    assert (seen[0] == seen[1]) == REMEMBERS
    assert {label: len(rows) for label, rows in seen[0][2].items()} == {
        label: len(rows) for label, rows in seen[1][2].items()
    }


def test_same_walk_from_the_same_writes_is_written_anew(walk):
    with clock.at(START):
        again(walk, "a")
        again(walk, "a")

    assert walk.times == (1 if REMEMBERS else 2)


@pytest.mark.parametrize("differs", ["argument", "write", "moment", "clock", "settings"])
def test_anything_else_is_walked(walk, settings, differs):
    with clock.at(START):
        again(walk, "a")
    if differs == "write":
        make_unit("more", parent=None)
    if differs == "settings":
        settings.TIEQUAN_PUBLIC_CONTACT = "another"
    if differs == "clock":
        again(walk, "a")
    else:
        moment = START.replace(hour=10) if differs == "moment" else START
        with clock.at(moment):
            again(walk, "b" if differs == "argument" else "a")

    assert walk.times == 2


def test_code_that_a_test_patches_is_walked(walk, monkeypatch):
    with clock.at(START):
        again(walk, "a")
        again(walk, "a")

    assert walk.times == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_is_remembered_where_commits_stay(walk):
    with clock.at(START):
        again(walk, "a")
        again(walk, "a")

    assert walk.times == 2
