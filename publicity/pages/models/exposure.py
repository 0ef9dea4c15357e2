"""The page of one exposed case: a frozen public copy that knows nothing of the case file."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from publicity.basepage.models import BasePage
from publicity.pages.addresses import case_address
from publicity.pages.panels import exposure_panels

GONE = 410
FEATURES = ["bold", "ol", "ul"]
# The notice of a withdrawn case keeps none of these (see pages_withdrawn_is_empty).
TEXT_FIELDS = (
    "party_display",
    "uscc",
    "category_code",
    "category_name",
    "unit_name",
    "place",
    "violation",
    "violation_type",
    "decision_number",
    "penalty_text",
    "facts",
    "handling",
    "significance",
    "comment",
    "comment_office",
    "how_to_spot",
    "source",
    "index_no",
)
NULL_FIELDS = ("campaign_year", "decided_on", "fine_fen", "confiscated_fen", "expires_on")
# Written by the release and the withdrawal alone: no stored revision brings an old value back.
MACHINE_FIELDS = (
    "slug",
    "release_no",
    "needs_release",
    "released_at",
    "expires_on",
    "withdrawn_on",
    "withdrawal_kind",
)
# What a line of a list shows; the long texts stay in the database.
ROW_FIELDS = (
    "title",
    "slug",
    "url_path",
    "release_no",
    "live",
    "category_code",
    "category_name",
    "unit_name",
    "place",
    "violation",
    "penalty_text",
    "fine_fen",
    "confiscated_fen",
    "decided_on",
    "released_at",
    "last_published_at",
)


class WithdrawalKind(models.TextChoices):
    """Why a case was taken down, in the words the public notice uses."""

    DECISION_CHANGED = "decision_changed", _("the decision was changed")
    DECISION_REVOKED = "decision_revoked", _("the decision was revoked")
    DECISION_UNLAWFUL = "decision_unlawful", _("the decision was held unlawful or void")
    CHALLENGED = "challenged", _("the decision is under reconsideration or litigation")
    MISTAKE = "mistake", _("the published content was wrong")
    PRIVACY = "privacy", _("protection of personal information")
    EXPIRED = "expired", _("the publication period ended")
    OTHER = "other", _("other reasons")


class ExposureQuerySet(PageQuerySet):
    """The questions the public site asks."""

    def released(self) -> Self:
        """Cases the public may read: live, under a release number, not withdrawn."""
        return self.filter(live=True, release_no__isnull=False, withdrawn_on__isnull=True)

    def addressable(self) -> Self:
        """Pages with a public address: the released ones, and the notices of the withdrawn."""
        return self.filter(release_no__isnull=False).filter(
            Q(live=True) | Q(withdrawn_on__isnull=False)
        )

    def rows(self) -> Self:
        """Newest decision first, without the long texts."""
        return self.only(*ROW_FIELDS).order_by("-decided_on", "-pk")


class LawBlock(blocks.StructBlock):
    """One article that was applied."""

    law = blocks.CharBlock(label=_("law"), max_length=100)
    article = blocks.CharBlock(label=_("article"), max_length=60, required=False)

    class Meta:
        icon = "doc-full"
        label = _("article of law")


class ExposurePage(BasePage):
    """One exposed case. It goes live through its exposure alone, under its release number."""

    slug: str  # the type checker cannot see Wagtail's field
    party_display = models.CharField(_("party"), max_length=200)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    category_code = models.CharField(_("category code"), max_length=40, blank=True)
    category_name = models.CharField(_("category"), max_length=100, blank=True)
    campaign_year = models.PositiveSmallIntegerField(_("campaign year"), null=True, blank=True)
    unit_name = models.CharField(_("handling unit"), max_length=100, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    violation = models.CharField(_("violation"), max_length=300)
    violation_type = models.CharField(_("violation type"), max_length=40, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=80, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    penalty_text = models.TextField(_("penalty"), blank=True)
    fine_fen = models.PositiveBigIntegerField(_("fine in fen"), null=True, blank=True)
    confiscated_fen = models.PositiveBigIntegerField(
        _("confiscated money in fen"), null=True, blank=True
    )
    laws = StreamField([("law", LawBlock())], blank=True, verbose_name=_("laws applied"))
    facts = RichTextField(_("facts of the case"), features=FEATURES)
    handling = RichTextField(_("how it was handled"), features=FEATURES, blank=True)
    significance = RichTextField(_("why it matters"), features=FEATURES, blank=True)
    comment = RichTextField(_("expert comment"), features=FEATURES, blank=True)
    comment_office = models.CharField(_("office of the commentator"), max_length=100, blank=True)
    how_to_spot = RichTextField(_("how to recognise it"), features=FEATURES, blank=True)
    source = models.CharField(_("source"), max_length=100, blank=True)
    index_no = models.CharField(_("index number"), max_length=60, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)
    expires_on = models.DateField(_("public until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawal_kind = models.CharField(
        _("reason of the withdrawal"),
        max_length=30,
        choices=WithdrawalKind,
        blank=True,
        editable=False,
    )

    objects = PageManager.from_queryset(ExposureQuerySet)()

    parent_page_types = ["pages.CaseIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # the intake makes the draft
    template = "publicity/exposure_page.html"
    notice_template = "publicity/exposure_withdrawn.html"
    allowed_http_methods = ["GET", "HEAD", "OPTIONS"]
    exclude_fields_in_copy = [name for name in MACHINE_FIELDS if name != "slug"]

    content_panels = exposure_panels()
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("party_display", boost=2),
        index.SearchField("violation", boost=2),
        index.SearchField("decision_number"),
        index.SearchField("uscc"),
        index.SearchField("index_no"),
        index.SearchField("category_name"),
        index.SearchField("unit_name"),
        index.SearchField("place"),
        index.SearchField("penalty_text"),
        index.SearchField("laws"),
        index.SearchField("facts"),
        index.SearchField("handling"),
        index.SearchField("significance"),
        index.SearchField("comment"),
        index.SearchField("how_to_spot"),
        index.FilterField("release_no"),
        index.FilterField("withdrawn_on"),
        index.FilterField("category_code"),
        index.FilterField("decided_on"),
    ]

    class Meta:
        verbose_name = _("exposed case")
        verbose_name_plural = _("exposed cases")
        indexes = [
            models.Index(fields=["-decided_on", "-basepage_ptr"], name="pages_exposure_decided"),
            models.Index(fields=["-released_at", "-basepage_ptr"], name="pages_exposure_released"),
            models.Index(fields=["category_code", "-decided_on"], name="pages_exposure_category"),
            models.Index(fields=["unit_name", "-decided_on"], name="pages_exposure_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="pages_withdrawn_is_empty",
                condition=Q(withdrawn_on__isnull=True, withdrawal_kind="")
                | (
                    Q(withdrawn_on__isnull=False)
                    & ~Q(withdrawal_kind="")
                    & Q(**dict.fromkeys(TEXT_FIELDS, ""))
                    & Q(**{f"{name}__isnull": True for name in NULL_FIELDS})
                ),
                violation_error_message=_("A withdrawn page keeps nothing of its old text."),
            ),
        ]

    @classmethod
    def get_indexed_objects(cls) -> ExposureQuerySet:
        """The public index holds released copies only."""
        return super().get_indexed_objects().released()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.needs_release = True
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save as a page that needs a release; a draft gets a random address of its own."""
        self.needs_release = True
        if not self.slug:
            self.slug = f"draft-{uuid.uuid4().hex}"
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The page as the revision has it, except what only release and withdrawal may write."""
        page = super().with_content_json(content)
        for name in MACHINE_FIELDS:
            setattr(page, name, getattr(self, name))
        page.set_url_path(self.get_parent())
        return page

    @property
    def address(self) -> str:
        """The path of the released case, by its number; empty for a draft."""
        return case_address(self.release_no)

    @property
    def released_on(self) -> date | None:
        """The day the case became public, in the bureau's time zone."""
        return timezone.localdate(self.released_at) if self.released_at else None

    @property
    def money_fen(self) -> int | None:
        """Fine and confiscated money together in fen; None when neither is known."""
        known = [fen for fen in (self.fine_fen, self.confiscated_fen) if fen is not None]
        return sum(known) if known else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from publicity.pages.neighbours import around  # imports this module's model

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **around(self)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The case, or, once withdrawn, the dated notice at the same address (410 Gone)."""
        if self.withdrawn_on is None:
            response: HttpResponse = super().serve(request, *args, **kwargs)
            return response
        return TemplateResponse(
            request,
            self.notice_template,
            {"page": self, "self": self},
            status=GONE,
            headers={"X-Robots-Tag": "noindex, noarchive"},
        )


class ExposureCorrection(models.Model):
    """A dated note of what was corrected after the release. No revision can take it back."""

    page = models.ForeignKey(
        ExposurePage, on_delete=models.CASCADE, related_name="corrections", verbose_name=_("page")
    )
    corrected_on = models.DateField(_("corrected on"))
    note = models.CharField(_("note"), max_length=500)

    class Meta:
        ordering = ["-corrected_on", "-pk"]
        verbose_name = _("correction note")
        verbose_name_plural = _("correction notes")

    def __str__(self) -> str:
        return f"{self.corrected_on} {self.note}"
