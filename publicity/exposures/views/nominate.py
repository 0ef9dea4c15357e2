"""Nominate a case for exposure."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.http import AuthenticatedRequest
from publicity.exposures.forms import NominateForm
from publicity.exposures.guards.case import nomination_refusals
from publicity.exposures.models import Exposure
from publicity.exposures.nominate import nominate
from publicity.exposures.views.step import beside
from workflow.api import Case, TransitionRefused, get_case, sees


class Nominate(WagtailAdminTemplateMixin, TemplateView):
    """Only somebody who may open the case comes here at all."""

    request: AuthenticatedRequest
    template_name = "exposures/nominate.html"
    http_method_names = ["get", "head", "options", "post"]
    arguments = {"case": Case}
    page_title = _("Nominate for exposure")
    header_icon = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = get_case(self.request.user, kwargs["case"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = nomination_refusals(self.case, kind=Exposure.Kind.TYPICAL, police_agreement="")
        context = self.get_context_data(form=NominateForm(), refusals=found)
        return self.render_to_response(context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NominateForm(request.POST)
        refused: list[Any] = []
        if form.is_valid():
            try:
                exposure = nominate(self.case, actor=self.request.user, **form.cleaned_data)
            except TransitionRefused as error:
                refused = beside(form, error.refusals)
            else:
                messages.success(request, gettext("The case is nominated for exposure."))
                return redirect(self._after(exposure))
        context = self.get_context_data(form=form, refusals=refused, was_refused=True)
        return self.render_to_response(context, status=422)

    def _after(self, exposure: Exposure) -> str:
        if sees(self.request.user, exposure):
            return reverse("plugins:exposures:inspect", args=[exposure.pk])
        return self.case_url()

    def case_url(self) -> str:
        """The case's publicity tab; the staff's home where casework pages are not mounted."""
        try:
            return f"{reverse('workflow_case:inspect', args=[self.case.pk])}?tab=publicity"
        except NoReverseMatch:
            return reverse("wagtailadmin_home")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.case_url(), "label": str(self.case)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            case=self.case, case_url=self.case_url(), **kwargs
        )
        return context
