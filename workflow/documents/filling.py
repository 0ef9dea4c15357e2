"""A document as it would look now: the context of what it is about, rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from workflow.documents.context import context_of
from workflow.documents.render import render_draft
from workflow.documents.store import read_template
from workflow.engine.subjects import Subject
from workflow.models import DocumentForm, DocumentTemplate

#: Where in the context stands what the officer typed.
WRITTEN = "填写"
#: And what the document is given when it is issued: its number and its date.
OWN = "文书"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the file, what it was filled with, and what is not there."""

    content: bytes
    context: dict[str, Any]
    missing: Sequence[str]


def fill(
    form: DocumentForm,
    template: DocumentTemplate,
    subject: Subject,
    written: Mapping[str, Any],
    *,
    number: str = "",
    at: datetime | None = None,
) -> Filled:
    """Fill ``template`` with the file as it stands; without ``at`` as a draft, which has neither
    number nor date yet.

    Raises ``TemplateUnfitError``, ``TooMuchError`` and ``FileNotFoundError``.
    """
    on = timezone.localdate(at) if at else None
    context = context_of(form.code, subject.model, written=dict(written), number=number, on=on)
    content, missing = render_draft(read_template(template), context)
    unwritten = [
        f"{WRITTEN}.{field['name']}"
        for field in form.fields
        if field.get("required") and not written.get(field["name"])
    ]
    if at is None:
        missing = [name for name in missing if not name.startswith(f"{OWN}.")]
    return Filled(content, context, list(dict.fromkeys([*missing, *unwritten])))


def current_template(form: DocumentForm) -> DocumentTemplate | None:
    """The version in use; None while the form has none."""
    return form.templates.filter(is_current=True).first()


def shown_name(name: str) -> str:
    """A field as a screen says it: what officers type goes by its own name."""
    return name.removeprefix(f"{WRITTEN}.")
