"""The page that marks and unmarks a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.http import AuthenticatedRequest
from workflow.api import Case, get_case
from workflow.plugins.watch import services
from workflow.plugins.watch.selectors import mark_of


class MarkView(WagtailAdminTemplateMixin, TemplateView):
    """GET asks, POST does. Who may not open the case gets 404."""

    request: AuthenticatedRequest
    arguments = {"pk": Case}
    template_name = "watch/mark.html"
    header_icon = "view"
    http_method_names = ["get", "head", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.case = get_case(self.request.user, kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mark = mark_of(self.case, self.request.user)
        return super().get_context_data(case=self.case, mark=mark, **kwargs)

    def post(self, request: AuthenticatedRequest, **kwargs: Any) -> HttpResponse:
        change = services.watch if "watch" in request.POST else services.unwatch
        change(self.case, user=request.user)
        return redirect(reverse("workflow_case:inspect", args=[self.case.pk]))
