"""A posting is the truth about who may do what: user, role, unit, from, until."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models.unit import Unit
from accounts.roles import ADMINISTRATIVE, ROLES, Role, role_choices


def live_at(moment: datetime, day: date, prefix: str = "") -> Q:
    """The condition that a posting (reached over ``prefix``) stands at the moment of the day."""
    until = Q(**{f"{prefix}until_on": None}) | Q(**{f"{prefix}until_on__gte": day})
    not_ended = Q(**{f"{prefix}ended_at": None}) | Q(**{f"{prefix}ended_at__gt": moment})
    return Q(**{f"{prefix}from_on__lte": day}) & until & not_ended


class PostingQuerySet(models.QuerySet["Posting"]):
    def live(self) -> PostingQuerySet:
        """Postings that stand now, in units that exist today."""
        return self.live_on(clock.today(), clock.now())

    def live_on(self, day: date, moment: datetime) -> PostingQuerySet:
        """Postings that stand at the moment of the day, in units that exist on it."""
        unit_from = Q(unit__valid_from__lte=day)
        unit_until = Q(unit__valid_until=None) | Q(unit__valid_until__gte=day)
        return self.filter(live_at(moment, day), unit_from, unit_until)

    def open(self) -> PostingQuerySet:
        """Postings that stand now or will stand later."""
        until = Q(until_on=None) | Q(until_on__gte=clock.today())
        return self.filter(until, Q(ended_at=None) | Q(ended_at__gt=clock.now()))


class Posting(models.Model):
    """One role of one person in one unit. Never edited: it is ended and another one begins."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=32, choices=role_choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("unit"))
    from_on = models.DateField(_("from"), default=clock.today)
    until_on = models.DateField(_("until (last day)"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("appointed by"),
    )
    appointed_at = models.DateTimeField(_("appointed at"), default=clock.now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    end_reason = models.CharField(_("reason for the end"), max_length=300, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        default_permissions = ()
        ordering = ["-from_on", "-pk"]
        indexes = [models.Index(fields=["unit", "role"], name="accounts_posting_unit_role")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="accounts_posting_dates_ordered",
            ),
            # The service asks for every overlap; this catches the common one if it is bypassed.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(role__in=ADMINISTRATIVE, until_on=None, ended_at=None),
                name="accounts_one_open_administrative_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role()} · {self.unit}"

    def get_role(self) -> Role:
        return ROLES[self.role]

    @property
    def is_live(self) -> bool:
        """Whether it stands now; says nothing about the unit's own dates."""
        return self.from_on <= clock.today() and not self.is_over

    @property
    def is_over(self) -> bool:
        past = self.until_on is not None and self.until_on < clock.today()
        return past or (self.ended_at is not None and self.ended_at <= clock.now())
