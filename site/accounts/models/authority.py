"""Bodies outside the bureau: superior bureaus, police, procuratorate, discipline, departments."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.unit import valid_on


class AuthorityKind(models.TextChoices):
    MARKET_BUREAU = "market_bureau", _("Market supervision bureau")
    POLICE = "police", _("Police")
    PROCURATORATE = "procuratorate", _("Procuratorate")
    DISCIPLINE = "discipline", _("Discipline inspection")
    DEPARTMENT = "department", _("Other department")


class AuthorityLevel(models.TextChoices):
    COUNTY = "county", _("County")
    CITY = "city", _("City")
    PROVINCE = "province", _("Province")
    STATE = "state", _("National")


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def valid(self, day: date) -> AuthorityQuerySet:
        """Authorities that exist on the day."""
        return self.filter(valid_on(day))


class Authority(models.Model):
    """A body cases are reported, transferred or referred to; never an ancestor of a unit."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=16, choices=AuthorityKind.choices)
    level = models.CharField(_("level"), max_length=16, choices=AuthorityLevel.choices)
    order = models.PositiveIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("valid from"), default=date(2019, 1, 1))
    valid_until = models.DateField(_("valid until (last day)"), null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside authority")
        verbose_name_plural = _("outside authorities")
        default_permissions = ()
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="accounts_authority_dates_ordered",
            )
        ]

    def __str__(self) -> str:
        return self.name
