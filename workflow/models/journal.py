"""The journal: what happened to a record, who did it and when, kept so that nobody can rewrite it.

Lines are chained per record (``prev_hash``), the end of each chain is kept in its head, and a daily
seal covers all chains together. The database refuses UPDATE and DELETE by trigger
(``workflow.append_only``); the models refuse them earlier and say why.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock
from workflow.append_only import append_only

#: Verb of an act that happened before the system was in use; its data says which act it was.
TAKEN_OVER = "imported"


class AppendOnlyError(TypeError):
    """Code tried to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet):
    """Reads and inserts; the bulk ways around ``save()`` are closed as well."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is append-only: no update.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is append-only: no update.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.label} is append-only: no delete.")


class AppendOnlyModel(models.Model):
    """A row that is written once: ``save()`` of an existing row and ``delete()`` raise."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.label} is append-only: no update.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self._meta.label} is append-only: no delete.")


class JournalLine(AppendOnlyModel):
    """One act on one record. Written by ``workflow.engine.journal.append`` only."""

    record_type = models.CharField(_("record type"), max_length=100)
    record_id = models.BigIntegerField(_("record number"))
    case = models.ForeignKey(
        "workflow.Case",
        verbose_name=_("case"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="journal_lines",
        db_index=False,
    )
    lead = models.ForeignKey(
        "workflow.Lead",
        verbose_name=_("lead"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="journal_lines",
        db_index=False,
    )
    seq = models.PositiveIntegerField(_("line number"))
    verb = models.CharField(_("act"), max_length=100)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="journal_lines",
        db_index=False,
    )
    actor_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    actor_role = models.CharField(_("role at the time"), max_length=300, blank=True)
    acted_at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)
    source = models.CharField(_("state before"), max_length=50, blank=True)
    target = models.CharField(_("state after"), max_length=50, blank=True)
    data = models.JSONField(_("data"), default=dict, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    late_reason = models.TextField(_("reason for late entry"), blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    prev_hash = models.CharField(_("digest of the line before"), max_length=64, blank=True)
    hash = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("journal line")
        verbose_name_plural = _("journal lines")
        ordering = ["id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id", "seq"], name="journal_line_once_per_number"
            ),
            models.UniqueConstraint(
                fields=["record_type", "record_id", "hash"], name="journal_line_once_per_hash"
            ),
            models.CheckConstraint(
                condition=models.Q(seq__gte=1), name="journal_line_seq_from_one"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="journal_of_case"),
            models.Index(fields=["lead", "id"], name="journal_of_lead"),
            models.Index(fields=["actor", "recorded_at"], name="journal_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.record_type}:{self.record_id} #{self.seq} {self.verb}"

    @property
    def is_taken_over(self) -> bool:
        """Whether the act happened before the system was in use."""
        return self.verb == TAKEN_OVER

    @property
    def act(self) -> str:
        """What was done, here or before the system was in use: what the limits follow."""
        return str(self.data.get("act", "")) if self.is_taken_over else self.verb


class JournalHead(models.Model):
    """The last line of one record's chain: locked while appending, tells a tail that was cut off.

    Only ever advances by one line; the database refuses anything else.
    """

    record_type = models.CharField(_("record type"), max_length=100)
    record_id = models.BigIntegerField(_("record number"))
    seq = models.PositiveIntegerField(_("last line number"))
    hash = models.CharField(_("digest of the last line"), max_length=64)

    class Meta:
        verbose_name = _("journal head")
        verbose_name_plural = _("journal heads")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "record_id"], name="journal_head_once_per_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_type}:{self.record_id} #{self.seq}"


class JournalSeal(AppendOnlyModel):
    """One day's seal over all lines committed before it, chained to the seal before it."""

    day = models.DateField(_("day"), unique=True)
    sealed_at = models.DateTimeField(_("sealed at"))
    last_id = models.BigIntegerField(_("last line"))
    count = models.PositiveIntegerField(_("lines"))
    content = models.CharField(_("digest of the lines"), max_length=64)
    prev_digest = models.CharField(_("digest of the seal before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("journal seal")
        verbose_name_plural = _("journal seals")
        ordering = ["day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day.isoformat()} lines={self.count} last={self.last_id} sha256:{self.digest}"


append_only(JournalLine)
append_only(JournalSeal)
append_only(JournalHead, advances="seq")
