"""Which plugin brought which state, remembered after the plugin is gone."""

from __future__ import annotations

from django.db import models


class KnownState(models.Model):
    """A state code of a machine and the label of the plugin that declared it."""

    machine = models.CharField(max_length=40)
    code = models.CharField(max_length=50)
    plugin = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "code"], name="known_state_once")]

    def __str__(self) -> str:
        return f"{self.machine}/{self.code} ({self.plugin})"
