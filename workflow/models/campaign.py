"""The campaign (专项行动) as data: its year, its documents, its focus categories."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ViolationType(models.Model):
    """A kind of violation that keeps its code over the years, so that statistics compare."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("violation type")
        verbose_name_plural = _("violation types")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """One year's campaign. ``documents``: list of {number, title, issuer}; ``calendar``: duties."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    documents = models.JSONField(_("documents from above"), default=list, blank=True)
    calendar = models.JSONField(_("reporting calendar"), default=list, blank=True)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                name="campaign_dates_ordered", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """A focus category (重点领域) of a campaign, with the units that answer for it.

    ``laws``: list of {law, articles, consequence}; ``crime_gate``: articles of the criminal law.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="categories")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    violation_type = models.ForeignKey(
        ViolationType, on_delete=models.PROTECT, verbose_name=_("violation type")
    )
    lead_unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        related_name="led_categories",
        verbose_name=_("lead unit"),
    )
    responsible_units = models.ManyToManyField(
        "accounts.Unit",
        through="workflow.CategoryUnit",
        related_name="responsible_categories",
        verbose_name=_("responsible units"),
    )
    laws = models.JSONField(_("usual laws"), default=list, blank=True)
    crime_gate = models.JSONField(_("crime gate"), default=list, blank=True)
    is_mandatory = models.BooleanField(_("set from above"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="category_number_once"),
            models.UniqueConstraint(fields=["campaign", "code"], name="category_code_once"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class CategoryUnit(models.Model):
    """A responsible unit of a category, in the plan's order."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["category", "order"]
        constraints = [
            models.UniqueConstraint(fields=["category", "unit"], name="category_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.category} · {self.unit}"
