"""Dossiers (案卷): a case file bound in the order of the archive, each with its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.append_only import append_only

if TYPE_CHECKING:
    from accounts.models import User


def dossier_storage() -> FileSystemStorage:
    """Where bound dossiers lie: never below a directory a web server serves."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT / "dossiers", base_url=None)


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Dossiers follow their case; one that holds a restricted lead's papers follows that too."""

    def reachable_by(self, user: User) -> Self:
        from .case import Case
        from .lead import Lead

        leads = Lead.objects.reachable_by(user)
        seen = Q(holds_lead=False) | Q(case__lead__restricted=False) | Q(case__lead__in=leads)
        return self.filter(seen, case__in=Case.objects.reachable_by(user))


class Dossier(models.Model):
    """One binding of a case file: asked for, put together by a task, then never changed.

    ``contents``: the rows of 卷内文件目录 as bound. ``fingerprint``: what the file looked like, to
    tell whether it has changed since. ``sha256`` is the archive's; ``pdf`` is empty where no
    LibreOffice was, and ``no_pdf`` says so. ``pages`` counts the pages of the PDF.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Being bound")
        BOUND = "bound", _("Bound")
        FAILED = "failed", _("Not bound")

    class Retention(models.TextChoices):
        """保管期限: important files for ever, ordinary ones thirty years."""

        PERMANENT = "永久", _("for ever")
        THIRTY = "30年", _("30 years")
        TEN = "10年", _("10 years")

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="dossiers")
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.PENDING
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"), default=now, editable=False)
    retention = models.CharField(
        _("retention"), max_length=10, choices=Retention.choices, default=Retention.PERMANENT
    )
    remarks = models.TextField(_("remarks on the volume"), max_length=2000, blank=True)
    # How far the binding is, and since when it has not moved.
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(default=now, editable=False)
    fault = models.CharField(_("why it was not bound"), max_length=500, blank=True)
    bound_at = models.DateTimeField(_("bound at"), null=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True)
    holds_lead = models.BooleanField(default=False, editable=False)
    contents = models.JSONField(default=list)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    pdf = models.FileField(storage=dossier_storage, max_length=200, blank=True)
    pdf_size = models.BigIntegerField(default=0)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    no_pdf = models.CharField(_("why there is no PDF"), max_length=300, blank=True)
    archive = models.FileField(storage=dossier_storage, max_length=200, blank=True)
    size = models.BigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    journal_seq = models.PositiveIntegerField(default=0)
    journal_hash = models.CharField(max_length=64, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="pending"), name="dossier_bound_one_at_a_time"
            ),
            models.CheckConstraint(
                name="bound_dossier_has_digest",
                condition=Q(status="bound", bound_at__isnull=False)
                & ~Q(sha256="")
                & ~Q(journal_hash="")
                | ~Q(status="bound") & Q(sha256="", bound_at=None),
            ),
            models.CheckConstraint(
                name="dossier_pdf_has_pages",
                condition=Q(pdf_sha256="", pages=None) | ~Q(pdf_sha256="") & Q(pages__gt=0),
            ),
            models.CheckConstraint(
                name="failed_dossier_says_why", condition=~Q(status="failed") | ~Q(fault="")
            ),
            models.CheckConstraint(
                name="dossier_done_within_total", condition=Q(done__lte=F("total"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["moved_at"], name="dossier_pending", condition=Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.asked_at:%Y-%m-%d}"


# Everything stays from the moment the archive is known by its digest.
append_only(Dossier, once="sha256")
