"""Proves the journal: every chain from first line to head, then the seals over all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.db import models, transaction

from workflow.engine.journal_reading import (
    CHUNK,
    StoredLine,
    StoredSeal,
    lenient_text,
    misshapen_rows,
    stored_lines,
    stored_seals,
)
from workflow.engine.journal_seal import Content
from workflow.models.journal import JournalHead, JournalLine

_WINDOW = 500  # records whose heads are held in memory at once

Key = tuple[str, int]
Heads = dict[int, tuple[int, str]]  # record_id: (seq, hash)


@dataclass(frozen=True)
class Problem:
    """The first thing that is wrong in one chain, or with one seal."""

    where: str  # "workflow.case:17 line 3", "seal of 2021-05-11"
    what: str  # altered, removed, inserted
    detail: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.detail})"


@dataclass
class Tally:
    """How much has been proved so far; ``report`` is called with it every few thousand lines."""

    lines: int = 0
    records: int = 0
    seals: int = 0
    report: Callable[[Tally], None] = field(default=lambda tally: None)

    def count(self, lines: Iterable[StoredLine]) -> Iterator[StoredLine]:
        for line in lines:
            self.lines += 1
            if self.lines % (5 * CHUNK) == 0:
                self.report(self)
            yield line


def verify(*, tally: Tally | None = None) -> Iterator[Problem]:
    """Yield the first problem of every damaged chain and seal; nothing when all is as written.

    Streams in constant memory while others append. What it cannot see: a record's whole chain
    removed with its head, or chains rewritten to their ends, since the last seal.
    """
    tally = tally or Tally()
    if misshapen := misshapen_rows():
        yield from (Problem(where, "altered", "a number is no number") for where in misshapen)
        return
    yield from _verify_chains(tally)
    yield from _verify_seals(tally)


def verify_record(record_type: str, record_id: int, *, tally: Tally | None = None) -> list[Problem]:
    """The same for one chain; at most one problem. Holds its head while reading."""
    tally = tally or Tally()
    with transaction.atomic():
        head = _head(record_type, record_id)
        lines = JournalLine.objects.filter(record_type=record_type, record_id=record_id)
        read = tally.count(stored_lines(lines.order_by("seq")))
        problem = chain_problem((record_type, record_id), lines=read, head=head)
    tally.records += 1
    return [problem] if problem else []


def chain_problem(
    key: Key, *, lines: Iterable[StoredLine], head: tuple[int, str] | None
) -> Problem | None:
    """The first line of a chain that was altered, removed or inserted; reads one line ahead.

    A line whose digest fits its own fields may still be a forgery: then the next line (or the head)
    does not follow it. Of two lines that do not fit together the one that its successor does not
    vouch for is named.
    """
    if head is None:
        stray = any(True for _ in lines)
        why = "the record has no head, or its head was removed"
        return _named(key, 1, "inserted", why) if stray else None
    last: StoredLine | None = None
    torn: StoredLine | None = None  # a line that ``last`` does not vouch for
    for seq, line in enumerate(lines, start=1):
        if torn and last:
            return _forged(key, torn, last, vouched=line.prev_hash == last.link)
        if problem := _own_problem(key, seq, line, last=last, head=head):
            return problem
        torn = last if last and line.prev_hash != last.link else None
        last = line
    if torn and last:
        return _forged(key, torn, last, vouched=head[1] == last.link)
    return _end_problem(key, last, head=head)


def _own_problem(
    key: Key, seq: int, line: StoredLine, *, last: StoredLine | None, head: tuple[int, str]
) -> Problem | None:
    """What is wrong with one line by itself: its number, its place, its digest."""
    if line.seq > seq:
        return _named(key, seq, "removed", f"line {line.seq} follows line {seq - 1}")
    if line.seq < seq:
        return _named(key, line.seq, "inserted", "chains begin with line 1")
    if seq > head[0]:
        end = _end_problem(key, last, head=head)
        return end or _named(key, seq, "inserted", f"the head says {head[0]} lines")
    if not line.is_genuine:
        return _named(key, seq, "altered", "its digest does not fit its content")
    if last is None and line.prev_hash:
        return _named(key, 1, "altered", "it claims a line before the first")
    return None


def _end_problem(key: Key, last: StoredLine | None, *, head: tuple[int, str]) -> Problem | None:
    """Whether the chain ends where, and as, its head says."""
    seq = last.seq if last else 0
    if seq < head[0]:
        return _named(key, seq + 1, "removed", f"the head says {head[0]} lines")
    if last and last.link != head[1]:
        return _named(key, seq, "altered", "the head does not vouch for it")
    return None


def _forged(key: Key, before: StoredLine, after: StoredLine, *, vouched: bool) -> Problem:
    if vouched:
        return _named(key, before.seq, "altered", f"line {after.seq} does not vouch for it")
    return _named(key, after.seq, "altered", "neither the line before nor what follows fits it")


def _named(key: Key, seq: int, what: str, detail: str) -> Problem:
    return Problem(f"{key[0]}:{key[1]} line {seq}", what, detail)


def _verify_chains(tally: Tally) -> Iterator[Problem]:
    for record_type in _record_types():
        if not record_type.isascii():
            yield Problem(ascii(record_type), "altered", "there is no such record type")
            continue
        for heads, lines in _windows(record_type):
            suspects = list(_suspects(record_type, heads=heads, lines=lines, tally=tally))
            # Asked again with the head held: between two reads somebody may have appended.
            for record_id in suspects:
                yield from verify_record(record_type, record_id)


def _record_types() -> list[str]:
    heads = JournalHead.objects.order_by().values_list("record_type")
    with lenient_text():
        return sorted(
            name
            for (name,) in heads.union(JournalLine.objects.order_by().values_list("record_type"))
        )


def _windows(record_type: str) -> Iterator[tuple[Heads, models.QuerySet[JournalLine]]]:
    """Cut a type's records into windows with their heads; a line without a head is in one too."""
    all_heads = JournalHead.objects.filter(record_type=record_type).order_by("record_id")
    all_lines = JournalLine.objects.filter(record_type=record_type).order_by("record_id", "seq")
    heads, lines = all_heads, all_lines
    while True:
        with lenient_text():
            page = list(heads.values_list("record_id", "seq", "hash")[:_WINDOW])
        window = {record_id: (seq, end) for record_id, seq, end in page}
        if len(window) < _WINDOW:
            yield window, lines
            return
        edge = max(window)
        yield window, lines.filter(record_id__lte=edge)
        heads = all_heads.filter(record_id__gt=edge)
        lines = all_lines.filter(record_id__gt=edge)


def _suspects(
    record_type: str, *, heads: Heads, lines: models.QuerySet[JournalLine], tally: Tally
) -> Iterator[int]:
    """The records of a window whose chain does not hold, in order."""
    unseen = dict(heads)
    suspects = []
    for record_id, chain in groupby(
        tally.count(stored_lines(lines)), key=lambda line: line.record_id
    ):
        tally.records += 1
        head = unseen.pop(record_id, None)
        if chain_problem((record_type, record_id), lines=chain, head=head):
            suspects.append(record_id)
    yield from sorted([*suspects, *unseen])


def _head(record_type: str, record_id: int) -> tuple[int, str] | None:
    heads = JournalHead.objects.select_for_update()
    chain = heads.filter(record_type=record_type, record_id=record_id)
    with lenient_text():
        return chain.values_list("seq", "hash").first()


def _verify_seals(tally: Tally) -> Iterator[Problem]:
    before: StoredSeal | None = None
    for seal in stored_seals():
        where = f"seal of {seal.day}"
        if not seal.is_genuine:
            yield Problem(where, "altered", "its digest does not fit its content")
            return  # where the next one begins is not known any more
        if seal.prev_digest != (before.digest if before else ""):
            yield Problem(where, "altered", "it does not follow the seal before it")
            return
        if problem := _content_problem(seal, start=before.last_id if before else 0):
            yield problem
        tally.seals += 1
        before = seal


def _content_problem(seal: StoredSeal, *, start: int) -> Problem | None:
    where = f"seal of {seal.day}"
    span = f"{seal.count} lines with keys {start + 1} to {seal.last_id} were sealed"
    content = Content(start)
    lines = JournalLine.objects.filter(pk__gt=start, pk__lte=seal.last_id).order_by("pk")
    with lenient_text():
        content.extend(lines.values_list("pk", "hash").iterator(chunk_size=CHUNK))
    if content.count != seal.count:
        what = "removed" if content.count < seal.count else "inserted"
        return Problem(where, what, f"{span}, {content.count} are there")
    if content.hexdigest() != seal.content:
        return Problem(where, "altered", f"{span}, others are there")
    return None
