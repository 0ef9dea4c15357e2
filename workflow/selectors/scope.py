"""Which records of a model a person may open, asked once for views of every kind."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.access import may
from accounts.models import User
from workflow.models import AccessGrant


def reachable(model: type[models.Model], user: User) -> models.QuerySet[Any]:
    """Every row of ``model`` that ``user`` may open. For single records and choosers."""
    rows: models.QuerySet[Any] = model._default_manager.reachable_by(user)  # type: ignore[attr-defined]  # every scoped model's queryset names a user
    return rows


def is_reachable(model: type[models.Model], user: User, pk: int) -> bool:
    return reachable(model, user).filter(pk=pk).exists()


def has_anything_to_read(model: type[Any], user: User, act: str) -> bool:
    """Whether the list of ``model`` can have a row for ``user``: by posting, or by a grant."""
    if may(user, act):
        return True
    named = {f"{model.machine}__isnull": False}
    return AccessGrant.objects.live().filter(user=user, **named).exists()
