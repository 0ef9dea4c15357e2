"""The daily seal: one digest over all lines, so that a chain rewritten from end to end shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction

from workflow.engine.journal_text import digest, moment
from workflow.models.journal import JournalLine, JournalSeal

_CHUNK = 5000


class SealOrderError(ValueError):
    """A day before the latest seal cannot be sealed any more."""


def seal(day: date, *, now: datetime) -> JournalSeal:
    """Seal every line that no seal covers yet, under this day's name, and return the seal.

    Waits for the transactions that are appending and lets none begin until it has committed, so a
    line is either under this seal or under the next one. Sealing a day again returns its seal.
    Raises ``SealOrderError`` for an unsealed day that lies before the latest seal.
    """
    with transaction.atomic():
        _wait_for_appenders()
        if (done := JournalSeal.objects.filter(day=day).first()) is not None:
            return done
        before = JournalSeal.objects.order_by("-day").first()
        if before is not None and before.day > day:
            raise SealOrderError(f"{day} lies before the seal of {before.day}.")
        start = before.last_id if before else 0
        lines = JournalLine.objects.filter(pk__gt=start).order_by("pk")
        content = Content(start)
        content.extend(lines.values_list("pk", "hash").iterator(chunk_size=_CHUNK))
        new = JournalSeal(
            day=day,
            sealed_at=now,
            last_id=content.last_id,
            count=content.count,
            content=content.hexdigest(),
            prev_digest=before.digest if before else "",
        )
        new.digest = seal_digest(new)
        new.save(force_insert=True)
        return new


def seal_digest(seal: JournalSeal) -> str:
    """The digest of a seal over all its fields but the key and the digest itself."""
    return digest(
        {
            "day": seal.day.isoformat(),
            "sealed_at": moment(seal.sealed_at),
            "last_id": seal.last_id,
            "count": seal.count,
            "content": seal.content,
            "prev_digest": seal.prev_digest,
        }
    )


class Content:
    """The lines under one seal, in the order of their keys."""

    def __init__(self, start: int) -> None:
        self.last_id = start
        self.count = 0
        self._sha256 = hashlib.sha256()

    def add(self, line_id: int, line_hash: str) -> None:
        self._sha256.update(f"{line_id}:{line_hash}\n".encode(errors="surrogatepass"))
        self.last_id = line_id
        self.count += 1

    def extend(self, lines: Iterable[tuple[int, str]]) -> None:
        for line_id, line_hash in lines:
            self.add(line_id, line_hash)

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


def _wait_for_appenders() -> None:
    # SQLite: atomic() began IMMEDIATE, so nobody else is writing.
    if connection.vendor == "postgresql":
        # Conflicts with the ROW EXCLUSIVE lock an INSERT holds until commit, not with reads.
        table = connection.ops.quote_name(JournalLine._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
