"""Who may see which lead and case: querysets that name a user, and dated grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.access import postings_of, unit_ids
from accounts.clock import now, today

if TYPE_CHECKING:
    from accounts.models import User


class ScopedQuerySet(models.QuerySet[Any]):
    """Leads and cases. Scope is granted, never assumed: no posting, no rows."""

    view_act: str

    def in_units_of(self, user: User) -> Self:
        """本单位: records of the units ``user`` may read, without the restricted ones."""
        return self.filter(unit_id__in=unit_ids(user, self.view_act), restricted=False)

    def granted_to(self, user: User) -> Self:
        """授权办理: shared with the person or, unless restricted, with one of their units.

        Starts from the grants, which are few; asked of every case, the list would be walked whole.
        """
        if not postings_of(user):
            return self.none()
        machine = self.model.machine
        live = AccessGrant.objects.live().filter(**{f"{machine}__isnull": False})
        units = unit_ids(user, self.view_act)
        to_units = live.filter(**{"unit_id__in": units, f"{machine}__restricted": False})
        own, shared = (
            rows.order_by().values(machine) for rows in (live.filter(user=user), to_units)
        )
        return self.filter(pk__in=own.union(shared, all=True) if units else own)

    def handled_by(self, user: User) -> Self:
        """我的: records ``user`` handles now and may still see. Starts from what is handled."""
        machine = self.model.machine
        handlers = self.model.handlers.rel.related_model.objects.filter(
            **{f"{machine}__isnull": False}, user=user, ended_on=None
        )
        return self.reachable_by(user).filter(pk__in=handlers.order_by().values(machine))

    def reachable_by(self, user: User) -> Self:
        """Every record ``user`` may open. For single records and choosers, not for long lists."""
        return self.filter(
            Q(unit_id__in=unit_ids(user, self.view_act), restricted=False)
            | Exists(self._grants(user))
        )

    def _grants(self, user: User) -> models.QuerySet[AccessGrant]:
        live = AccessGrant.objects.live().filter(**{self.model.machine: OuterRef("pk")})
        if not postings_of(user):
            return live.none()
        units = Q(unit_id__in=unit_ids(user, self.view_act))
        return live.filter(Q(user=user) | units & Q(**{f"{self.model.machine}__restricted": False}))


class AccessGrantQuerySet(models.QuerySet["AccessGrant"]):
    def live(self) -> Self:
        """Grants that open something today."""
        return self.filter(
            Q(until_on=None) | Q(until_on__gte=today()), from_on__lte=today(), ended_at=None
        )


class AccessGrant(models.Model):
    """A dated, journalled right to read one lead or case (协办, 督办, 评查, 知悉范围).

    A restricted record is open to named people only; a unit's grant does not open it.
    """

    class Kind(models.TextChoices):
        NAMED = "named", _("Named to know")
        ASSIST = "assist", _("Assisting")
        SUPERVISE = "supervise", _("Supervising")
        REVIEW = "review", _("File review")

    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="grants"
    )
    case = models.ForeignKey(
        "workflow.Case", on_delete=models.PROTECT, null=True, related_name="grants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="access_grants"
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, related_name="access_grants"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=200)
    from_on = models.DateField(_("from"), default=today)
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(default=now, editable=False)

    objects = AccessGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("access grant")
        verbose_name_plural = _("access grants")
        constraints = [
            models.CheckConstraint(
                name="grant_opens_one_record",
                condition=Q(lead=None, case__isnull=False) | Q(lead__isnull=False, case=None),
            ),
            models.CheckConstraint(
                name="grant_names_person_or_unit",
                condition=Q(user=None, unit__isnull=False) | Q(user__isnull=False, unit=None),
            ),
            models.CheckConstraint(
                name="grant_dates_ordered",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], name="grant_user_case"),
            models.Index(fields=["user", "lead"], name="grant_user_lead"),
            # Most grants are to people: those to units keep a small index of their own.
            models.Index(
                fields=["unit", "case"], name="grant_unit_case", condition=Q(unit__isnull=False)
            ),
            models.Index(
                fields=["unit", "lead"], name="grant_unit_lead", condition=Q(unit__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user or self.unit}"


def sees(user: User, record: Any) -> bool:
    """Whether ``user`` may open this record today; the question ``reachable_by`` asks of a list."""
    if not hasattr(type(record), "restricted"):
        return bool(type(record)._default_manager.reachable_by(user).filter(pk=record.pk).exists())
    act = type(record).objects.all().view_act
    if not record.restricted and record.unit_id in unit_ids(user, act):
        return True
    # Not ``granted_to``: for one record, one look at its own grants.
    return bool(type(record).objects.reachable_by(user).filter(pk=record.pk).exists())
