"""The bureau's own units, a tree whose root is the county bureau."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from accounts import clock


class UnitKind(models.TextChoices):
    BUREAU = "bureau", _("Bureau")
    OFFICE = "office", _("Office")
    SQUAD = "squad", _("Enforcement squad")
    SECTION = "section", _("Bureau section")
    STATION = "station", _("Market supervision station")
    GROUP = "group", _("Working group")


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition that a unit (reached over ``prefix``) exists on the day, ends included."""
    open_ended = Q(**{f"{prefix}valid_until": None})
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        open_ended | Q(**{f"{prefix}valid_until__gte": day})
    )


class UnitQuerySet(MP_NodeQuerySet):
    def valid(self, day: date | None = None) -> UnitQuerySet:
        """Units that exist on the day (today)."""
        return self.filter(valid_on(day or clock.today()))

    def for_town(self, town: str) -> UnitQuerySet:
        """Units whose territory names the town. Compared in Python: the tree is small."""
        return self.filter(pk__in=[unit.pk for unit in self if town in unit.towns])


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]  # dynamic base
    def get_queryset(self) -> UnitQuerySet:
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A unit of the bureau; ids are stable, paths may change when the tree does."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind.choices)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    towns = models.JSONField(_("towns"), default=list, blank=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    valid_from = models.DateField(_("valid from"), default=date(2019, 1, 1))
    valid_until = models.DateField(_("valid until (last day)"), null=True, blank=True)

    objects = UnitManager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        # Every permission on this model is an act of the bound catalogue, nothing else.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="accounts_unit_dates_ordered",
            )
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def is_valid_on(self, day: date | None = None) -> bool:
        """Whether the unit exists on the day (today)."""
        day = day or clock.today()
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Never: a unit ends by ``valid_until``, its records stay."""
        raise models.ProtectedError(
            str(_("A unit ends by its last day; it is not deleted.")), {self}
        )
