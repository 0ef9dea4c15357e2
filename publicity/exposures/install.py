"""What editors may do with Wagtail's pages, given after every ``migrate`` and never by hand."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, connections
from wagtail.models import GroupPagePermission

from publicity.basepage.models import BasePage
from publicity.pages.models import HomePage, SiteInfo

GROUP = "editors"
SETTINGS_GROUP = "settings"
ACTIONS = ("add", "change", "publish")
#: Wagtail's first migration makes them, with rights on every page; here only postings give rights.
STOCK_GROUPS = ("Moderators", "Editors")


def install_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Editors write and publish the plain pages; the cases' pages obey their exposures."""
    if using != DEFAULT_DB_ALIAS:
        return
    wanted = {GroupPagePermission._meta.db_table, HomePage._meta.db_table, SiteInfo._meta.db_table}
    if wanted <= set(connections[using].introspection.table_names()):
        remove_stock_groups()
        grant_editors()
        grant_settings()


def remove_stock_groups() -> None:
    """Wagtail's own groups are gone, and with them their rights on pages and files; repeatable."""
    Group.objects.filter(name__in=STOCK_GROUPS).delete()


def grant_settings() -> None:
    """Who manages settings also edits what the site says about the bureau; safe to repeat."""
    group, _created = Group.objects.get_or_create(name=SETTINGS_GROUP)
    kind = ContentType.objects.get_for_model(SiteInfo)
    group.permissions.set(
        Permission.objects.filter(content_type=kind, codename__startswith="change")
    )


def grant_editors() -> None:
    """Give the group its page permissions below the home page; safe to repeat."""
    home = HomePage.objects.first()
    if home is None:
        return
    group, _created = Group.objects.get_or_create(name=GROUP)
    kind = ContentType.objects.get_for_model(BasePage)
    for action in ACTIONS:
        permission = Permission.objects.filter(
            content_type=kind, codename=f"{action}_{BasePage._meta.model_name}"
        ).first()
        if permission is not None:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
