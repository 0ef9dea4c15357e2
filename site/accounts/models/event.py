"""What administrators did to accounts, postings and the organisation: append-only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock


class EventVerb(models.TextChoices):
    ACCOUNT_CREATED = "account.created", _("Account created")
    ACCOUNT_CHANGED = "account.changed", _("Account changed")
    ACCOUNT_DEACTIVATED = "account.deactivated", _("Account deactivated")
    ACCOUNT_REACTIVATED = "account.reactivated", _("Account reactivated")
    PASSWORD_SET = "account.password_set", _("Password set")
    POSTING_BEGUN = "posting.begun", _("Posting begun")
    POSTING_ENDED = "posting.ended", _("Posting ended")
    UNIT_CHANGED = "unit.changed", _("Unit changed")
    AUTHORITY_CHANGED = "authority.changed", _("Outside authority changed")
    ORGANISATION_LOADED = "organisation.loaded", _("Organisation loaded from a file")
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in.failed", _("Sign-in failed")
    SIGN_IN_LOCKED = "sign_in.locked", _("Sign-in locked")


class AccountEvent(models.Model):
    """One line: who did what, when, to whom. Rows are only ever added."""

    at = models.DateTimeField(_("moment"), default=clock.now, editable=False)
    verb = models.CharField(_("act done"), max_length=40, choices=EventVerb.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    actor_name = models.CharField(_("actor's name"), max_length=120)
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="account_events",
        verbose_name=_("whom it concerns"),
    )
    subject_name = models.CharField(_("whom it concerns"), max_length=160, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    data: models.JSONField[dict[str, Any]] = models.JSONField(
        _("data"), default=dict, encoder=DjangoJSONEncoder
    )

    class Meta:
        verbose_name = _("account event")
        verbose_name_plural = _("account events")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["verb", "-id"], name="accounts_event_verb")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An account event is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("An account event is never deleted.")
