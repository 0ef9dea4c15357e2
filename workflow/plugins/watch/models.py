"""Who keeps an eye on which case (关注). A mark for oneself: it opens nothing and is no act."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import now


class Watch(models.Model):
    """One person watches one case since a moment."""

    case = models.ForeignKey("workflow.Case", on_delete=models.CASCADE, related_name="watches")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches"
    )
    since = models.DateTimeField(_("watched since"), default=now, editable=False)

    class Meta:
        verbose_name = _("watched case")
        verbose_name_plural = _("watched cases")
        constraints = [
            models.UniqueConstraint(fields=["user", "case"], name="watched_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.case_id}"
