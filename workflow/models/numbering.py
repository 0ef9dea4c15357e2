"""Document numbers (文号): patterns, counters, and every number ever issued."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import now


class NumberPattern(models.Model):
    """How numbers of one class of documents look, e.g. ``东市监罚〔{year}〕{n}号``.

    Placeholders: ``{year}`` four digits, ``{n}`` the serial without padding, ``{unit}`` the unit's
    code. ``per_unit``: every unit counts for itself.
    """

    kind = models.SlugField(_("class of documents"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60)
    pattern = models.CharField(_("pattern"), max_length=80)
    per_unit = models.BooleanField(_("every unit counts for itself"), default=False)

    class Meta:
        verbose_name = _("number pattern")
        verbose_name_plural = _("number patterns")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.name


class NumberSequence(models.Model):
    """The counter of one class, year and (where units count for themselves) unit."""

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    unit_code = models.CharField(max_length=40, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "unit_code"], name="number_sequence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.unit_code}: {self.last}"


class IssuedNumber(models.Model):
    """A number that was given out; voided ones stay and are never given out again.

    ``taken_over``: it was given out before the system, as others below it may have been.
    """

    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    unit_code = models.CharField(max_length=40, blank=True)
    serial = models.PositiveIntegerField()
    text = models.CharField(max_length=60, unique=True)
    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField(default=now)
    taken_over = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "unit_code", "serial"], name="issued_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.text
