"""Our screens in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from workflow.views import (
    menu,
    plugin_parts,  # noqa: F401 -- mounts what plugins add
    top_urls,
)
from workflow.views.desk import replace_dashboard
from workflow.views.policies import register_policies
from workflow.views.settings import SETTINGS, register_setting_policies
from workflow.views.viewsets import CaseViewSet, LeadViewSet, MeasureViewSet, TransferViewSet

register_policies()
register_setting_policies()


class CaseworkGroup(ViewSetGroup):
    menu_label = _("Casework")
    menu_name = "casework"
    menu_icon = "folder-open-inverse"
    menu_order = 100
    submenu_hook = "register_casework_menu_item"
    items = (LeadViewSet, CaseViewSet)


@hooks.register("register_admin_viewset")
def casework() -> CaseworkGroup:
    return CaseworkGroup()


@hooks.register("register_admin_viewset")
def transfers() -> TransferViewSet:
    return TransferViewSet()


@hooks.register("register_admin_viewset")
def measures() -> MeasureViewSet:
    return MeasureViewSet()


class RulesGroup(ViewSetGroup):
    """Shown to those who manage settings: a submenu without visible items hides itself."""

    menu_label = _("Rules of casework")
    menu_name = "casework-rules"
    menu_icon = "cogs"
    menu_order = 910
    items = SETTINGS


@hooks.register("register_admin_viewset")
def rules() -> RulesGroup:
    return RulesGroup()


@hooks.register("register_admin_urls")
def pages_without_a_record() -> list[URLPattern]:
    return top_urls.patterns


for item in menu.casework_items:
    hooks.register("register_casework_menu_item", item)


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    replace_dashboard(request, panels)


@hooks.register("construct_help_menu")
def help_without_strangers(request: HttpRequest, items: list[MenuItem]) -> None:
    """No links to foreign hosts: the keyboard shortcuts stay."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
