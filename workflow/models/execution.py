"""Carrying out a decision: paying later or in parts, the reminder, the court. Amounts are fen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

from .decision import Decision, Penalty


class PaymentPlan(models.Model):
    """延期或者分期缴纳 (行政处罚法 art. 66): what is left of a fine, on the days agreed.

    A later plan takes the place of the one before.
    """

    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="plans")
    number = models.CharField(_("document number"), max_length=60, unique=True)
    reason = models.TextField(_("reason"), max_length=2000)
    granted_at = models.DateTimeField(_("granted at"))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("payment plan")
        verbose_name_plural = _("payment plans")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class Instalment(models.Model):
    """One payment of a plan; a plan with one is a deferral."""

    plan = models.ForeignKey(PaymentPlan, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField(_("due on"))
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["plan", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "due_on"], name="instalment_day_once"),
            models.CheckConstraint(name="instalment_positive", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount_fen}"


class Reminder(models.Model):
    """履行催告书 (行政强制法 art. 54), with what was owed on its day."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reminders")
    number = models.CharField(_("document number"), max_length=60, unique=True)
    fine_fen = models.BigIntegerField(_("fine owed"))
    surcharge_fen = models.BigIntegerField(_("surcharge"))
    served_at = models.DateTimeField(_("served at"))
    receiver = models.CharField(_("received by"), max_length=100)
    answer = models.TextField(_("what the party said"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number


class CourtApplication(models.Model):
    """强制执行申请书 (行政强制法 arts. 53-55), and what the court said."""

    class Outcome(models.TextChoices):
        PENDING = "", _("Pending")
        GRANTED = "granted", _("Enforcement allowed")
        REFUSED = "refused", _("Not accepted or not allowed")
        PERFORMED = "performed", _("Enforced in full")
        ENDED = "ended", _("Enforcement ended by the court")

    #: After these the court does nothing more in the matter.
    FINAL = frozenset({Outcome.REFUSED, Outcome.PERFORMED, Outcome.ENDED})

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="court_applications"
    )
    number = models.CharField(_("document number"), max_length=60, unique=True)
    court = models.CharField(_("court"), max_length=100)
    applied_on = models.DateField(_("applied on"))
    fine_fen = models.BigIntegerField(_("fine owed"))
    surcharge_fen = models.BigIntegerField(_("surcharge"))
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=Outcome.PENDING
    )
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    file_number = models.CharField(_("file number"), max_length=80, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("application to the court")
        verbose_name_plural = _("applications to the court")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="court_outcome_says_when",
                condition=Q(outcome="") | Q(outcome_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.number


class Refund(models.Model):
    """Money given back because a fine was lowered or fell after it was paid, in fen."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="refunds")
    amount_fen = models.BigIntegerField(_("amount"))
    refunded_on = models.DateField(_("given back on"))
    voucher = models.CharField(_("voucher number"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["refunded_on", "pk"]
        constraints = [
            models.CheckConstraint(name="refund_positive", condition=Q(amount_fen__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.refunded_on} {self.amount_fen}"
