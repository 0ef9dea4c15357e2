"""What is still to be told: announcements of acts and notices to people, kept in the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now


class Announcement(models.Model):
    """A task owed for a journal line. Sent on commit; ``tick`` sends again what was lost."""

    line = models.ForeignKey("workflow.JournalLine", on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "task"], name="announcement_once")]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(done_at=None), name="announcement_owed")
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.line_id}"


class UserNotice(models.Model):
    """A notice to one person inside the site: ``key`` makes sure it is said once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    key = models.CharField(max_length=120)
    text = models.CharField(_("text"), max_length=300)
    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey("workflow.Lead", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="user_notice_once")]
        indexes = [
            models.Index(fields=["user", "read_at", "-created_at"], name="user_notice_unread")
        ]

    def __str__(self) -> str:
        return self.text


class DigestChoice(models.Model):
    """A person who does not want the daily mail about time limits; without a row it is sent."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="digest_choice",
    )
    wanted = models.BooleanField(_("daily mail about time limits"), default=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.wanted}"


class Digest(models.Model):
    """The mail of one day to one person about the limits that are near: written down, then sent.

    ``sent_at`` is empty while it is owed, ``claimed_at`` filled while a tick is sending it. The
    unique pair makes it one a day, whoever ticks.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests"
    )
    day = models.DateField(_("day"))
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_one_a_day")]
        indexes = [models.Index(fields=["day"], condition=Q(sent_at=None), name="digest_owed")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
