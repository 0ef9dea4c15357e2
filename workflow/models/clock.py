"""Clock rules as data, and the bureau's work calendar."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

UNITS = (
    ("working_day", _("working days")),
    ("calendar_day", _("calendar days")),
    ("hour", _("hours")),
    ("month", _("months")),
    ("year", _("years")),
)


def new_edition() -> str:
    """A mark that differs after every save: whoever keeps rules in memory compares it."""
    return uuid4().hex


class ClockRule(models.Model):
    """One version of one clock of the law: how long, how counted, what starts and ends it.

    Shipped rows are written by ``load_rules``; ``shipped`` is the digest of what was shipped, so
    that a row the bureau edited is never overwritten. A row without it is the bureau's own.
    """

    class Confidence(models.TextChoices):
        VERIFIED = "verified", _("Read in the law")
        SECONDARY = "secondary", _("Read in a secondary text")
        PRACTICE = "practice", _("Known from practice")
        UNVERIFIED = "unverified", _("Unverified")

    class Roll(models.TextChoices):
        FORWARD = "forward", _("Runs to the next working day")
        SAFE = "safe", _("The earlier day, the later beside it")
        NONE = "none", _("Stays")

    class Obliged(models.TextChoices):
        BUREAU = "bureau", _("The bureau")
        PARTY = "party", _("The party")
        POLICE = "police", _("The police")
        OTHER = "other", _("Somebody else")

    class KeyedBy(models.TextChoices):
        RECORD = "record", _("The record acted on")
        CASE = "case", _("The case")
        LEAD = "lead", _("The lead")
        PARTY = "party", _("Each party")

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=100)
    obliged = models.CharField(
        _("who must act"), max_length=10, choices=Obliged.choices, default=Obliged.BUREAU
    )
    unit = models.CharField(_("unit"), max_length=12, choices=UNITS)
    amount = models.PositiveIntegerField(_("length"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    backwards = models.BooleanField(_("counted back from an event"), default=False)
    roll = models.CharField(
        _("last day a rest day"), max_length=8, choices=Roll.choices, default=Roll.FORWARD
    )
    stop_reasons = models.JSONField(_("reasons to pause"), default=list, blank=True)
    steps = models.JSONField(_("extensions"), default=list, blank=True)
    source = models.CharField(_("legal source"), max_length=200, blank=True)
    confidence = models.CharField(
        _("how sure"), max_length=10, choices=Confidence.choices, default=Confidence.VERIFIED
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    keyed_by = models.CharField(
        _("belongs to"), max_length=8, choices=KeyedBy.choices, default=KeyedBy.RECORD
    )
    starts_on = models.JSONField(_("started by"), default=list, blank=True)
    starts_at = models.CharField(_("start in the act's data"), max_length=40, blank=True)
    starts_when = models.CharField(_("condition"), max_length=40, blank=True)
    ends_on = models.JSONField(_("met by"), default=list, blank=True)
    cancels_on = models.JSONField(_("dropped by"), default=list, blank=True)
    pauses_on = models.JSONField(_("paused by"), default=dict, blank=True)
    resumes_on = models.JSONField(_("resumed by"), default=dict, blank=True)
    extends_on = models.JSONField(_("extended by"), default=list, blank=True)
    revives_on = models.JSONField(_("taken up again by"), default=list, blank=True)
    lapses = models.BooleanField(_("a right that lapses"), default=False)
    provider = models.CharField(max_length=50, blank=True, editable=False)
    active = models.BooleanField(_("in use"), default=True)
    shipped = models.CharField(max_length=64, blank=True, editable=False)
    edition = models.CharField(max_length=32, default=new_edition, editable=False)

    class Meta:
        verbose_name = _("clock rule")
        verbose_name_plural = _("clock rules")
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "effective_from"], name="clock_rule_version_once"
            ),
            models.CheckConstraint(
                name="clock_rule_dates_ordered",
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="clock_rule_length_positive", condition=Q(amount=None) | Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}@{self.effective_from} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edition = new_edition()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "edition"}
        super().save(*args, **kwargs)

    @property
    def starts_by_hand(self) -> bool:
        """No act of the machine starts it, and it has a length: somebody says when it started."""
        return not self.starts_on and self.amount is not None


class WorkDay(models.Model):
    """One day of the bureau's work calendar that differs from, or precedes, the library's."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    name = models.CharField(_("holiday or reason"), max_length=60, blank=True)
    source = models.CharField(_("holiday notice"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("day of the work calendar")
        verbose_name_plural = _("days of the work calendar")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"


class WorkYear(models.Model):
    """A year whose whole holiday notice has been entered: its other days go by the weekday."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    source = models.CharField(_("holiday notice"), max_length=120)

    class Meta:
        verbose_name = _("entered year")
        verbose_name_plural = _("entered years")
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}"
