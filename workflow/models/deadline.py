"""The limits that run on leads, cases and transfers, with their pauses and extensions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

from .clock import ClockRule


class Deadline(models.Model):
    """One limit running on one record, and what became of it.

    ``due_on`` is the date to rely on, also of hour clocks (whose moment is ``due_at``);
    ``later_due_on`` the less careful reading where the law allows two. Both are null while a pause
    runs; ``left`` then says how much is left. ``is_guess``: the date rests on a year whose holidays
    nobody has entered.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met")
        LATE_MET = "late_met", _("Met late")
        CANCELLED = "cancelled", _("Dropped")

    class Stage(models.IntegerChoices):
        NONE = 0, _("Not reminded")
        SOON = 1, _("Due soon")
        TODAY = 2, _("Due today")
        OVERDUE = 3, _("Overdue")
        ESCALATED = 4, _("Reported to the leader")

    OPEN = (State.RUNNING, State.PAUSED)
    #: The verb that starts a limit by hand.
    BY_HAND = "clock.start"

    key = models.CharField(max_length=160, unique=True)
    code = models.CharField(_("code"), max_length=20)
    rule = models.ForeignKey(
        ClockRule, on_delete=models.PROTECT, related_name="deadlines", verbose_name=_("rule")
    )
    record_type = models.CharField(max_length=100)
    record_id = models.BigIntegerField()
    case = models.ForeignKey(
        "workflow.Case",
        on_delete=models.PROTECT,
        null=True,
        related_name="deadlines",
        db_index=False,
        verbose_name=_("case"),
    )
    lead = models.ForeignKey(
        "workflow.Lead",
        on_delete=models.PROTECT,
        null=True,
        related_name="deadlines",
        db_index=False,
        verbose_name=_("lead"),
    )
    party = models.ForeignKey(
        "workflow.CaseParty",
        on_delete=models.PROTECT,
        null=True,
        related_name="deadlines",
        verbose_name=_("party"),
    )
    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("unit"),
    )
    obliged = models.CharField(
        _("who must act"),
        max_length=10,
        choices=ClockRule.Obliged.choices,
        default=ClockRule.Obliged.BUREAU,
    )
    starts_at = models.DateTimeField(_("starts at"))
    due_on = models.DateField(_("due on"), null=True)
    due_at = models.DateTimeField(_("due at"), null=True)
    later_due_on = models.DateField(_("other reading"), null=True)
    left = models.PositiveIntegerField(_("days left"), null=True)
    is_guess = models.BooleanField(_("holidays not known"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    done_at = models.DateTimeField(_("done at"), null=True)
    started_by = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reminded_stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.NONE)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="deadline_unit_due"),
            models.Index(fields=["state", "due_on", "reminded_stage"], name="deadline_due"),
            models.Index(fields=["case", "code"], name="deadline_case"),
            models.Index(fields=["lead", "code"], name="deadline_lead"),
            models.Index(fields=["record_type", "record_id"], name="deadline_record"),
        ]
        constraints = [
            models.CheckConstraint(
                name="deadline_done_says_when",
                condition=Q(state__in=["running", "paused"], done_at=None)
                | Q(state__in=["met", "late_met", "cancelled"], done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deadline_running_has_date",
                condition=~Q(state="running") | Q(due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_by_hand(self) -> bool:
        """Somebody started it, no step did."""
        return self.started_by is not None and self.started_by.act == self.BY_HAND

    @property
    def started_with(self) -> str:
        """The document that started it by hand; "" of one that a step started."""
        line = self.started_by
        return str(line.data["document"]) if line is not None and self.is_by_hand else ""


class DeadlinePause(models.Model):
    """Days of one limit that do not count, both ends included, with reason and document."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=60)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)
    document = models.CharField(_("supporting document"), max_length=200, blank=True)
    evidence = models.ForeignKey(
        "workflow.EvidenceFile",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("supporting document on file"),
    )
    started_by = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["start_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_pause_dates_ordered",
                condition=Q(end_on=None) | Q(end_on__gte=F("start_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.start_on}"


class DeadlineExtension(models.Model):
    """More time for one limit, in the clock's own unit, with who approved it and when."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="extensions")
    amount = models.PositiveIntegerField(_("length"))
    granted_on = models.DateField(_("granted on"))
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approver_name = models.CharField(_("approved by"), max_length=150, blank=True)
    discussion = models.ForeignKey(
        "workflow.Discussion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("joint discussion"),
    )
    line = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["granted_on", "pk"]
        constraints = [
            models.CheckConstraint(name="deadline_extension_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"+{self.amount}"
