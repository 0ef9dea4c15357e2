"""Documents: drafted, issued under their number and frozen, voided with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.documents.freeze import forget_files, freeze
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.engine.subjects import Subject, lack_of, subject_of
from workflow.models import Document, DocumentForm, EvidenceFile
from workflow.numbering import void_number
from workflow.plugin import Refusal
from workflow.services.looks import note_look

S = Document.Status


def save_draft(
    form: DocumentForm,
    subject: Subject,
    *,
    actor: User,
    written: Mapping[str, Any],
    document: Document | None = None,
) -> Document:
    """A draft of the form, or what was typed into one anew. No number yet, no file.

    Raises ``TransitionRefused`` for a form that is not in use or does not fit, and for a document
    that is issued.
    """
    with transaction.atomic():
        record = begin(subject.acts_on, actor=actor, permission="make_document")
        if document is None:
            _require_usable(form, subject)
            document = Document(form=form, made_by=actor, **subject.columns)
        else:
            document = locked(document, S.DRAFT, S.PENDING)
        document.status, document.written, document.fault = S.DRAFT, dict(written), ""
        document.save()
        record_act(record, "document.drafted", actor=actor, data=told_of(document))
        return document


def discard_draft(document: Document, *, actor: User) -> None:
    """A draft nobody needs; nothing was issued, so nothing stays of it but the journal's line."""
    with transaction.atomic():
        record = begin(subject_of(document).acts_on, actor=actor, permission="make_document")
        document = locked(document, S.DRAFT, S.PENDING)
        data = told_of(document)
        document.delete()
        record_act(record, "document.discarded", actor=actor, data=data)


def issue_document(
    document: Document, *, actor: User, acted_at: datetime | None = None, late_reason: str = ""
) -> Document:
    """Frozen from here on: its number, its file with sha256, what it was filled with.

    Raises ``TransitionRefused`` naming everything that is missing; no number is used then.
    """
    stored: list[str] = []
    try:
        with transaction.atomic():
            record = begin(
                subject_of(document).acts_on, actor=actor, permission="make_document",
                acted_at=acted_at, late_reason=late_reason,
            )  # fmt: skip
            document = locked(document, S.DRAFT)
            freeze(document, at=acted_at or now(), by=actor, stored=stored)
            record_act(
                record, "document.issued", actor=actor, acted_at=acted_at, late_reason=late_reason,
                data=told_of(document),
            )  # fmt: skip
    except BaseException:
        forget_files(stored)
        raise
    return document


def void_document(document: Document, *, actor: User, reason: str) -> Document:
    """作废: it stays with its number and its file, and the register says why (no reuse)."""
    if not reason.strip():
        message = _("Say why it is voided.")
        raise TransitionRefused([Refusal("reason_missing", message, field="reason")])
    with transaction.atomic():
        record = begin(subject_of(document).acts_on, actor=actor, permission="void_document")
        document = locked(document, S.ISSUED)
        document.status, document.voided_by = S.VOIDED, actor
        document.voided_at, document.void_reason = now(), reason.strip()[:200]
        document.save(update_fields=["status", "voided_by", "voided_at", "void_reason"])
        if document.form.series and document.number:
            void_number(document.number, reason=document.void_reason)
        record_act(
            record, "document.voided", actor=actor, data=told_of(document), reason=reason.strip()
        )
        return document


def keep_signed_copy(document: Document, *, actor: User, copy: EvidenceFile) -> Document:
    """The scan of the signed and sealed paper, which is in the evidence already."""
    with transaction.atomic():
        record = begin(subject_of(document).acts_on, actor=actor, permission="make_document")
        document = locked(document, S.ISSUED)
        document.signed_copy = copy
        document.save(update_fields=["signed_copy"])
        data = {**told_of(document), "evidence": copy.pk}
        record_act(record, "document.signed", actor=actor, data=data)
        return document


def note_document_opened(document: Document, *, actor: User) -> None:
    """Who opened a document is kept with its record."""
    note_look(
        document.record, "document.viewed", actor=actor, data=told_of(document),
        on=subject_of(document).acts_on,
    )  # fmt: skip


def _require_usable(form: DocumentForm, subject: Subject) -> None:
    if not form.is_active:
        raise TransitionRefused([Refusal("form_closed", _("This form is not in use."))])
    if (lack := lack_of(form, subject)) is not None:
        raise TransitionRefused([lack])


def locked(document: Document, *status: str) -> Document:
    """The document, fresh and locked; refused when it stands at none of ``status`` any more."""
    rows = Document.objects.select_for_update(of=("self",)).select_related("form", "made_for")
    found = rows.filter(pk=document.pk).first()
    if found is None or found.status not in status:
        message = _("Somebody changed this document since you opened the page. Look again.")
        raise TransitionRefused([Refusal("stale", message)])
    return found


def told_of(document: Document) -> dict[str, Any]:
    """What the journal keeps of a document."""
    data: dict[str, Any] = {
        "document": document.pk, "form": document.form.code, "title": document.form.name,
    }  # fmt: skip
    if document.case_party_id:
        data["party"] = document.case_party_id
    if document.number:
        data["number"] = document.number
    if document.sha256:
        data["sha256"] = document.sha256
    return data
