"""Small acts on a draft: check again, mask, keep a hit, add and remove files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from publicity.exposures import checking, files
from publicity.exposures.forms import AddFileForm, KeepForm
from publicity.exposures.models import Exposure, ExposureAsset, RedactionHit
from publicity.exposures.selectors import hit_of
from publicity.exposures.views.base import ExposurePageView, sees_original
from publicity.exposures.views.inspect import Inspect
from publicity.exposures.views.step import beside
from workflow.api import TransitionRefused


class Work(ExposurePageView):
    """Does one thing by POST and goes back to the exposure, saying what happened."""

    http_method_names = ["post", "options"]

    #: What is typed, if anything: a refusal is said beside it, on the page it was typed on.
    form_class: type[forms.Form] | None = None
    #: The name under which the page shows the form.
    shown_as = ""

    def make_form(self) -> forms.Form:
        assert self.form_class is not None  # noqa: S101 -- asked only where there is one
        return self.form_class(self.request.POST, self.request.FILES)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form() if self.form_class is not None else None
        if form is not None and not form.is_valid():
            return self._typed(form)
        try:
            messages.success(request, self.work(form.cleaned_data if form is not None else {}))
        except TransitionRefused as refused:
            on_top = beside(form, refused.refusals) if form is not None else refused.refusals
            for refusal in on_top:
                messages.error(request, str(refusal.message))
            if form is not None:
                return self._typed(form)
        return redirect(f"{self.page()}#redaction")

    def _typed(self, form: forms.Form) -> HttpResponse:
        """The page of the exposure with the form as it was sent."""
        messages.error(self.request, _("Nothing was changed: see the field that is marked."))
        page = Inspect()
        page.setup(self.request, pk=self.exposure.pk)
        context = page.get_context_data(**{self.shown_as: form})
        return page.render_to_response(context, status=422)

    def work(self, data: dict[str, Any]) -> str:
        """Do it; return the sentence that says so."""
        raise NotImplementedError


class CheckAgain(Work):
    def work(self, data: dict[str, Any]) -> str:
        run = checking.check_again(self.exposure, actor=self.user)
        return _("Checked: %(count)d places found.") % {"count": run.hits.count()}


class MaskAll(Work):
    def work(self, data: dict[str, Any]) -> str:
        run = checking.mask_all(self.exposure, actor=self.user)
        left = run.hits.filter(decision="").count()
        return _("Masked; %(count)d places still wait for a decision.") % {"count": left}


class KeepHit(Work):
    arguments = {"pk": Exposure, "hit": RedactionHit}
    form_class = KeepForm
    shown_as = "keep_form"

    def make_form(self) -> KeepForm:
        return KeepForm(self.request.POST, hit=self.kwargs["hit"])

    def work(self, data: dict[str, Any]) -> str:
        hit = hit_of(self.exposure, self.kwargs["hit"])
        checking.keep(hit, actor=self.user, reason=data["reason"])
        return _("Kept, with your reason.")


class AddFile(Work):
    form_class = AddFileForm
    shown_as = "add_form"

    def work(self, data: dict[str, Any]) -> str:
        upload = data["file"]
        files.add_asset(
            self.exposure, actor=self.user, content=upload.read(files.LARGEST + 1),
            name=upload.name or "", caption=data["caption"],
        )  # fmt: skip
        return _("The file was added; it goes out with the text.")


class RemoveFile(Work):
    arguments = {"pk": Exposure, "asset": ExposureAsset}

    def work(self, data: dict[str, Any]) -> str:
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
