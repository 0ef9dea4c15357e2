"""Decisions, the penalties in notices and decisions, their service and payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

if TYPE_CHECKING:
    from .law import ArticleCitation


class Decision(models.Model):
    """行政处罚决定书 or 不予行政处罚决定书 for one party, with the contents of APL art. 59."""

    class Kind(models.TextChoices):
        PENALTY = "penalty", _("Penalty")
        NO_PENALTY = "no_penalty", _("No penalty")

    class NoPenaltyGround(models.TextChoices):
        """行政处罚法 arts. 30-33, 57(3)."""

        MINOR = "minor", _("Minor, corrected in time, no harm")
        FIRST = "first", _("First offence, slight harm, corrected in time")
        NO_FAULT = "no_fault", _("No fault")
        UNDER_AGE = "under_age", _("Under fourteen")
        INCAPABLE = "incapable", _("No capacity")
        NOT_PROVEN = "not_proven", _("Facts not made out")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        CHANGED = "changed", _("Changed")
        REVOKED = "revoked", _("Revoked")

    #: What it cites, as the case file reads it.
    cited: list[ArticleCitation]

    case_party = models.ForeignKey(
        "workflow.CaseParty", on_delete=models.PROTECT, related_name="decisions"
    )
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    number = models.CharField(_("document number"), max_length=60, blank=True, editable=False)
    ground = models.CharField(
        _("ground of no penalty"), max_length=12, choices=NoPenaltyGround.choices, blank=True
    )
    party_identity = models.TextField(_("the party"), max_length=2000)
    facts = models.TextField(_("facts and evidence"), max_length=20000)
    basis = models.TextField(_("kinds and basis of the penalty"), max_length=4000)
    performance = models.TextField(_("way and deadline to perform"), max_length=2000, blank=True)
    remedies = models.TextField(_("remedies"), max_length=2000)
    authority = models.CharField(_("deciding authority"), max_length=100)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    education = models.TextField(_("how the party was educated"), max_length=2000, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(default=now, editable=False)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="superseded_by"
    )
    #: The reconsideration or judgment that made this round of the decision it supersedes.
    changed_by = models.OneToOneField(
        "workflow.Challenge",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="changed_into",
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["case_party", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case_party", "round"], name="decision_round_once"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="decision_number_once"
            ),
            models.CheckConstraint(
                name="issued_decision_has_number_and_date",
                condition=Q(status="draft") | (~Q(number="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="no_penalty_says_ground",
                condition=~Q(kind="no_penalty") | ~Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft decision"))

    @property
    def is_in_force(self) -> bool:
        """Issued, and neither changed nor revoked since."""
        return self.status == self.Status.ISSUED


class Penalty(models.Model):
    """One penalty intended by a notice or imposed by a decision. Amounts are fen.

    Kinds: 行政处罚法 art. 9 (detention is the police's alone).
    """

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        CRITICISM = "criticism", _("Public criticism")
        FINE = "fine", _("Fine")
        GAINS = "gains", _("Confiscation of illegal gains")
        GOODS = "goods", _("Confiscation of illegal property")
        LICENCE_SUSPENDED = "licence_suspended", _("Licence suspended")
        GRADE_LOWERED = "grade_lowered", _("Qualification lowered")
        LICENCE_REVOKED = "licence_revoked", _("Licence revoked")
        BUSINESS_RESTRICTED = "business_restricted", _("Business restricted")
        BUSINESS_STOPPED = "business_stopped", _("Production or business stopped")
        BUSINESS_CLOSED = "business_closed", _("Ordered to close")
        CAREER_RESTRICTED = "career_restricted", _("Career restricted")
        OTHER = "other", _("Another penalty by law")

    class Tier(models.TextChoices):
        NONE = "", _("Not stated")
        REDUCED = "reduced", _("Below the range")
        LENIENT = "lenient", _("Lenient")
        ORDINARY = "ordinary", _("Ordinary")
        SEVERE = "severe", _("Severe")

    #: Kinds that carry an amount of money, and kinds that open the way to a hearing (APL art. 63).
    WITH_AMOUNT = frozenset({Kind.FINE, Kind.GAINS})
    HEAVY = frozenset(
        {
            Kind.GRADE_LOWERED,
            Kind.LICENCE_REVOKED,
            Kind.BUSINESS_STOPPED,
            Kind.BUSINESS_CLOSED,
            Kind.CAREER_RESTRICTED,
        }
    )

    #: What it rests on, as the case file reads it.
    cited: list[ArticleCitation]

    notice = models.ForeignKey(
        "workflow.Notice", on_delete=models.PROTECT, null=True, related_name="penalties"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="penalties"
    )
    kind = models.CharField(_("kind of penalty"), max_length=20, choices=Kind.choices)
    amount_fen = models.BigIntegerField(_("amount"), null=True, blank=True)
    goods = models.TextField(_("goods"), max_length=4000, blank=True)
    goods_value_fen = models.BigIntegerField(_("value of the goods"), null=True, blank=True)
    tier = models.CharField(
        _("discretion"), max_length=10, choices=Tier.choices, blank=True, default=Tier.NONE
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    #: The amount a range of "another amount" is counted from (advertising fee, turnover), in fen.
    base_fen = models.BigIntegerField(_("amount it is counted from"), null=True, blank=True)
    #: Why it lies below the range, or away from what was imposed before.
    reason = models.CharField(_("reason for the amount"), max_length=500, blank=True)
    performed_on = models.DateField(_("performed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="penalty_of_notice_or_decision",
                condition=Q(notice=None, decision__isnull=False)
                | Q(notice__isnull=False, decision=None),
            ),
            models.CheckConstraint(
                name="penalty_amount_positive",
                condition=Q(amount_fen=None) | Q(amount_fen__gt=0),
            ),
            models.CheckConstraint(
                name="fine_has_amount",
                condition=~Q(kind__in=["fine", "gains"]) | Q(amount_fen__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Payment(models.Model):
    """Money received for a fine or a confiscation, in fen."""

    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="payments")
    amount_fen = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("paid on"))
    voucher = models.CharField(_("voucher number"), max_length=60, blank=True)
    for_surcharge = models.BooleanField(_("surcharge"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.CheckConstraint(name="payment_positive", condition=Q(amount_fen__gt=0))
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_fen}"


class Service(models.Model):
    """送达: one document brought to one party, with its 送达回证. 行政处罚法 art. 61."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("Direct")
        LEFT = "left", _("Left with witnesses")
        ELECTRONIC = "electronic", _("Electronic")
        POST = "post", _("By post")
        ENTRUSTED = "entrusted", _("Entrusted")
        FORWARDED = "forwarded", _("Forwarded")
        ANNOUNCED = "announced", _("By announcement")

    case_party = models.ForeignKey(
        "workflow.CaseParty", on_delete=models.PROTECT, related_name="services"
    )
    notice = models.ForeignKey(
        "workflow.Notice", on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    document = models.CharField(_("document"), max_length=200, blank=True)
    # The document of ours that was served, where it was made here.
    paper = models.ForeignKey(
        "workflow.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("document"),
    )
    method = models.CharField(_("way of service"), max_length=12, choices=Method.choices)
    served_at = models.DateTimeField(_("served at"))
    receiver = models.CharField(_("received by"), max_length=100)
    place = models.CharField(_("place"), max_length=300, blank=True)
    witness = models.CharField(_("witness"), max_length=100, blank=True)
    proof = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    publication_told = models.BooleanField(_("told that it will be published"), default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("service of a document")
        verbose_name_plural = _("services of documents")
        ordering = ["served_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="service_of_one_document",
                condition=Q(notice__isnull=False, decision=None, document="")
                | Q(notice=None, decision__isnull=False, document="")
                | (Q(notice=None, decision=None) & ~Q(document="")),
            ),
            models.CheckConstraint(
                name="service_left_has_witness",
                condition=~Q(method="left") | ~Q(witness="") | Q(proof__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.served_at:%Y-%m-%d}"
