"""A file that went out with a case: a clean copy under a random name."""

from __future__ import annotations

import uuid

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from publicity.pages.models.exposure import ExposurePage

FOLDER = "released"


def random_name(instance: ReleasedFile, filename: str) -> str:
    """A path nobody can guess; of the given name only the ending stays."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class ReleasedFile(models.Model):
    """One picture or document of a released case. ``size`` in bytes; pixels for pictures."""

    page = models.ForeignKey(
        ExposurePage, on_delete=models.CASCADE, related_name="files", verbose_name=_("page")
    )
    file = models.FileField(_("file"), upload_to=random_name, max_length=100)
    caption = models.CharField(_("caption"), max_length=200)
    mime_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("released file")
        verbose_name_plural = _("released files")

    def __str__(self) -> str:
        return self.caption

    @property
    def is_image(self) -> bool:
        return self.mime_type.startswith("image/")

    def remove(self) -> None:
        """Delete the row now and the file with the transaction."""
        storage, name = self.file.storage, str(self.file.name)
        self.delete()
        transaction.on_commit(lambda: storage.delete(name))
