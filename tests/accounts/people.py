"""Units and people for the tests of this folder, made through the public services."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from accounts import clock
from accounts.models import Posting, Unit, User
from accounts.services import appoint, create_account

PASSWORD = "Zaocun-8-hao"


def make_unit(code: str, *, parent: Unit | None, **fields) -> Unit:
    defaults = {"name": code, "kind": "section", "valid_from": date(2019, 1, 1)}
    unit = Unit(code=code, **{**defaults, **fields})
    if parent is None:
        return Unit.add_root(instance=unit)
    Unit.objects.get(pk=parent.pk).add_child(instance=unit)
    return unit


def make_user(username: str = "zhang", **fields) -> User:
    return create_account(
        by=None,
        **{"username": username, "name": f"Name of {username}", "password": PASSWORD, **fields},
    )


def post(user: User, role: str, unit: Unit, **dates) -> Posting:
    """A posting from today on; who acts as head does so for two months."""
    if role == "acting_head":
        dates = {"until_on": clock.today() + timedelta(days=60), **dates}
    return appoint(by=None, user=user, role=role, unit=unit, reason="test", **dates)


def fresh(record):
    """The same record as another request would load it."""
    return type(record).objects.get(pk=record.pk)


def url(name: str, route: str = "index", *args) -> str:
    """The address of one of the administrators' screens."""
    return reverse(f"accounts_{name}:{route}", args=args)
