"""The request every signed-in view receives."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """A request behind a login check: ``user`` is a person, never anonymous."""

    user: User
