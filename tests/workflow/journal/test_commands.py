from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from workflow.engine.journal_seal import seal
from workflow.models import JournalSeal

from .conftest import NOON

pytestmark = pytest.mark.django_db


def verify_journal(*args):
    """The command's output and whether it failed (exit status 1)."""
    out = io.StringIO()
    try:
        call_command("verify_journal", *args, stdout=out, stderr=io.StringIO())
    except CommandError as failure:
        return out.getvalue().splitlines(), failure.returncode
    return out.getvalue().splitlines(), 0


@pytest.fixture
def written(lead, make_lead, write):
    write(lead, 3)
    write(make_lead("2"), 2)
    seal(NOON.date(), now=NOON)


def test_verify_journal_counts_what_it_proved(written):
    assert verify_journal() == (["ok 5 lines, 2 records, 1 seals"], 0)


def test_verify_journal_of_one_record(written, lead):
    assert verify_journal(f"--record=workflow.lead:{lead.pk}") == (
        ["ok 3 lines, 1 records, 0 seals"],
        0,
    )


def test_verify_journal_names_the_first_damaged_line(written, lead, tamper):
    tamper("UPDATE workflow_journalline SET reason = 'x' WHERE seq = 2")

    assert verify_journal() == (
        [f"BROKEN workflow.lead:{lead.pk} line 2: altered (its digest does not fit its content)"],
        1,
    )


def test_verify_journal_all_goes_on(written, tamper):
    tamper("UPDATE workflow_journalline SET reason = 'x' WHERE seq = 2")

    lines, status = verify_journal("--all")

    assert (len(lines), status) == (2, 1)


def test_verify_journal_of_a_damaged_record(written, lead, tamper):
    tamper("DELETE FROM workflow_journalline WHERE seq = 3")

    assert verify_journal(f"--record=workflow.lead:{lead.pk}") == (
        [f"BROKEN workflow.lead:{lead.pk} line 3: removed (the head says 3 lines)"],
        1,
    )


@pytest.mark.parametrize("key", ["workflow.lead", "workflow.lead:x", ":5", "workflow.lead:99999"])
def test_verify_journal_of_no_record_fails(written, key):
    assert verify_journal(f"--record={key}") == ([], 1)


def test_seal_journal_prints_the_seal(lead, write):
    write(lead)
    out = io.StringIO()

    call_command("seal_journal", stdout=out)

    assert out.getvalue() == f"{JournalSeal.objects.get()}\n"
