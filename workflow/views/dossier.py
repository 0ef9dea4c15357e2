"""The dossier of a case: what would be bound, binding it, and the files that were."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow.documents.pdf import program
from workflow.forms.dossier import DossierForm
from workflow.models import Dossier
from workflow.selectors import dossiers as found
from workflow.services import dossiers
from workflow.services.access import note_view
from workflow.views.acts import ActPage
from workflow.views.pages import RecordPage

#: Seconds between two looks while a file is being bound.
_AGAIN = "3"
_TYPES = {found.PDF: "application/pdf", found.ZIP: "application/zip"}


class DossierPage(ActPage):
    """Everybody who may see the case sees its dossiers; who may make its documents binds it."""

    page_title = _("Dossier")
    template_name = "workflow/dossier.html"
    form_class = DossierForm
    permission = dossiers.ACT
    tab = "documents"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_view(self.record, actor=self.user)
        response = super().get(request, *args, **kwargs)
        if self.waiting:
            response["Refresh"] = _AGAIN  # progress without scripts
        return response

    def act(self, data: dict[str, Any], rows: Any) -> None:
        dossiers.ask_for_dossier(self.record, actor=self.user, **data)

    def after(self) -> HttpResponse:
        messages.success(self.request, gettext("The file is being bound."))
        return redirect(self.page("dossier"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = found.plan(self.record, self.user)
        bound = found.dossiers_of(self.record, self.user, plan.fingerprint)
        pending = Dossier.Status.PENDING
        self.waiting = next((row.dossier for row in bound if row.dossier.status == pending), None)
        return super().get_context_data(
            plan=plan, volumes=found.volumes_of(plan), bound=bound, waiting=self.waiting,
            newest=next((row for row in bound if row.dossier.bound_at), None),
            has_office=bool(program()), **kwargs,
        )  # fmt: skip


def kinds() -> list[str]:
    """The files a dossier has."""
    return [found.PDF, found.ZIP]


class DossierDownload(RecordPage):
    """The bound file, never as a page of this site; who took it is always kept."""

    arguments = {"dossier": Dossier, "kind": kinds}
    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = kwargs["kind"]
        dossier, file = found.file_of(self.record, self.user, kwargs["dossier"], kind)
        dossiers.note_taken(dossier, actor=self.user, kind=kind)
        name = f"{self.record.number} {gettext('dossier')}.{kind}".replace("/", "-")
        response = FileResponse(
            file, as_attachment=True, filename=name, content_type=_TYPES[kind]
        )  # fmt: skip
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response  # type: ignore[return-value]  # streamed
