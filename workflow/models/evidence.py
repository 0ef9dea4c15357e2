"""Evidence files (证据): outside the web root, append-only, known by their sha256."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.append_only import append_only


def private_storage() -> FileSystemStorage:
    """Where evidence lies: never below a directory a web server serves."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT / "evidence", base_url=None)


@append_only
class EvidenceFile(models.Model):
    """One file as it came in. Never changed: a better copy ``replaces`` it and both stay.

    ``mime_type`` is sniffed from the content; ``size`` in bytes; ``title`` says what it proves;
    ``photo`` holds when and where a picture says it was taken (EXIF), read when it came in.
    """

    class Kind(models.TextChoices):
        """行政处罚法 art. 46."""

        DOCUMENT = "document", _("Documentary evidence")
        OBJECT = "object", _("Physical evidence")
        AUDIOVISUAL = "audiovisual", _("Audio-visual material")
        ELECTRONIC = "electronic", _("Electronic data")
        TESTIMONY = "testimony", _("Witness testimony")
        STATEMENT = "statement", _("Statement of the party")
        APPRAISAL = "appraisal", _("Appraisal")
        INSPECTION = "inspection", _("Record of inspection")
        PROCEDURE = "procedure", _("Document of the procedure")

    lead = models.ForeignKey(
        "workflow.Lead", on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    case = models.ForeignKey(
        "workflow.Case", on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    kind = models.CharField(_("kind of evidence"), max_length=16, choices=Kind.choices)
    title = models.CharField(_("what it is"), max_length=200)
    file = models.FileField(_("file"), storage=private_storage, max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=255)
    mime_type = models.CharField(_("type"), max_length=100)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    collected_at = models.DateTimeField(_("collected at"))
    collectors = models.JSONField(_("collected by"), default=list)
    photo = models.JSONField(_("what the picture says of itself"), default=dict, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # Of a case that was split: a row of its own, the same stored file (nothing is ever deleted).
    copy_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="copies"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_of_one_record",
                condition=Q(lead=None, case__isnull=False) | Q(lead__isnull=False, case=None),
            ),
            models.CheckConstraint(name="evidence_size_known", condition=Q(size__gte=0)),
        ]
        indexes = [models.Index(fields=["sha256"], name="evidence_sha256")]

    def __str__(self) -> str:
        return self.title
