"""How many sign-ins failed for one account from one address."""

from __future__ import annotations

from django.db import models

from accounts import clock


class SignInCount(models.Model):
    """Unanswered tries. The key is a digest: people type passwords into the name field."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.tries} × {self.key[:8]}"
