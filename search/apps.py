"""App metadata; connects the index to the database's life and to the records it follows."""

from __future__ import annotations

from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from workflow.plugin import PluginConfig


class SearchConfig(PluginConfig):
    name = "search"
    label = "search"
    verbose_name = title = _("Search")

    def ready(self) -> None:
        from search import install, receivers  # models must be loaded first

        post_migrate.connect(install.install_after_migrate, sender=self, dispatch_uid="search")
        checks.register(install.check_installed, checks.Tags.database)
        receivers.connect()
