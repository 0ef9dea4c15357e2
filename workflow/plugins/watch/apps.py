"""The plugin's name card."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.plugin import PluginConfig


class WatchConfig(PluginConfig):
    name = "workflow.plugins.watch"
    label = "watch"
    title = _("Watched cases")
    verbose_name = _("Watched cases")
    default_auto_field = "django.db.models.BigAutoField"
