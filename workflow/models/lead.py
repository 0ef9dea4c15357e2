"""Leads (线索) and the people who reported them, kept apart."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField
from modelsearch import index

from accounts.clock import now
from workflow.channels import channel_choices
from workflow.states import LeadState, lead_states

from .record import Record
from .scope import ScopedQuerySet


class LeadQuerySet(ScopedQuerySet):
    view_act = "view_lead"


class Lead(index.Indexed, Record):
    """A lead: what was heard, about whom, where, and which unit looks into it."""

    machine = "lead"
    unfrozen = frozenset(
        {
            "number", "source_number", "party_match", "restricted", "merged_into", "referred_to",
            "decline_ground", "outcome_reason",
        }
    )  # fmt: skip

    class DeclineGround(models.TextChoices):
        """程序规定 art. 20: the four grounds for not filing."""

        MINOR = "minor", _("Minor, corrected in time, no harm")
        FIRST = "first", _("First offence, slight harm, corrected in time")
        NO_FAULT = "no_fault", _("The party proves it was not at fault")
        OTHER = "other", _("Another lawful ground")

    class PartyMatch(models.TextChoices):
        """By what the party of the lead was recognised in the registry."""

        CODE = "code", _("same credit code")
        ID_NUMBER = "id_number", _("same ID number")
        NAME_PLACE = "name_place", _("same name and address")
        PHONE = "phone", _("same phone")
        NAME = "name", _("same name")
        ALIKE = "alike", _("similar name")
        ALIAS = "alias", _("known under this name too")
        ADDRESS = "address", _("same address")
        CHOSEN = "chosen", _("chosen by hand")
        NEW = "new", _("entered anew")

    state = FSMField(_("state"), default=LeadState.REGISTERED, choices=lead_states, protected=True)
    number = models.CharField(_("lead number"), max_length=60, unique=True, editable=False)
    channel = models.CharField(_("source"), max_length=40, choices=channel_choices)
    source_number = models.CharField(_("number at the source"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("found or received at"))
    title = models.CharField(_("title"), max_length=200)
    content = models.TextField(_("what was heard"), max_length=8000)
    category = models.ForeignKey(
        "workflow.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("focus category"),
    )
    place = models.CharField(_("place"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    party = models.ForeignKey(
        "workflow.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="leads"
    )
    party_match = models.CharField(
        _("how the party was recognised"), max_length=12, choices=PartyMatch.choices, blank=True
    )
    subject_name = models.CharField(_("whom it is about"), max_length=200, blank=True)
    subject_uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    subject_phone = models.CharField(_("phone of the subject"), max_length=40, blank=True)
    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        related_name="leads",
        verbose_name=_("handling unit"),
    )
    restricted = models.BooleanField(_("restricted to named people"), default=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged"
    )
    referred_to = models.ForeignKey(
        "accounts.Authority", on_delete=models.PROTECT, null=True, editable=False
    )
    decline_ground = models.CharField(
        max_length=16, choices=DeclineGround.choices, blank=True, editable=False
    )
    outcome_reason = models.TextField(_("reason"), max_length=4000, blank=True, editable=False)

    objects = LeadQuerySet.as_manager()

    search_auto_update = False
    search_fields = [
        index.AutocompleteField("number"),
        index.SearchField("number", boost=3),
        index.SearchField("title", boost=2),
        index.SearchField("subject_name", boost=2),
        index.SearchField("subject_uscc"),
        index.SearchField("source_number"),
        index.SearchField("content"),
        index.SearchField("address"),
        index.FilterField("id"),
        index.FilterField("unit_id"),
        index.FilterField("state"),
        index.FilterField("restricted"),
    ]

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            # The restriction with it: rows are counted without reading one.
            models.Index(
                fields=["unit", "-updated_at", "-id", "restricted"], name="lead_unit_updated"
            ),
            models.Index(fields=["unit", "state", "-updated_at", "-id"], name="lead_unit_state"),
            models.Index(fields=["-updated_at", "-id"], name="lead_updated"),
            models.Index(fields=["subject_uscc"], name="lead_uscc"),
            models.Index(fields=["channel", "source_number"], name="lead_source"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lead_merged_says_where",
                condition=~Q(state=LeadState.MERGED) | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="lead_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("pk")),
            ),
            models.CheckConstraint(
                name="lead_referred_says_where",
                condition=~Q(state=LeadState.REFERRED) | Q(referred_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def journal_lead_id(self) -> int | None:
        return self.pk

    def frozen_content(self) -> dict[str, Any]:
        handlers = self.handlers.filter(ended_on=None).order_by("user_id")
        return super().frozen_content() | {"handlers": list(handlers.values_list("user_id"))}


class Reporter(models.Model):
    """Who reported a lead. Masked by default; every reveal asks a reason and is journalled.

    投诉举报处理办法 art. 33: identity and contacts of a reporter are confidential.
    """

    class Kind(models.TextChoices):
        REAL_NAME = "real_name", _("Named reporter")
        ANONYMOUS = "anonymous", _("Anonymous reporter")
        INSIDER = "insider", _("Insider")

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="reporters")
    kind = models.CharField(_("kind of reporter"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    id_number = models.CharField(_("ID number"), max_length=18, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        constraints = [
            models.CheckConstraint(
                name="named_reporter_has_name",
                condition=~Q(kind="real_name") | ~Q(name=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
