"""The accounts app: people, units, postings, sign-in."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Accounts and organisation")

    def ready(self) -> None:
        from accounts import published  # noqa: F401 -- it registers its check on import

        post_migrate.connect(bring_up_to_date, sender=self, dispatch_uid="accounts.up_to_date")


def bring_up_to_date(sender: AppConfig, **kwargs: Any) -> None:
    """After ``migrate``: permissions follow the catalogue, guardian's rows follow the postings."""
    from django.apps import apps as real_apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.contenttypes.management import create_contenttypes

    from accounts import grants

    migrated = kwargs.get("apps", real_apps)
    try:
        migrated.get_model("accounts", "UnitPermission")
        migrated.get_model("auth", "Permission")
    except LookupError:
        return  # a partial or backward migration: the tables are not there
    for label in ("accounts", "wagtailadmin"):
        if real_apps.is_installed("wagtail.admin") or label == "accounts":
            config = real_apps.get_app_config(label)
            create_contenttypes(config, verbosity=0, using=kwargs.get("using", "default"))
            create_permissions(config, verbosity=0, using=kwargs.get("using", "default"))
    grants.sync_permissions()
    grants.sync_groups()
    grants.recompute_grants()
