"""The tables of the two indexes, and the list of what changed since they were written."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from search.fields import TokensField


class IndexEntry(models.Model):
    """What one record is found by. Full-text tables and indexes beside it: `search.install`."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=50)
    title = TokensField(blank=True, default="")
    body = TokensField(blank=True, default="")
    autocomplete = TokensField(blank=True, default="")
    indexed_at = models.DateTimeField(default=now)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="%(class)s_once_per_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class PublicIndexEntry(IndexEntry):
    """A released page. Nothing else is ever written here."""

    class Meta(IndexEntry.Meta):
        verbose_name = _("public index entry")
        verbose_name_plural = _("public index entries")


class CaseworkIndexEntry(IndexEntry):
    """A lead, a case: internal text, reached through scoped querysets only."""

    class Meta(IndexEntry.Meta):
        verbose_name = _("casework index entry")
        verbose_name_plural = _("casework index entries")


class Change(models.Model):
    """A record that was written and is not yet indexed. Added in the transaction that wrote it.

    Not unique per record on purpose: adding a row never waits for another transaction.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=50)
    changed_at = models.DateTimeField(default=now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change to index")
        verbose_name_plural = _("changes to index")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id}"


class Sweep(models.Model):
    """A day on which the indexes were held against the records, and how much was mended."""

    day = models.DateField(unique=True)
    mended = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("sweep of the index")
        verbose_name_plural = _("sweeps of the index")

    def __str__(self) -> str:
        return str(self.day)
