"""The categories a year's campaign announced, as the public site names them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseCategory(models.Model):
    """A category of one year's list: the site shows it also while it has no case."""

    year = models.PositiveSmallIntegerField(_("year"))
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["-year", "order", "code"]
        verbose_name = _("case category")
        verbose_name_plural = _("case categories")
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="pages_category_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"
