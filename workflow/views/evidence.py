"""Evidence files: added through the service, served from their private place within scope."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from workflow.forms.evidence import EvidenceForm
from workflow.models import EvidenceFile
from workflow.selectors.record_page import get_evidence
from workflow.services.evidence import add_evidence, note_download
from workflow.views.acts import ActPage
from workflow.views.pages import RecordPage

#: What a browser may show itself; everything else is a download.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class AddEvidence(ActPage):
    page_title = _("Add evidence")
    form_class = EvidenceForm
    permission = "add_evidence"
    sentence = _("The file is kept as it is, with its digest; it is never changed or deleted.")
    law = _("Administrative Penalty Law art. 46")
    done = _("The file is in the record.")
    tab = "documents"

    def act(self, data: dict[str, Any], rows: Any) -> None:
        collected_at = data.pop("acted_at")
        add_evidence(self.record, actor=self.user, collected_at=collected_at, **data)


class EvidenceDownload(RecordPage):
    """The file itself, never as a page of this site; who opened a restricted one is kept."""

    arguments = {"evidence": EvidenceFile}
    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        evidence = get_evidence(self.record, kwargs["evidence"])
        note_download(evidence, actor=self.user)
        response = FileResponse(
            evidence.file.open("rb"),
            as_attachment=evidence.mime_type not in SHOWN,
            filename=evidence.original_name,
            content_type=evidence.mime_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response  # type: ignore[return-value]  # streamed
