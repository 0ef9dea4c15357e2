"""Samples of a case at a laboratory."""

from __future__ import annotations

from django.db import models


class Sample(models.Model):
    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="samples")
    lab = models.CharField(max_length=100)
    sent_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    result = models.TextField(blank=True)
    in_report = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.lab
