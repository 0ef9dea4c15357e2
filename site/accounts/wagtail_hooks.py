"""Our screens in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from accounts.views.audit import EventViewSet
from accounts.views.closed import closed_bulk_actions
from accounts.views.organisation import AuthorityViewSet, UnitViewSet
from accounts.views.people import PeopleViewSet
from accounts.views.postings import PostingViewSet


class AdministrationGroup(ViewSetGroup):
    """Shown to administrators only: a submenu without visible items hides itself."""

    menu_label = _("Administration")
    menu_name = "administration"
    menu_icon = "cogs"
    menu_order = 900
    submenu_hook = "register_administration_menu_item"
    items = (PeopleViewSet, PostingViewSet, UnitViewSet, AuthorityViewSet, EventViewSet)


@hooks.register("register_admin_viewset")
def administration() -> AdministrationGroup:
    return AdministrationGroup()


# Later than Wagtail's own, so that these replace them.
for action in closed_bulk_actions():
    hooks.register("register_bulk_action", action, order=1000)
