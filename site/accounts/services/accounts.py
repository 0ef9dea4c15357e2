"""Accounts: the system administrator makes, changes and closes them, never their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access, acts
from accounts.grants import recompute_grants
from accounts.models import Posting, User
from accounts.models.event import EventVerb
from accounts.roles import ADMINISTRATIVE
from accounts.services.events import record, require

# What an account form may set; everything else has a service of its own.
FIELDS = (
    "username",
    "name",
    "email",
    "qualification_no",
    "qualified_until",
    "has_legal_qualification",
)


def create_account(
    *, by: User | None, username: str, name: str, password: str, encoded: str = "", **fields: Any
) -> User:
    """An active account that can sign in as soon as somebody posts it.

    A password chosen by an administrator must be changed at the first sign-in. ``encoded`` is the
    hash of that very password where it is known: to make one takes a good part of a second. Raises
    ``PermissionDenied``, or ``ValidationError`` keyed by field.
    """
    require(by, acts.MANAGE_ACCOUNTS.codename)
    user = User(username=username, name=name, must_change_password=by is not None)
    _assign(user, fields)
    _check_password(password, user)
    user.password = encoded or make_password(password)
    with transaction.atomic():
        user.full_clean(exclude=["password"])
        user.save()
        record(EventVerb.ACCOUNT_CREATED, by=by, subject=user, data=_values(user))
    return user


def change_account(user: User, *, by: User | None, **fields: Any) -> User:
    """The account with the given fields changed; the trail says what each one was.

    Raises ``PermissionDenied`` (also for one's own account) or ``ValidationError`` by field.
    """
    require(by, acts.MANAGE_ACCOUNTS.codename)
    with transaction.atomic():
        locked = _locked_other(user, by)
        before = _values(locked)
        _assign(locked, fields)
        locked.full_clean(exclude=["password"])
        after = _values(locked)
        changed = {key: [before[key], after[key]] for key in FIELDS if before[key] != after[key]}
        if changed:
            locked.save(update_fields=list(changed))
            record(EventVerb.ACCOUNT_CHANGED, by=by, subject=locked, data=changed)
    return locked


def deactivate_account(user: User, *, by: User | None, reason: str) -> User:
    """The account can no longer sign in, and its postings grant nothing while it is closed."""
    return _set_active(user, by=by, reason=reason, active=False)


def reactivate_account(user: User, *, by: User | None, reason: str) -> User:
    """The account may sign in again; postings that still stand grant again."""
    return _set_active(user, by=by, reason=reason, active=True)


def set_password(user: User, *, by: User | None, password: str) -> User:
    """A new password, to be changed at the next sign-in; open sessions end.

    An administrator's password is set at the console only (``create_admin --reset-password``):
    otherwise the system administrator could become the security administrator.
    """
    require(by, acts.MANAGE_ACCOUNTS.codename)
    with transaction.atomic():
        locked = _locked_other(user, by)
        administrator = Posting.objects.open().filter(user=locked, role__in=ADMINISTRATIVE)
        if by is not None and administrator.exists():
            raise PermissionDenied(
                _("The password of an administrator is set at the console, with create_admin.")
            )
        _check_password(password, locked)
        locked.set_password(password)
        locked.must_change_password = by is not None
        locked.save(update_fields=["password", "must_change_password"])
        record(EventVerb.PASSWORD_SET, by=by, subject=locked)
    return locked


def _set_active(user: User, *, by: User | None, reason: str, active: bool) -> User:
    require(by, acts.MANAGE_ACCOUNTS.codename)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    verb = EventVerb.ACCOUNT_REACTIVATED if active else EventVerb.ACCOUNT_DEACTIVATED
    with transaction.atomic():
        locked = _locked_other(user, by)
        if locked.is_active != active:
            locked.is_active = active
            locked.save(update_fields=["is_active"])
            record(verb, by=by, subject=locked, reason=reason.strip())
            recompute_grants(locked)
    access.forget(user)
    return locked


def _locked_other(user: User, by: User | None) -> User:
    if by is not None and by.pk == user.pk:
        raise PermissionDenied(_("Nobody administers their own account."))
    return User.objects.select_for_update().get(pk=user.pk)


def _assign(user: User, fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - set(FIELDS):
        raise TypeError(f"Not fields of an account form: {sorted(unknown)}.")
    for field, value in fields.items():
        setattr(user, field, value)


def _values(user: User) -> dict[str, Any]:
    return {field: getattr(user, field) for field in FIELDS}


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
