"""Reviews (审核), notices (告知), hearings (听证) and joint discussions (集体讨论) of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

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

    行政处罚法 arts. 44, 62-64. ``answer`` is what the party did within its window; ``proof`` shows
    it. A later round supersedes the earlier one.
    """

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        WAIVED = "waived", _("Waived in writing")
        STATED = "stated", _("Made a statement or defence")
        HEARING = "hearing", _("Asked for a hearing")
        LAPSED = "lapsed", _("Window passed without an answer")

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
    answer = models.CharField(
        _("answer"), max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answer_text = models.TextField(_("what the party said"), max_length=8000, blank=True)
    proof = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    considered = models.TextField(_("how it was considered"), max_length=8000, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["case_party", "round"]
        constraints = [
            models.UniqueConstraint(fields=["case_party", "round"], name="notice_round_once"),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="notice_number_once"
            ),
            models.CheckConstraint(
                name="notice_answer_says_when",
                condition=Q(answer="") | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_waiver_has_proof",
                condition=~Q(answer="waived") | Q(proof__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft notice"))


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
