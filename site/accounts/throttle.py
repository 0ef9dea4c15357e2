"""Slows down guessing: five failed sign-ins of one account from one address close it a while.

A try is counted before the password is looked at, under a row lock, so that many tries at once
are not cheaper than one after the other.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts import clock
from accounts.models import SignInCount

TRIES = 5
PAUSE = timedelta(minutes=15)


def take(username: str, address: str) -> datetime | None:
    """Count a try. Returns None when it may be made, else the moment the pause ends."""
    key, present = _key(username, address), clock.now()
    with transaction.atomic():
        SignInCount.objects.get_or_create(key=key, defaults={"last_at": present})
        row = SignInCount.objects.select_for_update().get(key=key)
        if row.last_at + PAUSE <= present:
            row.tries = 0
        if row.tries >= TRIES:
            return row.last_at + PAUSE
        row.tries, row.last_at = row.tries + 1, present
        row.save(update_fields=["tries", "last_at"])
    return None


def remaining(username: str, address: str) -> int:
    """How many tries are left now."""
    row = SignInCount.objects.filter(key=_key(username, address)).first()
    if row is None or row.last_at + PAUSE <= clock.now():
        return TRIES
    return max(0, TRIES - row.tries)


def clear(username: str, address: str) -> None:
    """Forget the failures: the person has signed in."""
    SignInCount.objects.filter(key=_key(username, address)).delete()


def sweep() -> int:
    """Delete counts whose pause is over; ``tick`` calls it. Returns how many."""
    return SignInCount.objects.filter(last_at__lte=clock.now() - PAUSE).delete()[0]


def client_address(request: HttpRequest | None) -> str:
    """Where the request came from; a proxy's word counts only if settings trust that proxy."""
    if request is None:
        return ""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if address in getattr(settings, "TIEQUAN_TRUSTED_PROXIES", ()):
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        return forwarded[-1].strip() or address
    return address


def _key(username: str, address: str) -> str:
    return hashlib.sha256(f"{username.casefold()}\0{address}".encode(errors="replace")).hexdigest()
