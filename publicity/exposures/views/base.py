"""What the pages of one exposure share: fetched in scope or not there at all."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.access import has_act
from accounts.http import AuthenticatedRequest
from accounts.models import User
from publicity.exposures.models import Exposure
from publicity.exposures.selectors import get_exposure

READERS = ("edit_exposure", "check_exposure", "review_secrecy")


def sees_original(user: User, exposure: Exposure) -> bool:
    """Who writes or checks the text reads the words it was made from; nobody else here."""
    return any(has_act(user, act, exposure.unit_id) for act in READERS)


class ExposurePageView(WagtailAdminTemplateMixin, TemplateView):
    """A page of one exposure. ``exposure`` is there before anything else runs."""

    request: AuthenticatedRequest
    arguments: ClassVar[dict[str, type[models.Model]]] = {"pk": Exposure}
    http_method_names = ["get", "head", "options", "post"]
    header_icon = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.exposure = get_exposure(self.user, kwargs["pk"])

    @property
    def user(self) -> User:
        """Who is signed in."""
        return self.request.user

    def page(self, name: str = "inspect", *args: Any) -> str:
        """The address of a page of this exposure."""
        return reverse(f"plugins:exposures:{name}", args=[self.exposure.pk, *args])

    def get_page_title(self) -> str:
        return str(self.page_title or self.exposure.title)

    def get_header_title(self) -> str:
        return self.get_page_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the exposure, this page."""
        items = [
            *self.breadcrumbs_items,
            {"url": reverse("plugins:exposures:index"), "label": _("Exposures")},
        ]
        title = str(self.exposure.title)
        if self.get_page_title() == title:
            return [*items, {"url": "", "label": title}]
        return [
            *items,
            {"url": self.page(), "label": title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            exposure=self.exposure, exposure_url=self.page(), **kwargs
        )
        return context
