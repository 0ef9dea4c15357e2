"""The only door into the journal: ``append`` writes one line at the end of a record's chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from accounts import clock
from accounts.access import roles_on
from accounts.models import User
from accounts.prepared import Prepared
from workflow.engine.journal_text import (
    LONGEST_REASON,
    UnfitForJournalError,
    clean_text,
    digest,
    link,
    moment,
    plain_data,
)
from workflow.models.journal import JournalHead, JournalLine


def append(
    record: models.Model,
    *,
    verb: str,
    actor: User | None,
    acted_at: datetime,
    actor_role: str | None = None,
    source: str = "",
    target: str = "",
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    late_reason: str = "",
    corrects: JournalLine | None = None,
) -> JournalLine:
    """Write one line at the end of the record's chain and return it.

    Afterwards the line is hashed over all its fields and the line before it, and the chain's head
    points at it; both commit or roll back with the caller's transaction. ``actor=None`` is the
    system. ``record`` may tell ``journal_case_id`` and ``journal_lead_id``, so that the timeline of
    a case or lead shows its sub-records too. Three queries; more only when ``actor_role`` is left
    out, which keeps the roles the actor holds today over the record's ``unit``.

    Raises ``TransactionManagementError`` outside ``atomic()`` and ``UnfitForJournalError`` for what
    the journal cannot keep: control characters, halves of surrogates, floats, naive moments, a line
    that would correct another record's line.
    """
    line = JournalLine(
        **_subject(record),
        **_person(actor, role=_role(actor, record) if actor_role is None else actor_role),
        verb=verb,
        acted_at=acted_at,
        recorded_at=clock.now(),
        source=source,
        target=target,
        data=plain_data(data),
        reason=clean_text(reason, field="reason", longest=LONGEST_REASON),
        late_reason=clean_text(late_reason, field="late_reason", longest=LONGEST_REASON),
        corrects=corrects,
    )
    _require_fit(line)
    return _chain(line)


def line_hash(values: Mapping[str, Any]) -> str:
    """The digest of a line over the values of all its fields but the key and the digest itself."""
    return digest(
        {
            **values,
            "acted_at": moment(values["acted_at"]),
            "recorded_at": moment(values["recorded_at"]),
        }
    )


HASHED_FIELDS = (
    "record_type",
    "record_id",
    "case_id",
    "lead_id",
    "seq",
    "verb",
    "actor_id",
    "actor_name",
    "actor_role",
    "acted_at",
    "recorded_at",
    "source",
    "target",
    "data",
    "reason",
    "late_reason",
    "corrects_id",
    "prev_hash",
)

_LONGEST = {
    field.name: field.max_length
    for field in JournalLine._meta.local_concrete_fields
    if field.name in {"record_type", "verb", "actor_name", "actor_role", "source", "target"}
}


def _subject(record: models.Model) -> dict[str, Any]:
    kind = record._meta.label_lower
    subject = {
        "record_type": kind,
        "record_id": record.pk,
        "case_id": getattr(record, "journal_case_id", None),
        "lead_id": getattr(record, "journal_lead_id", None),
    }
    # The row itself where it is at hand: whoever follows the line need not read it again.
    own = {"workflow.case": "case", "workflow.lead": "lead"}.get(kind)
    if own and record.pk is not None:
        del subject[f"{own}_id"]
        subject[own] = record
    return subject


def _person(actor: User | None, *, role: str) -> dict[str, Any]:
    if actor is None:
        return {"actor_id": None, "actor_name": "", "actor_role": ""}
    return {"actor_id": actor.pk, "actor_name": actor.name, "actor_role": role}


def _role(actor: User | None, record: models.Model) -> str:
    """The names of the actor's roles over the record, in the site's language."""
    unit = getattr(record, "unit", None)
    if actor is None or unit is None:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return "、".join(str(role.label) for role in roles_on(actor, unit))


def _require_fit(line: JournalLine) -> None:
    if line.record_id is None:
        raise UnfitForJournalError("record", "has not been saved")
    if line.acted_at.tzinfo is None:
        raise UnfitForJournalError("acted_at", "a moment needs a time zone")
    for name in _LONGEST:
        clean_text(getattr(line, name), field=name, longest=_LONGEST[name])
    other = line.corrects
    if other is not None and (other.record_type, other.record_id) != (
        line.record_type,
        line.record_id,
    ):
        raise UnfitForJournalError("corrects", "belongs to another record")


_HEAD = Prepared(
    lambda kind, pk: JournalHead.objects.select_for_update().filter(record_type=kind, record_id=pk),
    str, int,
)  # fmt: skip


def _chain(line: JournalLine) -> JournalLine:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A journal line needs atomic() around it.")
    chain = {"record_type": line.record_type, "record_id": line.record_id}
    head = _HEAD.first(line.record_type, line.record_id)
    line.seq, line.prev_hash = (head.seq + 1, head.hash) if head else (1, "")
    line.hash = line_hash({name: getattr(line, name) for name in HASHED_FIELDS})
    line.save(force_insert=True)
    end = link(line_id=line.pk, line_hash=line.hash)
    if head is None:
        JournalHead.objects.create(**chain, seq=1, hash=end)
    else:
        JournalHead.objects.filter(pk=head.pk).update(seq=line.seq, hash=end)
    return line
