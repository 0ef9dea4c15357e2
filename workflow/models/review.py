"""Reviews (审核), notices (告知), hearings (听证) and joint discussions (集体讨论) of a case."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.append_only import append_only

if TYPE_CHECKING:
    from .law import ArticleCitation


class Review(models.Model):
    """One opinion of one reviewer in one round. 程序规定 arts. 49-55; 行政处罚法 art. 58.

    ``checklist``: {item code: {"ok": bool, "note": str}} for the seven points of review.
    """

    class Kind(models.TextChoices):
        CASE = "case_review", _("Case review")
        LEGAL = "legal_review", _("Legal review")

    class Opinion(models.TextChoices):
        AGREE = "agree", _("Agree")
        AMEND = "amend", _("Return for completion")
        DISAGREE = "disagree", _("Disagree")

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of review"), max_length=16, choices=Kind.choices)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opinion = models.CharField(_("opinion"), max_length=10, choices=Opinion.choices)
    checklist = models.JSONField(_("points of review"), default=dict, blank=True)
    text = models.TextField(_("opinion in words"), max_length=8000)
    given_at = models.DateTimeField(_("given at"))
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["case", "round", "pk"]
        constraints = [
            models.CheckConstraint(name="review_says_why", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_opinion_display()}"


class Notice(models.Model):
    """行政处罚告知书 for one party: facts, reasons, basis, what is intended, its rights.

    行政处罚法 arts. 44, 62-64. ``answers`` is what the party did. A later round supersedes the
    earlier one.
    """

    #: What it cites, as the case file reads it.
    cited: list[ArticleCitation]

    case_party = models.ForeignKey(
        "workflow.CaseParty", on_delete=models.PROTECT, related_name="notices"
    )
    round = models.PositiveSmallIntegerField()
    number = models.CharField(_("document number"), max_length=60, blank=True, editable=False)
    facts = models.TextField(_("facts"), max_length=20000)
    reasons = models.TextField(_("reasons"), max_length=8000)
    basis = models.TextField(_("legal basis"), max_length=4000)
    hearing_right = models.BooleanField(_("right to a hearing"), default=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField(default=now, editable=False)
    issued_at = models.DateTimeField(_("issued at"), null=True, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["case_party", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case_party", "round"], name="notice_round_once"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="notice_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft notice"))

    @property
    def answered_at(self) -> datetime | None:
        """When the party first answered."""
        return min((answer.answered_at for answer in self.answers.all()), default=None)

    @property
    def wants_hearing(self) -> bool:
        """A hearing was asked for, and no waiver with proof withdrew the request since."""
        return self._last_word == PartyAnswer.Kind.HEARING

    @property
    def ends_wait(self) -> bool:
        """Nothing more is waited for: waived, or a hearing asked for.

        A statement ends the wait only where there is no right to a hearing: that one is asked for
        within the whole five working days (行政处罚法 art. 64).
        """
        return bool(self._last_word) or (self.has_statement and not self.hearing_right)

    @property
    def has_statement(self) -> bool:
        return any(answer.kind == PartyAnswer.Kind.STATED for answer in self.answers.all())

    @property
    def is_considered(self) -> bool:
        """How the statements were considered is written, with the last one recorded or after it."""
        stated = [a for a in self.answers.all() if a.kind == PartyAnswer.Kind.STATED]
        return not stated or bool(max(stated, key=lambda answer: answer.pk).considered)

    @property
    def _last_word(self) -> str:
        """The later of waiver and request, or neither."""
        words = [a for a in self.answers.all() if a.kind != PartyAnswer.Kind.STATED]
        last = max(words, key=lambda answer: (answer.answered_at, answer.pk), default=None)
        return last.kind if last else ""


@partial(append_only, once="kind", open_fields=("answered_at",))
class PartyAnswer(models.Model):
    """One thing a party did after its notice (行政处罚法 arts. 44-45, 64); none replaces another.

    A request for a hearing is undone by a waiver alone, which has its ``proof``. A statement is
    ``considered`` by the bureau: there, or in a later statement recorded without words.
    """

    class Kind(models.TextChoices):
        WAIVED = "waived", _("Waived in writing")
        STATED = "stated", _("Made a statement or defence")
        HEARING = "hearing", _("Asked for a hearing")

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("answer"), max_length=10, choices=Kind.choices)
    answered_at = models.DateTimeField(_("answered at"))
    text = models.TextField(_("what the party said"), max_length=8000, blank=True)
    considered = models.TextField(_("how it was considered"), max_length=8000, blank=True)
    proof = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("answer of a party")
        verbose_name_plural = _("answers of parties")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="waiver_has_proof", condition=~Q(kind="waived") | Q(proof__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Hearing(models.Model):
    """A hearing. The chair is not an investigator of the case (行政处罚法 art. 64(4))."""

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="hearings")
    round = models.PositiveSmallIntegerField()
    requested_by = models.ManyToManyField(
        "workflow.CaseParty", related_name="hearings", verbose_name=_("asked for by")
    )
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chair"),
    )
    notified_at = models.DateTimeField(_("parties told at"))
    scheduled_at = models.DateTimeField(_("hearing at"))
    place = models.CharField(_("place"), max_length=200)
    is_public = models.BooleanField(_("public"), default=True)
    closed_reason = models.CharField(_("why not public"), max_length=200, blank=True)
    held_at = models.DateTimeField(_("held at"), null=True, blank=True)
    record = models.TextField(_("record"), max_length=20000, blank=True)
    report = models.TextField(_("report"), max_length=20000, blank=True)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering = ["case", "round", "pk"]
        constraints = [
            models.CheckConstraint(
                name="closed_hearing_says_why",
                condition=Q(is_public=True) | ~Q(closed_reason=""),
            ),
            models.CheckConstraint(
                name="held_hearing_has_report", condition=Q(held_at=None) | ~Q(report="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case.number} {self.scheduled_at:%Y-%m-%d}"


class Discussion(models.Model):
    """集体讨论: the leaders decide together on complex or major cases (行政处罚法 art. 57)."""

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="discussions")
    round = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(_("held at"))
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chair"),
    )
    participants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("participants")
    )
    minutes = models.TextField(_("minutes"), max_length=20000)
    conclusion = models.TextField(_("conclusion"), max_length=4000)

    class Meta:
        verbose_name = _("joint discussion")
        verbose_name_plural = _("joint discussions")
        ordering = ["case", "round", "pk"]

    def __str__(self) -> str:
        return f"{self.case.number} {self.held_at:%Y-%m-%d}"
