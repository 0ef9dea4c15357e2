from __future__ import annotations

from workflow.plugin import PluginConfig


class BrokenConfig(PluginConfig):
    name = "lab_broken"
    label = "lab_broken"
    title = "A plugin that fails in every hook"
    requires = ("lab_test",)
