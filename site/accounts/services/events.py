"""Writing the administrators' trail, and asking who may administer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import AccountEvent, User

CONSOLE = "console"
STRANGER = "not signed in"


def record(
    verb: str,
    *,
    by: User | None,
    subject: User | None = None,
    about: str = "",
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    stranger: bool = False,
) -> AccountEvent:
    """Add one line to the trail; ``about`` names what is not a person.

    Without ``by`` it was the console, or with ``stranger`` somebody who is not signed in.
    """
    nobody = STRANGER if stranger else CONSOLE
    return AccountEvent.objects.create(
        verb=verb,
        actor=by,
        actor_name=f"{by.name} ({by.username})" if by else nobody,
        subject=subject,
        subject_name=(f"{subject.name} ({subject.username})" if subject else about)[:160],
        reason=reason,
        data=dict(data or {}),
    )


def require(by: User | None, codename: str) -> None:
    """The person may do the administrative act at this moment; raises ``PermissionDenied``.

    Asks the database again: a posting that ended a moment ago gives nothing.
    """
    if by is None:
        return
    access.forget(by)
    if not access.may(by, codename):
        raise PermissionDenied(_("Your posting does not allow this."))
