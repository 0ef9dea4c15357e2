"""The plugin's name card."""

from __future__ import annotations

from workflow.plugin import PluginConfig


class PlainConfig(PluginConfig):
    name = "benchmarks.plain"
    label = "benchmark_plain"
    title = "Benchmark"
    default_auto_field = "django.db.models.BigAutoField"
