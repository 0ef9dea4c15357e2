"""Wagtail's pages about pages exist for people who edit pages, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import swapper
from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found
from wagtail.contrib.settings.registry import registry
from wagtail.permissions import policy_registry

#: What follows /admin/ in the addresses of Wagtail's own content management.
EDITORIAL = frozenset({
    "api", "block-preview", "bulk", "choose-anchor-link", "choose-email-link",
    "choose-external-link", "choose-page", "choose-phone-link", "collections", "documents",
    "editing-sessions", "failwhale", "forms", "images", "pages", "redirects", "reports", "search",
    "searchpicks", "settings", "sites", "snippets", "styleguide", "tag-autocomplete", "test404",
    "workflows",
})  # fmt: skip

GetResponse = Callable[[HttpRequest], HttpResponse]


class EditorsOnly:
    """Drafts, choosers, reports and logs of pages are not found by staff without page rights.

    Wagtail shows several of them (choosers, site history, bulk actions) to anybody who may open
    the admin. Nobody works with what nobody has: these addresses hold no casework.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        parts = request.path.split("/")
        if len(parts) < 3 or parts[1] != "admin" or parts[2] not in EDITORIAL:
            return None
        if not request.user.is_authenticated or edits_pages(request.user):
            return None
        if parts[2] == "settings" and edits_settings(request.user):
            return None
        return page_not_found(request, Exception(), template_name="wagtailadmin/404.html")


def edits_pages(user: Any) -> bool:
    """Whether the person has any right on any page."""
    pages = swapper.load_model("wagtailcore", "Page")
    return policy_registry.get_by_type(pages).explorable_root_instance(user) is not None


def edits_settings(user: Any) -> bool:
    """Whether the person may change any of the site's settings."""
    return any(
        policy_registry.get_by_type(model).user_has_permission(user, "change") for model in registry
    )
