"""Documents a step made: written after it, again when something failed, never in its way."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from accounts.clock import now
from accounts.models import User
from workflow.documents.freeze import forget_files, freeze
from workflow.engine import journal
from workflow.engine.acts import begin
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.engine.subjects import subject_of
from workflow.models import Document
from workflow.plugin import Refusal
from workflow.services.documents import locked, told_of

logger = logging.getLogger(__name__)
S = Document.Status
#: After so long ``tick`` makes again what a step made and nobody wrote.
RETRY_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=7)


def make_again(document: Document, *, actor: User) -> Document:
    """Try once more to write a document a step made; says why when it fails again."""
    with transaction.atomic():
        begin(subject_of(document).acts_on, actor=actor, permission="make_document")
    made = make_pending(document)
    if made.fault:
        raise TransitionRefused([Refusal("not_made", made.fault)])
    return made


def make_owed(line_id: int) -> int:
    """Write what the step of this journal line made; returns how many are done now."""
    owed = Document.objects.filter(made_for=line_id, status=S.PENDING).order_by("pk")
    return sum(not make_pending(document).fault for document in owed)


def make_overdue(at: datetime) -> int:
    """Write what was left behind by a lost broker or a fault; for ``tick``."""
    owed = Document.objects.filter(
        status=S.PENDING, made_at__lt=at - RETRY_AFTER, made_at__gt=at - GIVE_UP_AFTER
    )
    return sum(not make_pending(document).fault for document in owed.order_by("pk")[:50])


def make_pending(document: Document) -> Document:
    """Issue a pending document as of its step, or leave it a draft that says what is missing.

    Never raises for what is wrong with the document: ``fault`` says it, and it stays pending.
    """
    stored: list[str] = []
    try:
        with transaction.atomic():
            record = lock(subject_of(document).acts_on)
            document = locked(document, S.PENDING)
            _make(document, stored)
            journal.append(
                record, verb=f"document.{'made' if document.issued_at else 'drafted'}", actor=None,
                acted_at=now(), actor_role="", data=told_of(document),
            )  # fmt: skip
    except TransitionRefused:
        return Document.objects.get(pk=document.pk)  # somebody was faster
    except Exception as error:
        forget_files(stored)
        logger.exception("Document %s of line %s", document.pk, document.made_for_id)
        fault = str(error)[:500] or type(error).__name__
        Document.objects.filter(pk=document.pk, status=S.PENDING).update(fault=fault)
        document.refresh_from_db()
    return document


def _make(document: Document, stored: list[str]) -> None:
    line = document.made_for
    at = line.acted_at if line else now()
    try:
        with transaction.atomic():
            freeze(document, at=at, by=document.made_by, stored=stored)
    except TransitionRefused as refused:
        document.number, document.status = "", S.DRAFT
        document.fault = "；".join(str(refusal.message) for refusal in refused.refusals)[:500]
        document.save()
