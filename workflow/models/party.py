"""Parties (当事人): the registry shared by leads and cases, and who they are in a case."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import now


class Party(models.Model):
    """An enterprise, a sole trader or a natural person, known once.

    ``id_number``, ``phone``, ``residence`` and ``born_on`` are personal information: never public.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        SOLE_TRADER = "individual_business", _("Sole trader")
        PERSON = "person", _("Natural person")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    normalized_name = models.CharField(max_length=200, db_index=True, editable=False)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=100, blank=True)
    address = models.CharField(_("registered address"), max_length=300, blank=True)
    id_number = models.CharField(_("ID number"), max_length=18, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    residence = models.CharField(_("residence"), max_length=300, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=~models.Q(uscc="") & models.Q(merged_into=None),
                name="party_uscc_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON


class CaseParty(models.Model):
    """A party of one case. Notice, answer, hearing, decision and service hang here."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Open")
        PENALTY = "penalty", _("Penalty")
        NO_PENALTY = "no_penalty", _("No penalty")
        TRANSFERRED = "transferred", _("Transferred")
        TERMINATED = "terminated", _("Terminated")

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="case_parties")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    violation = models.TextField(_("what this party did"), max_length=4000, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=Outcome.choices, blank=True, default=Outcome.OPEN
    )
    split_into = models.ForeignKey(
        "workflow.Case",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="split_from",
    )

    class Meta:
        verbose_name = _("party of the case")
        verbose_name_plural = _("parties of the case")
        ordering = ["case", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "party"], name="case_party_once"),
            models.UniqueConstraint(fields=["case", "order"], name="case_party_order_once"),
        ]

    def __str__(self) -> str:
        return str(self.party)
