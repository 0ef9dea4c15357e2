"""How the text was checked: runs of the redaction rules, their hits, people's confirmations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from publicity.exposures.models.exposure import Exposure


class RedactionRun(models.Model):
    """One run of the rules over one exact text; another text asks for another run."""

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="runs")
    content_hash = models.CharField(max_length=64)
    rule_version = models.CharField(_("version of the rules"), max_length=20)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(_("checked at"), default=now)

    class Meta:
        verbose_name = _("redaction check")
        verbose_name_plural = _("redaction checks")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RedactionHit(models.Model):
    """One trace found. The words stay in the text; here lies their digest alone.

    A person decides: masked, or kept with a reason. What is ``block`` cannot be kept.
    """

    class Decision(models.TextChoices):
        PENDING = "", _("Not decided")
        MASKED = "masked", _("Masked")
        KEPT = "kept", _("Kept with a reason")

    run = models.ForeignKey(RedactionRun, on_delete=models.CASCADE, related_name="hits")
    kind = models.CharField(_("kind of data"), max_length=20)
    rule = models.CharField(_("rule"), max_length=60)
    severity = models.CharField(_("weight"), max_length=8)
    path = models.CharField(_("place"), max_length=200)
    offset = models.PositiveIntegerField()
    excerpt_hash = models.CharField(max_length=64)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, blank=True, default=Decision.PENDING
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("hit of the check")
        verbose_name_plural = _("hits of the check")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="kept_hit_says_why",
                condition=~Q(decision="kept") | (~Q(reason="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="blocked_hit_is_never_kept",
                condition=~Q(severity="block") | ~Q(decision="kept"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.path}"


class Confirmation(models.Model):
    """Somebody read this very text, checked by these rules, and answers for it."""

    class Kind(models.TextChoices):
        DRAFTER = "drafter", _("Drafter")
        SECOND = "second", _("Second person")
        SECRECY = "secrecy", _("Secrecy review")

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="confirmations")
    kind = models.CharField(_("kind of confirmation"), max_length=8, choices=Kind.choices)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("confirmed at"), default=now)
    content_hash = models.CharField(max_length=64)
    rule_version = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.by}"
