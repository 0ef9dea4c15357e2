"""The desk (工作台), in the place of Wagtail's dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from accounts.access import may
from accounts.models import User
from workflow.engine import registry
from workflow.plugin import Panel
from workflow.selectors.desk import desk_of, has_casework
from workflow.selectors.notices import unread_count

#: (act, url name, label) of what administrators do.
_ADMINISTRATION = (
    ("manage_accounts", "accounts_people:index", _("Accounts")),
    ("manage_accounts", "accounts_units:index", _("Units")),
    ("manage_postings", "accounts_postings:index", _("Postings")),
    ("read_audit", "accounts_events:index", _("Audit of accounts")),
    ("manage_settings", "workflow_thresholds:index", _("Thresholds")),
    ("manage_settings", "workflow_numbers:index", _("Document numbers")),
    ("manage_settings", "workflow_workdays:index", _("Work calendar")),
)


class DeskPanel(Component):
    """What one person must do today; of casework nothing for those who have none."""

    name = "desk"
    template_name = "workflow/desk/desk.html"
    order = 10

    def __init__(self, user: User) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        parent: Mapping[str, Any] = parent_context or {}
        return {
            "desk": desk_of(self.user) if has_casework(self.user) else None,
            "administration": administration_of(self.user),
            "plugin_panels": plugin_panels(self.user, parent.get("request")),
            "unread": unread_count(self.user),
            "request": parent.get("request"),
        }


def administration_of(user: User) -> list[dict[str, Any]]:
    """Links to what the person administers."""
    found = []
    for act, name, label in _ADMINISTRATION:
        if may(user, act):
            try:
                found.append({"url": reverse(name), "label": label})
            except NoReverseMatch:
                continue
    return found


def plugin_panels(user: User, request: HttpRequest | None) -> list[dict[str, Any]]:
    """The plugins' panels in order; one that fails says so in its place."""
    found: list[dict[str, Any]] = []
    for plugin, panels, error in registry.ask("dashboard_panels", user=user):
        if error is not None:
            found.append(_failed(plugin))
        found += [_rendered(panel, plugin, user, request) for panel in panels]
    return sorted(found, key=lambda item: int(item["order"]))


def _rendered(panel: Panel, plugin: str, user: User, request: HttpRequest | None) -> dict[str, Any]:
    """The panel by its own template, or the plugin that cannot draw it."""
    try:
        html = render_to_string(panel.template, {**panel.read(), "user": user}, request)
        return {"title": panel.title, "plugin": plugin, "html": html, "order": int(panel.order)}
    except Exception:  # whatever a plugin's template does, the desk stands
        registry.logger.exception("Plugin %s failed to draw its panel", plugin)
        return _failed(plugin)


def _failed(plugin: str) -> dict[str, Any]:
    return {"title": plugin, "plugin": plugin, "html": "", "order": 1000}


def replace_dashboard(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's panels about pages give way to the desk."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 -- behind require_admin_access
    panels[:] = [DeskPanel(user)]
