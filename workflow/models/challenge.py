"""Reconsideration and lawsuit against a decision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

from .decision import Decision


class Challenge(models.Model):
    """复议 or 诉讼 against a decision: stays clocks, blocks release, may reopen the case."""

    class Kind(models.TextChoices):
        REVIEW = "reconsideration", _("Administrative reconsideration")
        LAWSUIT = "lawsuit", _("Lawsuit")

    class Outcome(models.TextChoices):
        PENDING = "", _("Pending")
        UPHELD = "upheld", _("Decision upheld")
        CHANGED = "changed", _("Decision changed")
        REVOKED = "revoked", _("Decision revoked")
        UNLAWFUL = "unlawful", _("Held unlawful or void")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    #: Outcomes that reopen the case and force what was published off (PUB art. 11, APL art. 48).
    OVERTURNED = frozenset({Outcome.CHANGED, Outcome.REVOKED, Outcome.UNLAWFUL})

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="challenges")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    body = models.CharField(_("before whom"), max_length=100)
    file_number = models.CharField(_("file number"), max_length=80, blank=True)
    filed_on = models.DateField(_("filed on"))
    enforcement_suspended = models.BooleanField(_("enforcement suspended"), default=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=Outcome.PENDING
    )
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="challenge_outcome_says_when",
                condition=Q(outcome="") | Q(outcome_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.filed_on}"
