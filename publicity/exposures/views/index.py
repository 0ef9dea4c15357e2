"""The list of exposures: scoped, filtered from the address, fifty a page."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.http import AuthenticatedRequest
from publicity.exposures.selectors import listed
from publicity.exposures.states import exposure_states

PER_PAGE = 50
LONGEST = 100


class Index(WagtailAdminTemplateMixin, TemplateView):
    """What is on its way to the public in my units, newest change first."""

    request: AuthenticatedRequest
    template_name = "exposures/index.html"
    http_method_names = ["get", "head", "options"]
    page_title = _("Exposures")
    header_icon = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = exposure_states()
        state, words = self.request.GET.get("state", ""), self.request.GET.get("q", "")[:LONGEST]
        rows = listed(self.request.user, state=state, words=words)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        context: dict[str, Any] = super().get_context_data(
            page_obj=page,
            states=states,
            state=state,
            words=words,
            longest=LONGEST,
            is_filtered=bool(state or words),
            query=query.urlencode(),
            index_url=reverse("plugins:exposures:index"),
            **kwargs,
        )
        return context
