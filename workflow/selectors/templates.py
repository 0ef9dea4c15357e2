"""Forms and the versions of their templates, for those who keep them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflow.engine.subjects import Subject, about_record
from workflow.models import Case, DocumentForm, DocumentTemplate, Lead, Transfer
from workflow.selectors.scope import reachable

_MODELS: dict[str, type[Any]] = {"lead": Lead, "transfer": Transfer}


def forms_with_templates() -> QuerySet[DocumentForm]:
    """Every form with the version in use (``in_use``) and how many versions there are."""
    current = DocumentTemplate.objects.filter(is_current=True).select_related("uploaded_by")
    return DocumentForm.objects.annotate(versions=Count("templates")).prefetch_related(
        Prefetch("templates", current, to_attr="in_use")
    )


def get_document_form(pk: int) -> DocumentForm:
    """A form; else ``Http404``."""
    return get_object_or_404(DocumentForm, pk=pk)


def versions_of(form: DocumentForm) -> QuerySet[DocumentTemplate]:
    """Every version, the newest first."""
    return form.templates.select_related("uploaded_by").order_by("-version")


def get_template(pk: int) -> DocumentTemplate:
    """A version of any form's template; else ``Http404``."""
    return get_object_or_404(DocumentTemplate.objects.select_related("form", "uploaded_by"), pk=pk)


def try_on(form: DocumentForm, user: User, number: str) -> Subject | None:
    """What the form would be about in the file of that number; None where ``user`` sees none."""
    model = _MODELS.get(form.about, Case)
    record = reachable(model, user).filter(number=number.strip()).first()
    if record is None:
        return None
    if form.about == DocumentForm.About.PARTY:
        party = record.parties.select_related("party", "case").first()
        return about_record(record, case_party=party) if party else None
    if form.about == DocumentForm.About.MEASURE:
        measure = record.measures.select_related("case_party").first()
        if measure is None:
            return None
        return about_record(record, case_party=measure.case_party, measure=measure)
    return about_record(record)
