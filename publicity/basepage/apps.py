"""App configuration of the custom base page."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasePageConfig(AppConfig):
    """Holds the base page model and nothing else: every other page app depends on it."""

    name = "publicity.basepage"
    label = "basepage"
    verbose_name = _("Base page")
    default_auto_field = "django.db.models.BigAutoField"
