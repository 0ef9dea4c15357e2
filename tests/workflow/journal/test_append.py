from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from accounts import clock
from workflow.engine.journal import append
from workflow.engine.journal_text import UnfitForJournalError, link
from workflow.models import JournalHead, JournalLine, Lead
from workflow.models.journal import AppendOnlyError

from .conftest import NOON

pytestmark = pytest.mark.django_db


def test_append_first_line_begins_the_chain(lead, write, officer):
    with clock.at(NOON):
        [line] = write(lead)

    kept = JournalLine.objects.get()
    assert kept == line
    assert (kept.record_type, kept.record_id, kept.lead_id, kept.case_id) == (
        "workflow.lead",
        lead.pk,
        lead.pk,
        None,
    )
    assert (kept.seq, kept.prev_hash, kept.actor, kept.actor_name) == (1, "", officer, "王小明")
    assert (kept.acted_at, kept.recorded_at) == (NOON, NOON)
    assert kept.data == {"note": "现场核查", "count": 0}


def test_append_next_line_follows_the_last(lead, write):
    first, second = write(lead, 2)

    head = JournalHead.objects.get()
    assert (second.seq, second.prev_hash) == (2, link(line_id=first.pk, line_hash=first.hash))
    assert (head.seq, head.hash) == (2, link(line_id=second.pk, line_hash=second.hash))


def test_append_chains_each_record_apart(lead, make_lead, write):
    write(lead, 2)

    [line] = write(make_lead("2"))

    assert (line.seq, line.prev_hash) == (1, "")


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_append_takes_three_queries(lead, write, officer, lines):
    write(lead, lines)

    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        append(lead, verb="lead.verify", actor=officer, acted_at=NOON, actor_role="办案人员")

    assert len(queries) == 3


def test_append_by_the_system_has_no_actor(lead, write):
    [line] = write(lead, actor=None)

    assert (line.actor, line.actor_name, line.actor_role) == (None, "", "")


def test_append_without_a_role_keeps_none_for_a_person_without_posting(lead, write):
    [line] = write(lead, actor_role=None)

    assert line.actor_role == ""


@pytest.mark.django_db(transaction=True)
def test_append_outside_a_transaction_is_refused(lead, officer):
    with pytest.raises(transaction.TransactionManagementError):
        append(lead, verb="lead.verify", actor=officer, acted_at=NOON)

    assert not JournalLine.objects.exists()


def test_append_rolls_back_with_its_caller(lead, write):
    with transaction.atomic():
        write(lead, 2)
        transaction.set_rollback(True)

    assert (JournalLine.objects.count(), JournalHead.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "a\x00b"}, "reason"),
        ({"reason": "a\ud800b"}, "reason"),
        ({"reason": "长" * 4001}, "reason"),
        ({"late_reason": "\x1b[31m"}, "late_reason"),
        ({"data": {"note": "\udfff"}}, "data.note"),
        ({"data": {"sum": 1.5}}, "data.sum"),
        ({"data": {"parts": ["是"] * 8000}}, "data"),
        ({"verb": "v" * 101}, "verb"),
        ({"source": "\x07"}, "source"),
        ({"acted_at": datetime(2026, 3, 2)}, "acted_at"),  # noqa: DTZ001 -- naive is the case
    ],
)
def test_append_refuses_what_it_cannot_keep(lead, write, given, field):
    with pytest.raises(UnfitForJournalError) as refused:
        write(lead, **given)

    assert refused.value.field == field
    assert not JournalLine.objects.exists()


def test_append_refuses_an_unsaved_record(write):
    with pytest.raises(UnfitForJournalError, match="record"):
        write(Lead())


def test_correction_names_the_line_it_corrects(lead, write):
    [wrong] = write(lead)

    [right] = write(lead, corrects=wrong)

    assert right.corrects == wrong


def test_correction_of_another_record_is_refused(lead, make_lead, write):
    [wrong] = write(make_lead("2"))

    with pytest.raises(UnfitForJournalError, match="corrects"):
        write(lead, corrects=wrong)


def test_line_refuses_save_delete_and_bulk_change(lead, write):
    [line] = write(lead)
    line.reason = "另一个理由"

    for change in (
        line.save,
        line.delete,
        JournalLine.objects.all().delete,
        lambda: JournalLine.objects.update(reason=""),
        lambda: JournalLine.objects.bulk_update([line], ["reason"]),
    ):
        with pytest.raises(AppendOnlyError):
            change()

    assert JournalLine.objects.get().reason == "群众举报"


def test_record_with_a_journal_is_protected(lead, write):
    write(lead)

    with pytest.raises(ProtectedError):
        lead.delete()
