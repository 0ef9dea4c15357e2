"""Transfers (移送) of a lead or a case, whole or in part, to a body outside the bureau."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.access import unit_ids
from workflow.states import TransferState, transfer_states

from .frozen import keys
from .record import Record


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Transfers follow the lead or case they belong to."""

    def reachable_by(self, user: Any) -> TransferQuerySet:
        from .case import Case
        from .lead import Lead

        subjects = Q(case__in=Case.objects.reachable_by(user)) | Q(
            lead__in=Lead.objects.reachable_by(user)
        )
        # 行纪衔接: unseen by the handling unit, open to the team and to the head.
        named = Q(created_by=user) | Q(
            pk__in=Transfer.team.through.objects.filter(user=user).values("transfer_id")
        )
        discipline = named | Q(unit_id__in=unit_ids(user, "view_discipline"))
        return self.filter(subjects).filter(~Q(kind=Transfer.Kind.DISCIPLINE) | discipline)


_UNDER_WAY = [
    TransferState.PROPOSED,
    TransferState.APPROVED,
    TransferState.HANDED_OVER,
    TransferState.RECEIPTED,
    TransferState.ACCEPTED,
    TransferState.RECONSIDERING,
]


class Transfer(Record):
    """A transfer. A part moves nothing; a whole one moves the case when handed over (``TAKING``).

    行政执法机关移送涉嫌犯罪案件的规定 (TR) arts. 5-13; 行政处罚法 arts. 22-27, 57 of what goes to
    another bureau or department.
    """

    machine = "transfer"
    UNDER_WAY = _UNDER_WAY
    locked_after = ("lead", "case")
    unfrozen = frozenset(
        {"number", "materials", "receipt_number", "outcome_number", "outcome_reason"}
    )

    class Kind(models.TextChoices):
        CRIMINAL = "criminal", _("Suspected crime")
        DETENTION = "detention", _("Administrative detention")
        DISCIPLINE = "discipline", _("Discipline and supervision")
        DEPARTMENT = "department", _("Another department")
        JURISDICTION = "jurisdiction", _("Jurisdiction")

    #: Kinds that take a whole case away: it is not decided here, and closed once taken up there.
    TAKING = (Kind.CRIMINAL, Kind.DEPARTMENT, Kind.JURISDICTION)

    state = FSMField(
        _("state"), default=TransferState.PROPOSED, choices=transfer_states, protected=True
    )
    number = models.CharField(_("transfer number"), max_length=60, unique=True, editable=False)
    kind = models.CharField(_("kind of transfer"), max_length=12, choices=Kind.choices)
    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="transfers"
    )
    case = models.ForeignKey(
        "workflow.Case", on_delete=models.PROTECT, null=True, related_name="transfers"
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="transfers")
    authority = models.ForeignKey(
        "accounts.Authority", on_delete=models.PROTECT, verbose_name=_("receiver")
    )
    whole = models.BooleanField(_("the whole case"), default=True)
    part = models.TextField(_("which part"), max_length=2000, blank=True)
    parties = models.ManyToManyField(
        "workflow.CaseParty", blank=True, related_name="transfers", verbose_name=_("parties")
    )
    facts = models.TextField(_("facts and evidence"), max_length=8000)
    crime_articles = models.CharField(_("articles of the criminal law"), max_length=200, blank=True)
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("special team")
    )
    materials = models.JSONField(_("materials"), default=list, blank=True)
    receipt_number = models.CharField(_("receipt number"), max_length=80, blank=True)
    outcome_number = models.CharField(_("number of the answer"), max_length=80, blank=True)
    outcome_reason = models.TextField(_("reason"), max_length=4000, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="transfer_of_lead_or_case",
                condition=Q(lead=None, case__isnull=False) | Q(lead__isnull=False, case=None),
            ),
            models.CheckConstraint(
                name="part_transfer_says_part", condition=Q(whole=True) | ~Q(part="")
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(
                    whole=True,
                    kind="criminal",
                    state__in=_UNDER_WAY,
                ),
                name="one_open_whole_criminal_transfer",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="transfer_unit_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def journal_case_id(self) -> int | None:
        # A discipline transfer leaves no line in the timeline its own unit reads.
        return None if self.kind == self.Kind.DISCIPLINE else self.case_id

    @property
    def journal_lead_id(self) -> int | None:
        return None if self.kind == self.Kind.DISCIPLINE else self.lead_id

    def frozen_content(self) -> dict[str, Any]:
        content = super().frozen_content()
        content["parties"], content["team"] = keys(self.parties.all()), keys(self.team.all())
        return content

    @property
    def subject(self) -> Any:
        """The case or lead this transfer belongs to."""
        return self.case if self.case_id else self.lead
