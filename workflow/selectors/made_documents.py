"""Documents on the pages of a record: what was made, what can be made, what is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.documents.context import known
from workflow.documents.docx_file import TemplateUnfitError
from workflow.documents.filling import WRITTEN, Filled, current_template, fill, shown_name
from workflow.documents.language import empty
from workflow.documents.preview import Block, preview
from workflow.documents.render import TooMuchError, field_names
from workflow.documents.store import CORE, read_template
from workflow.engine.papers import ABOUT
from workflow.engine.registry import plugin_configs
from workflow.engine.subjects import Subject
from workflow.models import Document, DocumentForm, DocumentTemplate, Transfer

BUREAU = "bureau"


def documents_of(record: Any, user: User) -> QuerySet[Document]:
    """Every document of the record, newest first; a transfer's for those who see the transfer."""
    rows: QuerySet[Document] = record.made_documents.select_related(
        "form", "case_party__party", "made_by", "signed_copy", "case", "lead", "transfer"
    )
    if record.machine == "transfer":
        return rows
    return rows.filter(Q(transfer=None) | Q(transfer__in=Transfer.objects.reachable_by(user)))


def get_document(record: Any, user: User, pk: int) -> Document:
    """A document of this record; else ``Http404``."""
    return get_object_or_404(documents_of(record, user).select_related("template"), pk=pk)


def forms_in_use() -> QuerySet[DocumentForm]:
    """Forms with a template: of the software, the bureau and the plugins that are enabled."""
    origins = [CORE, BUREAU, *(config.label for config in plugin_configs())]
    return DocumentForm.objects.filter(
        is_active=True, origin__in=origins, templates__is_current=True
    )


def form_in_use(code: str) -> bool:
    """Whether a document of this form can be made."""
    return forms_in_use().filter(code=code).exists()


def get_form(record: Any, code: str) -> DocumentForm:
    """A form in use that a document of this record may have; else ``Http404``."""
    forms = forms_in_use().filter(about__in=ABOUT.get(record.machine, ()))
    return get_object_or_404(forms, code=code)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One field of the template: its name, what it is filled with, where it is mended."""

    name: str
    value: str
    is_missing: bool
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as it would look now; ``fault`` says why it cannot be shown."""

    rows: Sequence[FilledRow] = ()
    missing: Sequence[FilledRow] = ()
    blocks: Sequence[Block] = ()
    content: bytes = b""
    fault: str = ""


def sheet_of(
    form: DocumentForm,
    subject: Subject,
    written: Mapping[str, Any],
    template: DocumentTemplate | None = None,
) -> Sheet:
    """What the form would say of its subject as it stands, and what is missing.

    By the template in use, or by the version that is tried.
    """
    template = template or current_template(form)
    if template is None:
        return Sheet(fault=_("“%(form)s” has no template in use.") % {"form": form.name})
    try:
        filled = fill(form, template, subject, written)
        names = field_names(read_template(template))
    except (TemplateUnfitError, TooMuchError, FileNotFoundError) as error:
        return Sheet(fault=str(error))
    rows = list(_rows(form, filled, [*names, *(n for n in filled.missing if n not in names)]))
    return Sheet(
        rows=[row for row in rows if not row.is_missing],
        missing=[row for row in rows if row.is_missing],
        blocks=preview(filled.content),
        content=filled.content,
    )


def _rows(form: DocumentForm, filled: Filled, names: Sequence[str]) -> Iterator[FilledRow]:
    places = known(form.about)
    for name in names:
        value = _value(filled.context, name)
        missing = name in filled.missing
        if not missing and (empty(value) or isinstance(value, Mapping)):
            continue
        place = WRITTEN if name.startswith(f"{WRITTEN}.") else places.get(name, "")
        yield FilledRow(shown_name(name), _shown(value), missing, place)


def _value(context: Mapping[str, Any], name: str) -> Any:
    found: Any = context
    for part in name.split("."):
        if isinstance(found, list):
            found = [item.get(part) for item in found if isinstance(item, Mapping)]
        elif isinstance(found, Mapping):
            found = found.get(part)
        else:
            return None
    return found


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, list):
        texts = [str(item) for item in value if not isinstance(item, Mapping | list)]
        return "、".join(texts) if texts else _("%(n)d entries") % {"n": len(value)}
    return str(value or "")


def file_of(document: Document) -> bytes:
    """The frozen file; ``Http404`` where its copy is gone."""
    storage = document.file.storage
    if not document.file.name or not storage.exists(document.file.name):
        raise Http404
    with document.file.open("rb") as file:
        return bytes(file.read())
