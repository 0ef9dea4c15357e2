"""Documents (文书): the forms there are, their templates, what was made, what a step needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.append_only import append_only

if TYPE_CHECKING:
    from accounts.models import User


def document_storage() -> FileSystemStorage:
    """Where templates and documents lie: never below a directory a web server serves."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT / "documents", base_url=None)


class DocumentForm(models.Model):
    """One form of the catalogue, e.g. F07 立案审批表. ``origin``: "core", a plugin, or "bureau".

    ``series``: the class of numbers its documents count in. ``number_of``: the record whose number
    they bear instead. ``fields``: what an officer types, as the catalogue describes it.
    ``transitions``: the steps it belongs to; it is offered first while one of them can be taken.
    ``fits``: what it is about must be like this, as ``decision.kind=penalty``; "" fits all.
    """

    class About(models.TextChoices):
        LEAD = "lead", _("Lead")
        CASE = "case", _("Case")
        PARTY = "party", _("Party")
        TRANSFER = "transfer", _("Transfer")
        MEASURE = "measure", _("Measure")

    class NumberOf(models.TextChoices):
        LEAD = "lead", _("Lead")
        CASE = "case", _("Case")
        NOTICE = "notice", _("Notice")
        DECISION = "decision", _("Decision")
        TRANSFER = "transfer", _("Transfer")
        MEASURE = "measure", _("Measure")

    code = models.CharField(_("code"), max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(_("number of the form"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=100)
    about = models.CharField(_("about"), max_length=10, choices=About.choices)
    series = models.SlugField(_("class of numbers"), max_length=30, blank=True)
    number_of = models.CharField(
        _("bears the number of"), max_length=10, choices=NumberOf.choices, blank=True
    )
    fields = models.JSONField(_("fields to fill in"), default=list, blank=True)
    transitions = models.JSONField(_("steps it belongs to"), default=list, blank=True)
    fits = models.CharField(max_length=80, blank=True, editable=False)
    law = models.CharField(_("legal basis"), max_length=200, blank=True)
    volume = models.CharField(_("volume of the file"), max_length=10, blank=True)
    order = models.PositiveSmallIntegerField(_("place in the file"), default=0)
    origin = models.CharField(max_length=60, default="core", editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("document form")
        verbose_name_plural = _("document forms")
        ordering = ["number", "code"]
        constraints = [
            models.CheckConstraint(
                name="document_form_one_number", condition=Q(series="") | Q(number_of="")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_for(self, found: Callable[[str], Any]) -> bool:
        """Whether it fits what ``found`` answers to a name: the decision of a party, a transfer."""
        if not self.fits:
            return True
        part, field, wanted = self.condition
        row = found(part)
        return row is not None and str(getattr(row, field, "")) in wanted

    @property
    def condition(self) -> tuple[str, str, list[str]]:
        """``fits``, read: of which part, its field, and the values that fit."""
        name, _sep, wanted = self.fits.partition("=")
        part, _dot, field = name.partition(".")
        return part, field, wanted.split("|")


class DocumentTemplate(models.Model):
    """One version of a form's docx. Never changed: a new version takes its place and both stay.

    The file is known by its sha256; ``uploaded_by`` None: it came with the software.
    """

    form = models.ForeignKey(DocumentForm, on_delete=models.PROTECT, related_name="templates")
    version = models.PositiveSmallIntegerField(_("version"))
    file = models.FileField(_("file"), storage=document_storage, max_length=200)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    is_current = models.BooleanField(_("in use"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=now, editable=False)

    class Meta:
        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        ordering = ["form", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["form", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(is_current=True), name="one_current_template"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} v{self.version}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents follow the lead or case they lie in, and the transfer they are about."""

    def reachable_by(self, user: User) -> Self:
        from .case import Case
        from .lead import Lead
        from .transfer import Transfer

        records = Q(case__in=Case.objects.reachable_by(user)) | Q(
            lead__in=Lead.objects.reachable_by(user)
        )
        seen = Q(transfer=None) | Q(transfer__in=Transfer.objects.reachable_by(user))
        return self.filter(records).filter(seen)


class Document(models.Model):
    """One document of a lead or case.

    A draft is written anew as often as needed. An issued one is frozen: its number, its file, the
    content it was filled with; it can only be voided, and its number stays used. ``pending``: a
    step made it and its file is still to be written.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Being made")
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        VOIDED = "voided", _("Voided")

    form = models.ForeignKey(DocumentForm, on_delete=models.PROTECT, related_name="documents")
    template = models.ForeignKey(
        DocumentTemplate, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="made_documents"
    )
    case = models.ForeignKey(
        "workflow.Case", on_delete=models.PROTECT, null=True, related_name="made_documents"
    )
    case_party = models.ForeignKey(
        "workflow.CaseParty", on_delete=models.PROTECT, null=True, related_name="made_documents"
    )
    transfer = models.ForeignKey(
        "workflow.Transfer", on_delete=models.PROTECT, null=True, related_name="made_documents"
    )
    # What else the form is about (a measure): its model and key.
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.DRAFT
    )
    number = models.CharField(_("number"), max_length=60, blank=True)
    written = models.JSONField(_("what was typed"), default=dict)
    fields = models.JSONField(_("what it was filled with"), default=dict)
    file = models.FileField(_("file"), storage=document_storage, max_length=200, blank=True)
    size = models.PositiveIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), default=now, editable=False)
    # The step that made it; None when a person chose the form.
    made_for = models.ForeignKey(
        "workflow.JournalLine", on_delete=models.PROTECT, null=True, related_name="documents"
    )
    fault = models.CharField(_("why it could not be made"), max_length=500, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued at"), null=True)
    signed_copy = models.ForeignKey(
        "workflow.EvidenceFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed copy"),
    )
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(_("voided at"), null=True)
    void_reason = models.CharField(_("reason"), max_length=200, blank=True)

    #: What may still be written of a document once it is issued.
    AFTER_ISSUE = ("status", "voided_by", "voided_at", "void_reason", "signed_copy")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="document_of_one_record",
                condition=Q(lead=None, case__isnull=False) | Q(lead__isnull=False, case=None),
            ),
            models.CheckConstraint(
                name="document_party_is_of_a_case",
                condition=Q(case_party=None) | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="issued_document_is_frozen",
                condition=Q(status__in=["pending", "draft"], issued_at=None)
                | (Q(status__in=["issued", "voided"], issued_at__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="voided_document_says_why",
                condition=Q(voided_at=None) & ~Q(status="voided")
                | Q(status="voided", voided_at__isnull=False) & ~Q(void_reason=""),
            ),
            models.UniqueConstraint(
                fields=["made_for", "form"],
                condition=Q(made_for__isnull=False, case_party=None),
                name="document_made_once_per_step",
            ),
            models.UniqueConstraint(
                fields=["made_for", "form", "case_party"],
                condition=Q(made_for__isnull=False, case_party__isnull=False),
                name="document_made_once_per_party",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "form", "status"], name="document_case_form"),
            models.Index(fields=["lead", "form", "status"], name="document_lead_form"),
            models.Index(
                fields=["made_at"], name="document_pending", condition=Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.number}".strip()

    @property
    def record(self) -> Any:
        """The lead or case it lies in."""
        return self.case if self.case_id else self.lead


# Number, file and content stay from the moment the file is known by its digest.
append_only(Document, once="sha256", open_fields=Document.AFTER_ISSUE)


class RequiredDocument(models.Model):
    """Which document goes with which step: made by it, or to be issued before it."""

    class Mode(models.TextChoices):
        MADE_BY = "made_by", _("Made by the step")
        REQUIRED_BEFORE = "required", _("Required before the step")

    class Per(models.TextChoices):
        RECORD = "record", _("Once")
        PARTY = "party", _("For every party")

    transition = models.CharField(_("step"), max_length=80)
    form = models.ForeignKey(DocumentForm, on_delete=models.PROTECT, related_name="required")
    mode = models.CharField(_("when"), max_length=10, choices=Mode.choices)
    per = models.CharField(_("how many"), max_length=10, choices=Per.choices, default=Per.RECORD)
    law = models.CharField(_("legal basis"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("document of a step")
        verbose_name_plural = _("documents of steps")
        ordering = ["transition", "form"]
        constraints = [
            models.UniqueConstraint(fields=["transition", "form"], name="required_document_once")
        ]

    def __str__(self) -> str:
        return f"{self.transition} · {self.form}"
