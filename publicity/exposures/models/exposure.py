"""Exposures (典型案例曝光): the editors' record between a case file and its public page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.access import unit_ids
from publicity.exposures.states import OPEN, PUBLIC, ExposureState, exposure_states
from publicity.pages.models import WithdrawalKind
from workflow.api import Record

if TYPE_CHECKING:
    from accounts.models import User


class ExposureQuerySet(models.QuerySet["Exposure"]):
    """Exposures follow the unit of their case; scope is granted, never assumed."""

    def reachable_by(self, user: User) -> Self:
        """Every exposure ``user`` may open; one of a case that was restricted only once public."""
        units = unit_ids(user, "view_exposure")
        return self.filter(Q(case__restricted=False) | Q(state__in=PUBLIC), unit_id__in=units)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)


class Exposure(Record):
    """One case on its way to the public, and off it again. The public copy is ``page``.

    ``title`` is a working title without names of people. ``round`` counts submissions: a
    confirmation holds for its round and the very text that was seen.
    """

    machine = "exposure"
    unfrozen = frozenset(
        {
            "drafter", "approved_hash", "scheduled_at", "release_no", "released_at",
            "withdrawn_at", "withdrawal_kind", "withdrawal_reason",
        }
    )  # fmt: skip

    class Kind(models.TextChoices):
        TYPICAL = "typical", _("Typical case")
        FOLLOW_UP = "follow_up", _("Follow-up of a running case")

    state = FSMField(
        _("state"), default=ExposureState.NOMINATED, choices=exposure_states, protected=True
    )
    case = models.ForeignKey(
        "workflow.Case",
        on_delete=models.PROTECT,
        related_name="exposures",
        verbose_name=_("case"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        related_name="exposures",
        verbose_name=_("handling unit"),
    )
    kind = models.CharField(
        _("kind of exposure"), max_length=10, choices=Kind.choices, default=Kind.TYPICAL
    )
    title = models.CharField(_("working title"), max_length=255)
    nomination = models.TextField(_("why it is exposed"), max_length=2000)
    page = models.OneToOneField(
        "pages.ExposurePage",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("public page"),
    )
    drafter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("drafted by"),
    )
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    police_agreement = models.CharField(
        _("written agreement of the police"), max_length=120, blank=True
    )
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    scheduled_at = models.DateTimeField(_("release at"), null=True, editable=False)
    expires_on = models.DateField(_("public until"), null=True, blank=True)
    release_no = models.PositiveBigIntegerField(
        _("release number"), null=True, unique=True, editable=False
    )
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_kind = models.CharField(
        _("ground of the withdrawal"),
        max_length=30,
        choices=WithdrawalKind.choices,
        blank=True,
        editable=False,
    )
    withdrawal_reason = models.TextField(_("reason"), max_length=2000, blank=True, editable=False)

    objects = ExposureQuerySet.as_manager()

    class Meta:
        verbose_name = _("exposure")
        verbose_name_plural = _("exposures")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[str(state) for state in OPEN]),
                name="one_open_exposure",
            ),
            models.CheckConstraint(
                # The number comes with the effect that puts the page live, a moment later.
                name="released_exposure_has_page_and_date",
                condition=~Q(state__in=[str(state) for state in PUBLIC])
                | Q(released_at__isnull=False, page__isnull=False),
            ),
            models.CheckConstraint(
                name="scheduled_exposure_says_when",
                condition=~Q(state=ExposureState.SCHEDULED) | Q(scheduled_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-updated_at", "-id"], name="exposure_unit_updated"),
            models.Index(fields=["state", "scheduled_at"], name="exposure_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def journal_case_id(self) -> int | None:
        return self.case_id

    def frozen_content(self) -> dict[str, Any]:
        from publicity.exposures.content import content_hash  # reads the page

        return super().frozen_content() | {"content": content_hash(self)}


class ReleaseCounter(models.Model):
    """The last release number given out: one row, locked by whoever takes the next."""

    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)
