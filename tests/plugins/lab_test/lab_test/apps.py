from __future__ import annotations

from workflow.plugin import PluginConfig


class LabConfig(PluginConfig):
    name = "lab_test"
    label = "lab_test"
    title = "Laboratory"
    default_auto_field = "django.db.models.BigAutoField"
