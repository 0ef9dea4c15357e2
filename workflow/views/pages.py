"""What the pages of one record share: the record, fetched in scope, and the way back to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.http import AuthenticatedRequest
from accounts.models import User
from workflow.selectors.records import fetch
from workflow.views.routes import Argument

ICONS = {
    "lead": "info-circle",
    "case": "folder-open-inverse",
    "transfer": "resubmit",
    "measure": "lock",
}


class RecordPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of one lead, case or transfer. ``record`` is there before anything else runs."""

    model: type[models.Model] = models.Model
    request: AuthenticatedRequest
    #: What the arguments of the address besides ``pk`` are.
    arguments: ClassVar[dict[str, Argument]] = {}
    page_title: str | Promise = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.record: Any = fetch(self.model, self.user, kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; its context says what the address's arguments mean, not what they are."""
        return self.render_to_response(self.get_context_data())

    @property
    def user(self) -> User:
        """Who is signed in."""
        return self.request.user

    @property
    def record_url(self) -> str:
        return reverse(f"workflow_{self.record.machine}:inspect", args=[self.record.pk])

    def page(self, name: str, *args: Any) -> str:
        """The address of another page of this record."""
        return reverse(f"workflow_{self.record.machine}:{name}", args=[self.record.pk, *args])

    def get_header_icon(self) -> str:
        return ICONS.get(self.record.machine, "doc-full")

    def get_header_title(self) -> str:
        title = str(self.get_page_title())
        return f"{title} · {self.record}" if title else str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the record, this page."""
        items = [*self.breadcrumbs_items, *self.list_crumbs()]
        if not self.page_title:
            return [*items, {"url": "", "label": str(self.record)}]
        return [
            *items,
            {"url": self.record_url, "label": str(self.record)},
            {"url": "", "label": str(self.get_page_title())},
        ]

    def list_crumbs(self) -> list[dict[str, Any]]:
        """The list the record is found in; a transfer is found at its case or lead."""
        subject = getattr(self.record, "subject", None)
        if subject is not None:
            url = reverse(f"workflow_{subject.machine}:inspect", args=[subject.pk])
            return [{"url": f"{url}?tab={self.record.machine}s", "label": str(subject)}]
        plural = capfirst(str(self.record._meta.verbose_name_plural))
        return [{"url": reverse(f"workflow_{self.record.machine}:index"), "label": plural}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, record_url=self.record_url, **kwargs)
