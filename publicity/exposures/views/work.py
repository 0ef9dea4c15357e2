"""Small acts on a draft: check again, mask, keep a hit, add and remove files."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from publicity.exposures import checking, files
from publicity.exposures.models import Exposure, ExposureAsset, RedactionHit
from publicity.exposures.selectors import hit_of
from publicity.exposures.views.base import ExposurePageView, sees_original
from workflow.api import TransitionRefused

LONGEST = 300


class Work(ExposurePageView):
    """Does one thing by POST and goes back to the exposure, saying what happened."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.work())
        except TransitionRefused as refused:
            for refusal in refused.refusals:
                messages.error(request, str(refusal.message))
        return redirect(f"{self.page()}#redaction")

    def work(self) -> str:
        """Do it; return the sentence that says so."""
        raise NotImplementedError


class CheckAgain(Work):
    def work(self) -> str:
        run = checking.check_again(self.exposure, actor=self.user)
        return _("Checked: %(count)d places found.") % {"count": run.hits.count()}


class MaskAll(Work):
    def work(self) -> str:
        run = checking.mask_all(self.exposure, actor=self.user)
        left = run.hits.filter(decision="").count()
        return _("Masked; %(count)d places still wait for a decision.") % {"count": left}


class KeepHit(Work):
    arguments = {"pk": Exposure, "hit": RedactionHit}

    def work(self) -> str:
        hit = hit_of(self.exposure, self.kwargs["hit"])
        reason = self.request.POST.get("reason", "")[:LONGEST]
        checking.keep(hit, actor=self.user, reason=reason)
        return _("Kept, with your reason.")


class AddFile(Work):
    def work(self) -> str:
        uploaded = self.request.FILES.get("file")
        if uploaded is None:
            raise Http404
        content = uploaded.read(files.LARGEST + 1)
        files.add_asset(
            self.exposure,
            actor=self.user,
            content=content,
            name=uploaded.name or "",
            caption=self.request.POST.get("caption", ""),
        )
        return _("The file was added; it goes out with the text.")


class RemoveFile(Work):
    arguments = {"pk": Exposure, "asset": ExposureAsset}

    def work(self) -> str:
        asset = self.exposure.assets.filter(pk=self.kwargs["asset"]).first()
        if asset is None:
            raise Http404
        files.remove_asset(asset, actor=self.user)
        return _("The file was taken out.")


class ShowFile(ExposurePageView):
    """The private original, to those who write or check the text."""

    http_method_names = ["get", "head", "options"]
    arguments = {"pk": Exposure, "asset": ExposureAsset}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asset = self.exposure.assets.filter(pk=kwargs["asset"]).first()
        if asset is None or not sees_original(self.user, self.exposure):
            raise Http404
        response = FileResponse(asset.file.open("rb"), content_type=asset.mime_type)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
