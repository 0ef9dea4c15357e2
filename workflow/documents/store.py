"""The shipped forms in the tables, and a template's file from its private place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Max

from accounts.clock import now
from workflow.documents import catalogue
from workflow.models import DocumentForm, DocumentTemplate, NumberPattern, RequiredDocument
from workflow.models.document import document_storage

CORE = "core"
#: What the software says of a form; everything else of a row is the bureau's.
_SAID = (
    "number", "name", "about", "series", "number_of", "fields", "transitions", "law", "fits",
    "origin",
)  # fmt: skip
#: What it proposes for a form that is new: where its documents lie in the file.
_PROPOSED = ("volume", "order")


def load_forms(brought: Iterable[tuple[str, Iterable[Mapping[str, Any]]]] = ()) -> None:
    """Make sure every form of the software and of ``brought`` (plugin label, its forms) is there.

    What the software says of a form is brought up to date. What the bureau changed stays: whether
    a form is in use and where its documents lie in the file, its own templates, number patterns,
    what a step needs. Safe to repeat.
    """
    declared = {entry["code"]: entry for entry in _declared(brought)}
    _load_series()
    _load_rows(declared)
    rows = {row.code: row for row in DocumentForm.objects.filter(code__in=declared)}
    _load_templates(rows, declared)
    _load_steps(rows, declared)


def read_template(template: DocumentTemplate) -> bytes:
    """The template's file; a shipped one also where its copy is gone.

    Raises ``FileNotFoundError``.
    """
    storage = document_storage()
    if storage.exists(str(template.file.name)):
        with storage.open(str(template.file.name)) as file:
            return bytes(file.read())
    for path in sorted(catalogue.SHIPPED.glob("*.docx")):
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == template.sha256:
            return content
    raise FileNotFoundError(template.file.name)


def keep_template(
    form: DocumentForm, content: bytes, *, current: bool, **more: Any
) -> DocumentTemplate:
    """A new version of the form's template, its file stored under its digest."""
    digest = hashlib.sha256(content).hexdigest()
    last = form.templates.aggregate(last=Max("version"))["last"] or 0
    if current:
        form.templates.filter(is_current=True).update(is_current=False)
    return DocumentTemplate.objects.create(
        form=form, version=last + 1, file=_stored(digest, content), size=len(content),
        sha256=digest, is_current=current, uploaded_at=now(), **more,
    )  # fmt: skip


def _stored(digest: str, content: bytes) -> str:
    name = f"templates/{digest}.docx"
    storage = document_storage()
    if not storage.exists(name):
        storage.save(name, ContentFile(content))
    return name


def _declared(
    brought: Iterable[tuple[str, Iterable[Mapping[str, Any]]]],
) -> Iterator[dict[str, Any]]:
    for form in catalogue.forms():
        yield {
            "code": form.code, "number": form.number, "name": form.name, "about": form.about,
            "series": form.series, "number_of": form.number_of,
            "fields": [asdict(field) for field in form.fields],
            "transitions": list(form.transitions), "law": form.law, "volume": form.volume,
            "order": form.order, "fits": form.when, "origin": CORE, "needed": form.needed,
            "makes": form.makes, "per": form.per, "template": catalogue.shipped(form.code),
        }  # fmt: skip
    for label, forms in brought:
        for entry in forms:
            yield {**_plain(entry), "code": f"{label}.{entry['code']}", "origin": label}


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A plugin's form with everything it left out."""
    left_out: dict[str, Any] = {
        "number": None, "series": "", "number_of": "", "fields": [], "transitions": [], "law": "",
        "volume": "", "order": 900, "fits": "", "needed": False, "makes": False, "per": "record",
    }  # fmt: skip
    return left_out | dict(entry)


def _load_series() -> None:
    known = set(NumberPattern.objects.values_list("kind", flat=True))
    NumberPattern.objects.bulk_create(
        NumberPattern(kind=kind, name=said["name"], pattern=said["pattern"])
        for kind, said in catalogue.series().items()
        if kind not in known
    )


def _load_rows(declared: Mapping[str, Mapping[str, Any]]) -> None:
    rows = {row.code: row for row in DocumentForm.objects.filter(code__in=declared)}
    new, changed = [], []
    for code, said in declared.items():
        values = {name: said[name] for name in _SAID}
        row = rows.get(code)
        if row is None:
            proposed = {name: said[name] for name in _PROPOSED}
            new.append(DocumentForm(code=code, **values, **proposed))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    DocumentForm.objects.bulk_create(new)
    DocumentForm.objects.bulk_update(changed, _SAID)


def _load_templates(
    rows: Mapping[str, DocumentForm], declared: Mapping[str, Mapping[str, Any]]
) -> None:
    """The software's templates; a form the bureau made its own template for keeps using that."""
    known: dict[int, list[DocumentTemplate]] = {}
    for template in DocumentTemplate.objects.filter(form__in=rows.values()):
        known.setdefault(template.form_id, []).append(template)
    new, old = [], []
    for code, row in rows.items():
        mine = known.get(row.pk, [])
        content = _shipped(Path(declared[code]["template"]))
        digest = hashlib.sha256(content).hexdigest()
        if not content or digest in {template.sha256 for template in mine}:
            continue
        own = any(template.is_current and template.uploaded_by_id for template in mine)
        old += [template.pk for template in mine if template.is_current and not own]
        last = max((template.version for template in mine), default=0)
        new.append(
            DocumentTemplate(
                form=row, version=last + 1, file=_stored(digest, content), size=len(content),
                sha256=digest, is_current=not own,
            )
        )  # fmt: skip
    DocumentTemplate.objects.filter(pk__in=old).update(is_current=False)
    DocumentTemplate.objects.bulk_create(new)


def _shipped(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _load_steps(
    rows: Mapping[str, DocumentForm], declared: Mapping[str, Mapping[str, Any]]
) -> None:
    known = set(RequiredDocument.objects.values_list("transition", "form__code"))
    modes = RequiredDocument.Mode
    RequiredDocument.objects.bulk_create(
        RequiredDocument(
            transition=transition, form=row, per=said["per"], law=said["law"],
            mode=modes.REQUIRED_BEFORE if said["needed"] else modes.MADE_BY,
            # What a step waits for is the bureau's to say: shipped rows only offer it.
            is_active=not said["needed"],
        )
        for code, row in rows.items()
        if (said := declared[code])["needed"] or said["makes"]
        for transition in said["transitions"]
        if (transition, code) not in known
    )  # fmt: skip
