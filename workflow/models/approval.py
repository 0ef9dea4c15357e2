"""Approvals: what was proposed, frozen, and who has signed it so far."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now


class Approval(models.Model):
    """A heavy act on its way through the roles that sign it, in order.

    ``data`` is the form as the proposer sent it; ``fingerprint`` the record as it stood. A change
    to either voids it. The act itself happens once, with the last signature.
    """

    class Outcome(models.TextChoices):
        PENDING = "", _("Waiting for signature")
        PERFORMED = "performed", _("Signed and done")
        RETURNED = "returned", _("Returned")
        VOIDED = "voided", _("Void")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    record_type = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    case = models.ForeignKey(
        "workflow.Case", on_delete=models.PROTECT, null=True, related_name="approvals"
    )
    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="approvals"
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    transition = models.CharField(max_length=80)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposed"
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=now)
    data = models.JSONField(default=dict)
    summary = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, blank=True, default=Outcome.PENDING
    )
    outcome_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "transition"],
                condition=Q(outcome=""),
                name="one_pending_approval",
            ),
            models.CheckConstraint(
                name="ended_approval_says_when", condition=Q(outcome="") | Q(ended_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "outcome", "-proposed_at"], name="approval_unit_outcome"),
            models.Index(fields=["record_type", "record_id"], name="approval_record"),
            models.Index(fields=["case", "-id"], name="approval_case"),
        ]

    def __str__(self) -> str:
        return f"{self.transition} {self.record_type}:{self.record_id}"

    @property
    def is_pending(self) -> bool:
        return self.outcome == self.Outcome.PENDING


class ApprovalStep(models.Model):
    """One signature of an approval: the role asked, and who answered what."""

    class Outcome(models.TextChoices):
        WAITING = "", _("Waiting")
        SIGNED = "signed", _("Agreed")
        RETURNED = "returned", _("Returned")

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=40)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="signatures"
    )
    signer_role = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, blank=True, default=Outcome.WAITING
    )
    opinion = models.CharField(_("opinion"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["approval", "order"]
        constraints = [
            models.UniqueConstraint(fields=["approval", "order"], name="approval_step_once"),
            models.UniqueConstraint(
                fields=["approval", "signer"],
                condition=Q(signer__isnull=False),
                name="one_signature_per_person",
            ),
            models.CheckConstraint(
                name="answered_step_names_signer",
                condition=Q(outcome="") | Q(signer__isnull=False, signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.role}"
