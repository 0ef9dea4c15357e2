"""The moment a document is issued: number, file, digest, and what it was filled with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.documents.docx_file import TemplateUnfitError
from workflow.documents.filling import Filled, current_template, fill, shown_name
from workflow.documents.render import TooMuchError
from workflow.engine.refusals import TransitionRefused
from workflow.engine.subjects import Subject, borne_number, subject_of
from workflow.models import Document, DocumentForm, DocumentTemplate
from workflow.models.document import document_storage
from workflow.numbering import issue_number
from workflow.plugin import Refusal


def freeze(document: Document, *, at: datetime, by: User | None, stored: list[str]) -> None:
    """Give a locked draft its number, file, digest and content; it is issued afterwards.

    ``stored`` gets the name of the file, for whoever must undo it. Raises ``TransitionRefused``
    naming everything that is missing.
    """
    form, subject = document.form, subject_of(document)
    template = _template(form)
    document.number = _number(document, subject, at)
    filled = _filled(document, template, subject, at)
    document.template, document.fields = template, filled.context
    document.size, document.sha256 = len(filled.content), hashlib.sha256(filled.content).hexdigest()
    record = subject.record
    name = f"{record.machine}-{record.pk}/{uuid4().hex}.docx"
    document.file = document_storage().save(name, ContentFile(filled.content))
    stored.append(str(document.file))
    document.status, document.issued_by = Document.Status.ISSUED, by
    document.issued_at = at
    document.fault = ""
    document.save()


def _number(document: Document, subject: Subject, at: datetime) -> str:
    form = document.form
    if form.series:
        return issue_number(
            form.series, on=timezone.localdate(at), unit=subject.record.unit, record=document
        )
    number = borne_number(form, subject)
    if form.number_of and not number:
        message = _("“%(form)s” bears the number of the %(what)s, which has none yet.")
        said = {"form": form.name, "what": form.get_number_of_display()}
        raise TransitionRefused([Refusal("number_missing", message % said)])
    return number


def _filled(
    document: Document, template: DocumentTemplate, subject: Subject, at: datetime
) -> Filled:
    typed, number = document.written, document.number
    try:
        filled = fill(document.form, template, subject, typed, number=number, at=at)
    except (TemplateUnfitError, TooMuchError) as error:
        raise TransitionRefused([Refusal("template_unfit", str(error))]) from error
    if filled.missing:
        raise TransitionRefused([
            Refusal("field_missing", _("“%(name)s” is missing.") % {"name": shown_name(name)})
            for name in filled.missing
        ])  # fmt: skip
    return filled


def _template(form: DocumentForm) -> DocumentTemplate:
    template = current_template(form)
    if template is None:
        message = _("“%(form)s” has no template in use.") % {"form": form.name}
        raise TransitionRefused([Refusal("template_missing", message)])
    return template


def forget_files(names: Iterable[str]) -> None:
    """Files of a transaction that was rolled back."""
    for name in names:
        document_storage().delete(name)
