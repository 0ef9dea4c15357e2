"""Images and files of an exposure: private until the release makes clean copies of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from publicity.exposures.models.exposure import Exposure


def private_storage() -> FileSystemStorage:
    """Where they wait: never below a directory a web server serves."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT / "exposures", base_url=None)


def stored_name(instance: ExposureAsset, filename: str) -> str:
    """A name that tells nothing of the file's own."""
    return f"{uuid.uuid4().hex}.{instance.extension}"


class ExposureAsset(models.Model):
    """A picture or document that goes out with the text. ``size`` in bytes, ``mime_type`` sniffed.

    ``public_name`` is the random name of the copy below the public media while it is out.
    """

    TYPES = {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/webp": "webp",
        "application/pdf": "pdf",
    }

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="assets")
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=stored_name, max_length=200
    )
    original_name = models.CharField(_("name of the file"), max_length=255)
    mime_type = models.CharField(_("type"), max_length=100)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    caption = models.CharField(_("caption"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    public_name = models.CharField(max_length=100, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("file of an exposure")
        verbose_name_plural = _("files of an exposure")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="exposure_asset_of_a_known_type",
                condition=Q(
                    mime_type__in=["image/jpeg", "image/png", "image/webp", "application/pdf"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def extension(self) -> str:
        return self.TYPES.get(self.mime_type, "bin")

    @property
    def is_image(self) -> bool:
        return self.mime_type.startswith("image/")
