"""Whatever is altered, removed or inserted past the triggers is named."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from workflow.engine.journal import HASHED_FIELDS, line_hash
from workflow.engine.journal_proof import Tally, verify, verify_record
from workflow.engine.journal_seal import seal
from workflow.engine.journal_text import link
from workflow.models import JournalLine

from .conftest import NOON

pytestmark = pytest.mark.django_db


def problems():
    return [f"{problem.where}: {problem.what}" for problem in verify()]


def copy_of(line, **changes):
    """The values of a line, changed and hashed afresh, as a knowing forger would."""
    values = {name: getattr(line, name) for name in HASHED_FIELDS} | changes
    return {**values, "hash": line_hash(values)}


def set_to(tamper, line, **changes):
    columns = ", ".join(f"{name} = %s" for name in changes)
    values = [json.dumps(v, sort_keys=True) if k == "data" else v for k, v in changes.items()]
    assert tamper(f"UPDATE workflow_journalline SET {columns} WHERE id = %s", [*values, line.pk])


@pytest.fixture
def other(make_lead, write):
    """Another record whose chain stays whole."""
    other = make_lead("other")
    write(other, 2)
    return other


@pytest.fixture
def lines(other, lead, write):
    return write(lead, 4)


@pytest.fixture
def at(lead):
    return lambda seq: f"workflow.lead:{lead.pk} line {seq}"


def test_whole_journal_has_no_problem(lines):
    seal(NOON.date(), now=NOON)
    tally = Tally()

    assert list(verify(tally=tally)) == []
    assert (tally.lines, tally.records, tally.seals) == (6, 2, 1)


def test_empty_journal_has_no_problem(db):
    assert problems() == []


@pytest.mark.parametrize("seq", [1, 2, 4])
def test_altered_line_is_named(lines, at, tamper, seq):
    set_to(tamper, lines[seq - 1], reason="别的理由")

    assert problems() == [f"{at(seq)}: altered"]


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
def test_line_altered_with_a_fresh_digest_is_named(lines, at, tamper, seq):
    """Also line 3, whose successor is the last: the head speaks for that one."""
    line = lines[seq - 1]
    set_to(tamper, line, reason="别的理由", hash=copy_of(line, reason="别的理由")["hash"])

    assert problems() == [f"{at(seq)}: altered"]


@pytest.mark.parametrize("seq", [2, 3, 4])
def test_line_with_a_false_predecessor_is_named(lines, at, tamper, seq):
    line = lines[seq - 1]
    set_to(tamper, line, prev_hash="0" * 64, hash=copy_of(line, prev_hash="0" * 64)["hash"])

    assert problems() == [f"{at(seq)}: altered"]


def test_first_line_that_claims_a_predecessor_is_named(lines, at, tamper):
    line = lines[0]
    set_to(tamper, line, prev_hash="0" * 64, hash=copy_of(line, prev_hash="0" * 64)["hash"])

    assert problems() == [f"{at(1)}: altered"]


@pytest.mark.parametrize("seq", [1, 3, 4])
def test_removed_line_is_named(lines, at, tamper, seq):
    tamper("DELETE FROM workflow_journalline WHERE id = %s", [lines[seq - 1].pk])

    assert problems() == [f"{at(seq)}: removed"]


def test_cut_off_tail_is_named_at_its_first_line(lines, at, tamper):
    tamper("DELETE FROM workflow_journalline WHERE seq > 2")

    assert problems() == [f"{at(3)}: removed"]


def test_all_lines_of_a_record_removed_is_named(lines, at, tamper, lead):
    tamper("DELETE FROM workflow_journalline WHERE record_id = %s", [lead.pk])

    assert problems() == [f"{at(1)}: removed"]


def test_line_inserted_at_the_end_is_named(lines, at, lead):
    last = lines[-1]
    after = link(line_id=last.pk, line_hash=last.hash)
    JournalLine(**copy_of(last, seq=5, prev_hash=after)).save()

    assert problems() == [f"{at(5)}: inserted"]


def test_line_inserted_with_a_false_digest_is_named(lines, at):
    JournalLine(**(copy_of(lines[-1], seq=5) | {"hash": "f" * 64})).save()

    assert problems() == [f"{at(5)}: inserted"]


def test_line_inserted_between_is_named_where_the_old_one_stood(lines, at, tamper):
    tamper("UPDATE workflow_journalline SET seq = seq + 1 WHERE id = %s", [lines[3].pk])
    JournalLine(**copy_of(lines[3], reason="插入")).save()

    assert problems() == [f"{at(4)}: altered"]


def test_record_that_never_had_a_journal_is_named_when_given_one(lines, lead):
    JournalLine(**copy_of(lines[0], record_id=lead.pk + 1000)).save()

    assert problems() == [f"workflow.lead:{lead.pk + 1000} line 1: inserted"]


def test_record_type_that_never_had_a_journal_is_named_when_given_one(lines):
    JournalLine(**copy_of(lines[0], record_type="workflow.aaa", record_id=5)).save()

    assert problems() == ["workflow.aaa:5 line 1: inserted"]


def test_removed_head_is_named(lines, lead, tamper):
    tamper("DELETE FROM workflow_journalhead WHERE record_id = %s", [lead.pk])

    assert problems() == [f"workflow.lead:{lead.pk} line 1: inserted"]


def test_two_damaged_records_are_both_named_in_order(lines, other, lead, tamper, at):
    tamper("UPDATE workflow_journalline SET verb = 'x' WHERE seq = 2")

    assert problems() == [f"workflow.lead:{other.pk} line 2: altered", f"{at(2)}: altered"]


def test_moved_line_is_missed_where_it_stood(lines, at, lead, tamper):
    set_to(tamper, lines[1], record_id=lead.pk + 1000)

    assert problems()[0] == f"{at(2)}: removed"


def test_changed_key_is_named(lines, at, tamper):
    tamper("UPDATE workflow_journalline SET id = id + 1000 WHERE id = %s", [lines[1].pk])

    assert problems() == [f"{at(2)}: altered"]


def test_verify_of_one_record_looks_at_that_one_only(lines, other, lead, tamper, at):
    tamper("UPDATE workflow_journalline SET verb = 'x' WHERE record_id = %s", [other.pk])

    assert verify_record("workflow.lead", lead.pk) == []
    assert [p.what for p in verify_record("workflow.lead", other.pk)] == ["altered"]


def test_chains_rewritten_to_their_heads_break_the_seal(lines, lead, tamper):
    """What only the seal can tell: every digest of the chain was made anew."""
    seal(NOON.date(), now=NOON)
    after = ""
    for line in lines:
        forged = copy_of(line, reason="改写", prev_hash=after)
        set_to(tamper, line, reason="改写", prev_hash=after, hash=forged["hash"])
        after = link(line_id=line.pk, line_hash=forged["hash"])
    tamper("UPDATE workflow_journalhead SET hash = %s WHERE record_id = %s", [after, lead.pk])

    assert problems() == ["seal of 2026-03-02: altered"]


def test_record_removed_with_its_head_breaks_the_seal(lines, lead, tamper):
    seal(NOON.date(), now=NOON)
    for table in ("workflow_journalline", "workflow_journalhead"):
        tamper(f"DELETE FROM {table} WHERE record_id = %s", [lead.pk])

    assert problems() == ["seal of 2026-03-02: removed"]


def test_seal_changed_is_named(lines, tamper):
    seal(NOON.date(), now=NOON)
    seal(NOON.date() + timedelta(days=1), now=NOON)
    tamper("UPDATE workflow_journalseal SET count = count + 1 WHERE day = '2026-03-02'")

    assert problems() == ["seal of 2026-03-02: altered"]


def test_seal_removed_is_named_by_the_next(lines, tamper):
    seal(NOON.date(), now=NOON)
    seal(NOON.date() + timedelta(days=1), now=NOON)
    tamper("DELETE FROM workflow_journalseal WHERE day = '2026-03-02'")

    assert problems() == ["seal of 2026-03-03: altered"]
