"""Evidence files: added through the service, served from their private place within scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.engine.refusals import TransitionRefused
from workflow.forms.evidence import EvidenceForm
from workflow.forms.goods import ThingForm
from workflow.models import EvidenceFile
from workflow.selectors.record_page import get_evidence, get_upload
from workflow.services.evidence import add_evidence, note_download
from workflow.services.goods import hand_over_thing
from workflow.services.uploads import PART, append_part, finish_upload, start_upload
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
    template_name = "workflow/add_evidence.html"

    def act(self, data: dict[str, Any], rows: Any) -> None:
        token, fields = data.pop("token"), {**data, "collected_at": data["acted_at"]}
        fields.pop("acted_at")
        if not token or fields["upload"]:
            add_evidence(self.record, actor=self.user, **fields)
            return
        fields.pop("upload")
        upload = get_upload(self.record, self.user, token)
        finish_upload(upload, self.record, actor=self.user, fields=fields)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(upload_url=self.page("upload"), part_size=PART, **kwargs)


class EvidenceCustody(ActPage):
    """A thing in evidence changes hands."""

    page_title = _("Hand over custody")
    form_class = ThingForm
    permission = "add_evidence"
    arguments = {"evidence": EvidenceFile}
    sentence = _("Physical evidence is kept whole: who has it, and where it lies, is always known.")
    law = _("Administrative Penalty Law art. 46")
    done = _("The hand-over is kept.")
    tab = "documents"

    def subject(self) -> EvidenceFile:
        return get_evidence(self.record, self.kwargs["evidence"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("What it is"), self.about.title), (_("Kind"), self.about.get_kind_display())]

    def initial(self) -> dict[str, Any]:
        last = self.about.custody.last()
        keeper = last.to_keeper if last else "、".join(self.about.collectors)
        return {"acted_at": now(), "from_keeper": keeper, "place": last.place if last else ""}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        hand_over_thing(self.about, actor=self.user, at=data.pop("acted_at"), **data)


class StartUpload(RecordPage):
    """Room for a large file; answers where its parts go and how far it came."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        size = request.POST.get("size", "")
        try:
            upload = start_upload(
                self.record, actor=self.user, name=request.POST.get("name", ""),
                size=int(size) if size.isdecimal() and len(size) < 16 else 0,
                sha256=request.POST.get("sha256", ""),
            )  # fmt: skip
        except TransitionRefused as refused:
            return refusal(refused)
        where = self.page("upload_part", upload.token)
        return JsonResponse({"token": upload.token, "received": upload.received, "url": where})


def tokens() -> list[str]:
    """No token can be guessed: the scope walk asks for one that nobody has."""
    return ["none"]


class UploadPart(RecordPage):
    """One part of a large file by POST, how far it came by GET; the bytes are never served."""

    arguments = {"token": tokens}
    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = get_upload(self.record, self.user, kwargs["token"])
        return JsonResponse({"received": upload.received})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        upload = get_upload(self.record, self.user, kwargs["token"])
        offset = request.headers.get("Upload-Offset", "")
        try:
            upload = append_part(
                upload, content=request.read(PART + 1),
                offset=int(offset) if offset.isdecimal() and len(offset) < 16 else -1,
            )  # fmt: skip
        except TransitionRefused as refused:
            return refusal(refused, received=upload.received)
        return JsonResponse({"received": upload.received})


def refusal(refused: TransitionRefused, **more: Any) -> JsonResponse:
    """What the script shows: the first reason, in words."""
    first = refused.refusals[0]
    said = {"code": first.code, "message": str(first.message), **more}
    return JsonResponse(said, status=409 if first.code == "wrong_offset" else 422)


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
