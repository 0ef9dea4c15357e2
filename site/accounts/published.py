"""The password of the demonstration: everybody may read it, so it opens nothing but a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import checks
from django.db import DatabaseError
from django.db.models import Count

from accounts.models import User

PASSWORD = "tiequan-yanshi-2021"  # noqa: S105 -- printed on purpose; it opens nothing without DEBUG


def is_closed(password: str) -> bool:
    """Whether this is the published password where no demonstration runs (DEBUG is off)."""
    return password == PASSWORD and not settings.DEBUG


def names_with_it() -> list[str]:
    """User names of a demonstration that still have its password.

    The demonstration hashes it once for all its people: only a hash that several share is tried,
    so that a bureau's own hundred accounts do not cost a hundred hashes.
    """
    users = User.objects.filter(is_active=True).order_by()
    shared = users.values("password").annotate(of=Count("pk")).filter(of__gt=1)
    same = [row["password"] for row in shared if check_password(PASSWORD, row["password"])]
    return list(users.filter(password__in=same).order_by("pk").values_list("username", flat=True))


@checks.register(checks.Tags.database, deploy=True)
def check_published_password(*, databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warning for the accounts of a demonstration in a database that is to be deployed."""
    try:
        names = names_with_it() if databases else []
    except DatabaseError:
        return []  # the tables are not there yet: migrate comes first
    if not names:
        return []
    return [
        checks.Warning(
            f"Accounts of the demonstration have its published password: {', '.join(names)}.",
            hint="Deploy an empty database; nobody signs in with that password while DEBUG is off.",
            id="accounts.W001",
        )
    ]
