"""Cases (案件) and the people who handle leads and cases."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField
from modelsearch import index

from accounts.clock import today
from workflow.states import CaseState, Stage, case_states, stage_of_case

from .papers import frozen_papers
from .party import Party
from .record import Record
from .scope import ScopedQuerySet


class CaseQuerySet(ScopedQuerySet):
    view_act = "view_case"


class Case(index.Indexed, Record):
    """A case: from 立案 to 归档. Amounts are fen; dates of acts are in the journal and below."""

    machine = "case"
    unfrozen = frozenset(
        {
            "number", "lead", "restricted", "filed_at", "decided_at", "closed_at",
            "closure_ground", "archive_number",
        }
    )  # fmt: skip

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary procedure")
        SIMPLE = "simple", _("Simple procedure")

    class ClosureGround(models.TextChoices):
        """程序规定 art. 77: when a case may be closed."""

        PERFORMED = "performed", _("Penalty fully performed")
        COURT_ENDED = "court_ended", _("Court ended the enforcement")
        TERMINATED = "terminated", _("Investigation terminated")
        NO_PENALTY = "no_penalty", _("No penalty or transferred")
        OTHER = "other", _("Another lawful ground")

    state = FSMField(
        _("state"), default=CaseState.INVESTIGATING, choices=case_states, protected=True
    )
    number = models.CharField(_("case number"), max_length=60, unique=True, editable=False)
    title = models.CharField(_("case name"), max_length=200)
    cause = models.CharField(_("cause of action"), max_length=200)
    procedure = models.CharField(
        _("procedure"), max_length=10, choices=Procedure.choices, default=Procedure.ORDINARY
    )
    lead = models.ForeignKey(
        "workflow.Lead",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="cases",
        verbose_name=_("lead"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("handling unit"),
    )
    category = models.ForeignKey(
        "workflow.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("focus category"),
    )
    other_categories = models.ManyToManyField(
        "workflow.Category", blank=True, related_name="+", verbose_name=_("other categories")
    )
    violation_type = models.ForeignKey(
        "workflow.ViolationType",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("violation type"),
    )
    restricted = models.BooleanField(_("restricted to named people"), default=False)
    filed_at = models.DateTimeField(_("filed at"), editable=False)
    place = models.CharField(_("place of the violation"), max_length=300, blank=True)
    # The law of that day applies, unless a later one is milder (行政处罚法 art. 37).
    violated_on = models.DateField(_("last day of the violation"), null=True, blank=True)
    facts = models.TextField(_("facts found"), max_length=20000, blank=True)
    legal_basis = models.TextField(_("laws cited"), max_length=4000, blank=True)
    goods_value_fen = models.BigIntegerField(_("value of the goods"), null=True, blank=True)
    illegal_gains_fen = models.BigIntegerField(_("illegal gains"), null=True, blank=True)
    report = models.TextField(_("investigation report"), max_length=20000, blank=True)
    proposal = models.TextField(_("proposed treatment"), max_length=4000, blank=True)
    # What makes a legal review compulsory (行政处罚法 art. 58) besides a hearing held.
    major_public_interest = models.BooleanField(_("major public interest"), default=False)
    complex_relations = models.BooleanField(_("several complex legal relations"), default=False)
    review_by_statute = models.BooleanField(_("legal review by another statute"), default=False)
    # 行政处罚法 art. 57: complex or major violations are discussed by the leaders together.
    complex_or_major = models.BooleanField(_("complex or major violation"), default=False)
    review_round = models.PositiveSmallIntegerField(default=0, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closure_ground = models.CharField(
        _("ground of closure"),
        max_length=16,
        choices=ClosureGround.choices,
        blank=True,
        editable=False,
    )
    archive_number = models.CharField(_("archive number"), max_length=20, blank=True)

    objects = CaseQuerySet.as_manager()

    search_auto_update = False
    # Related rows whose text party_names() and document_numbers() repeat.
    search_depends_on = ("parties", "parties__party", "parties__notices", "parties__decisions")
    search_fields = [
        index.AutocompleteField("number"),
        index.SearchField("number", boost=3),
        index.SearchField("title", boost=2),
        index.SearchField("cause"),
        index.SearchField("facts"),
        index.SearchField("legal_basis"),
        index.SearchField("party_names", boost=2),
        index.SearchField("document_numbers", boost=2),
        index.FilterField("id"),
        index.FilterField("unit_id"),
        index.FilterField("state"),
        index.FilterField("restricted"),
    ]

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            # The restriction with it: rows are counted without reading one.
            models.Index(
                fields=["unit", "-updated_at", "-id", "restricted"], name="case_unit_updated"
            ),
            models.Index(fields=["unit", "state", "-updated_at", "-id"], name="case_unit_state"),
            models.Index(fields=["-updated_at", "-id"], name="case_updated"),
            models.Index(fields=["unit", "-filed_at", "-id"], name="case_unit_filed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_amounts_not_negative",
                condition=(Q(goods_value_fen=None) | Q(goods_value_fen__gte=0))
                & (Q(illegal_gains_fen=None) | Q(illegal_gains_fen__gte=0)),
            ),
            models.CheckConstraint(
                name="case_closed_says_why",
                condition=~Q(state__in=[CaseState.CLOSED, CaseState.ARCHIVED])
                | ~Q(closure_ground=""),
            ),
            models.CheckConstraint(
                name="case_decided_says_when",
                condition=~Q(state__in=[CaseState.DECIDED, CaseState.ENFORCING])
                | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def journal_case_id(self) -> int | None:
        return self.pk

    @property
    def journal_lead_id(self) -> int | None:
        return self.lead_id

    @property
    def stage(self) -> Stage:
        return Stage(stage_of_case(self.state))

    def party_names(self) -> str:
        """Names and codes of the parties, for the casework index."""
        rows = self.parties.values_list("party__name", "party__uscc")
        return " ".join(part for row in rows for part in row if part)

    def document_numbers(self) -> str:
        """Numbers of notices and decisions, for the casework index."""
        decisions = self.parties.values_list("decisions__number", "notices__number")
        return " ".join(sorted({n for row in decisions for n in row if n}))

    def frozen_content(self) -> dict[str, Any]:
        content = super().frozen_content()
        content["parties"] = list(
            self.parties.filter(split_into=None)
            .with_police()
            .order_by("pk")
            .values_list(
                "pk",
                "party_id",
                "violation",
                "outcome",
                "has_open_transfer",
                *(f"party__{name}" for name in Party.IDENTITY),
            )
        )
        content["handlers"] = list(
            self.handlers.filter(ended_on=None).order_by("user_id").values_list("user_id")
        )
        return content | frozen_papers(self)


class Handler(models.Model):
    """A handler (办案人员) of a lead or a case: at least two with 执法资格 (行政处罚法 art. 42)."""

    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="handlers"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="handlers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handled"
    )
    is_lead_handler = models.BooleanField(_("leads the case"), default=False)
    qualification_no = models.CharField(_("enforcement certificate"), max_length=40, blank=True)
    assigned_on = models.DateField(_("assigned on"), default=today)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_on = models.DateField(_("until"), null=True, blank=True)
    recused_on = models.DateField(_("recused on"), null=True, blank=True)
    recusal_reason = models.CharField(_("ground of recusal"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("handler")
        verbose_name_plural = _("handlers")
        ordering = ["-is_lead_handler", "pk"]
        constraints = [
            models.CheckConstraint(
                name="handler_of_one_record",
                condition=Q(lead=None, case__isnull=False) | Q(lead__isnull=False, case=None),
            ),
            models.UniqueConstraint(
                fields=["lead", "user"],
                condition=Q(ended_on=None, lead__isnull=False),
                name="handler_of_lead_once",
            ),
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(ended_on=None, case__isnull=False),
                name="handler_of_case_once",
            ),
            models.CheckConstraint(
                name="recusal_says_why",
                condition=Q(recused_on=None) | ~Q(recusal_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], name="handler_user_case"),
            models.Index(fields=["user", "lead"], name="handler_user_lead"),
        ]

    def __str__(self) -> str:
        return str(self.user)
