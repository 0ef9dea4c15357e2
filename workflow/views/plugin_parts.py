"""Addresses and menu items of plugins, mounted in the staff site.

A plugin's addresses lie below ``/admin/plugins/<label>/`` and are reversed as
``plugins:<label>:<name>``. A view says in ``arguments`` which models its arguments are keys of, as
the core's views do, so that the scope test can walk it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.access import may
from workflow.engine import registry
from workflow.views import routes


class PluginMenuItem(MenuItem):
    """An item for those whose posting gives its act somewhere; without an act, for all staff."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        super().__init__(
            item["label"],
            reverse(item["url_name"]),
            name=item["url_name"].replace(":", "-"),
            icon_name=item.get("icon", "extra-padding"),
            order=item.get("order", 900),
        )
        self.act = item.get("act", "")

    def is_shown(self, request: HttpRequest) -> bool:
        return not self.act or may(request.user, self.act)


@hooks.register("register_admin_urls")
def plugin_urls() -> list[URLResolver]:
    """Every plugin's addresses; one that fails here stops the start-up, by name."""
    mounted = []
    for label, patterns in registry.declared("urls"):
        register_routes(f"plugins:{label}", patterns)
        mounted.append(path(f"{label}/", include((patterns, label), namespace=label)))
    return [path("plugins/", include((mounted, "plugins"), namespace="plugins"))]


@hooks.register("construct_main_menu")
def plugin_menu_items(request: HttpRequest, items: list[Any]) -> None:
    """What the plugins add to the menu; one that fails is named in the place of its items."""
    for label, declared, error in registry.ask("menu_items"):
        shown, failed = [], error is not None
        for item in declared:
            try:
                entry = PluginMenuItem(item)
                shown += [entry] if entry.is_shown(request) else []
            except Exception:  # a plugin's wrong item must not take the menu away
                registry.logger.exception("Plugin %s has a menu item that cannot be shown", label)
                failed = True
        items += [*shown, *([failed_item(label)] if failed else [])]


def failed_item(plugin: str) -> MenuItem:
    """Says which plugin could not show its part of the menu; leads to the desk."""
    return MenuItem(
        _("Plugin “%(plugin)s” failed") % {"plugin": plugin},
        reverse("wagtailadmin_home"), name=f"failed-{plugin}", icon_name="warning", order=990,
    )  # fmt: skip


def register_routes(prefix: str, patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Note the models of the arguments of every named address below ``prefix``."""
    for name, view in _views(prefix, patterns):
        owner = getattr(view, "view_class", view)
        if arguments := getattr(owner, "arguments", None):
            routes.register(name, arguments)


def _views(prefix: str, patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}:{pattern.namespace}" if pattern.namespace else prefix
            yield from _views(inner, pattern.url_patterns)
        elif pattern.name:
            yield f"{prefix}:{pattern.name}", pattern.callback
