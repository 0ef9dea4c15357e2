"""App metadata."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The public pages; their tree stands as soon as the tables do."""

    name = "publicity.pages"
    label = "pages"
    verbose_name = _("Public pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from publicity.pages.airlock import install_after_migrate
        from publicity.pages.tree import ensure_tree_after_migrate  # needs the loaded models

        post_migrate.connect(ensure_tree_after_migrate, sender=self)
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="pages.airlock")
