"""Templates of the bureau: a version is added, tried, taken into use; none is ever lost."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import forget, live_roles, may
from accounts.clock import now
from accounts.models import User
from accounts.roles import ROLES
from workflow.documents.checking import check_template
from workflow.documents.docx_file import LARGEST, TemplateUnfitError
from workflow.documents.store import keep_template
from workflow.engine import journal
from workflow.engine.refusals import TransitionRefused
from workflow.models import DocumentForm, DocumentTemplate
from workflow.plugin import Refusal

ACT = "manage_templates"


def add_template(
    form: DocumentForm, *, actor: User, upload: UploadedFile[Any], note: str = ""
) -> DocumentTemplate:
    """A new version, not in use yet.

    Raises ``TransitionRefused`` with reason and place for a file that may not be a template, and
    ``PermissionDenied``.
    """
    content = fit_template(form, upload)
    with transaction.atomic():
        _require_act(actor)
        locked = DocumentForm.objects.select_for_update().get(pk=form.pk)
        template = keep_template(locked, content, current=False, uploaded_by=actor, note=note)
        _tell(template, "template.added", actor)
        return template


def fit_template(form: DocumentForm, upload: UploadedFile[Any]) -> bytes:
    """The content of a file that may be a template of the form; else ``TransitionRefused``."""
    if (upload.size or 0) > LARGEST:
        raise _unfit(TemplateUnfitError(_("The file is larger than 5 MB.")))
    upload.seek(0)
    content = upload.read()
    try:
        check_template(form, content)
    except TemplateUnfitError as error:
        raise _unfit(error) from error
    return content


def use_template(template: DocumentTemplate, *, actor: User) -> DocumentTemplate:
    """From now on documents of the form are made with this version; issued ones stay."""
    with transaction.atomic():
        _require_act(actor)
        form = DocumentForm.objects.select_for_update().get(pk=template.form_id)
        form.templates.filter(is_current=True).update(is_current=False)
        template.is_current = True
        template.save(update_fields=["is_current"])
        _tell(template, "template.used", actor)
        return template


def switch_form(form: DocumentForm, *, actor: User, active: bool) -> DocumentForm:
    """Take a form out of use, or into it again; its documents stay."""
    with transaction.atomic():
        _require_act(actor)
        form = DocumentForm.objects.select_for_update().get(pk=form.pk)
        form.is_active = active
        form.save(update_fields=["is_active"])
        journal.append(
            form, verb="form.switched", actor=actor, acted_at=now(), actor_role=_roles(actor),
            data={"form": form.code, "active": active},
        )  # fmt: skip
        return form


def place_form(form: DocumentForm, *, actor: User, volume: str, order: int) -> DocumentForm:
    """Where documents of the form lie in a bound file from now on; dossiers that are bound stay."""
    with transaction.atomic():
        _require_act(actor)
        form = DocumentForm.objects.select_for_update().get(pk=form.pk)
        form.volume, form.order = volume, order
        form.save(update_fields=["volume", "order"])
        journal.append(
            form, verb="form.placed", actor=actor, acted_at=now(), actor_role=_roles(actor),
            data={"form": form.code, "volume": volume, "order": order},
        )  # fmt: skip
        return form


def _require_act(actor: User) -> None:
    forget(actor)
    if not may(actor, ACT):
        raise PermissionDenied(_("Your posting does not allow this."))


def _tell(template: DocumentTemplate, verb: str, actor: User) -> None:
    data = {
        "form": template.form.code, "version": template.version, "sha256": template.sha256,
    }  # fmt: skip
    journal.append(
        template, verb=verb, actor=actor, acted_at=now(), actor_role=_roles(actor), data=data
    )


def _roles(actor: User) -> str:
    live = live_roles(actor)
    return "、".join(str(ROLES[code].label) for code in ROLES if code in live)[:100]


def _unfit(error: TemplateUnfitError) -> TransitionRefused:
    message = error.message
    if error.place:
        said = {"why": error.message, "place": error.place}
        message = _("%(why)s Near: “%(place)s”") % said
    return TransitionRefused([Refusal("template_unfit", message, field="file")])
