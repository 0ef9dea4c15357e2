"""The details of a line of the administrators' trail, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AccountEvent, Authority, Posting, Unit, User
from accounts.roles import ROLES

#: What is no column of a model.
LABELS: dict[str, str | Promise] = {
    "address": gettext_lazy("network address"),
    "posting": gettext_lazy("number of the posting"),
    "created": gettext_lazy("created"),
    "changed": gettext_lazy("changed"),
}


def words(event: AccountEvent, units: Mapping[str, str]) -> str:
    """Every detail as label and value; ``units`` are names by code."""
    return "；".join(
        f"{_label(key)}：{_told(key, value, units)}" for key, value in event.data.items()
    )


def _label(key: str) -> str:
    if key in LABELS:
        return str(LABELS[key])
    for model in (User, Posting, Unit, Authority):
        try:
            return str(getattr(model._meta.get_field(key), "verbose_name", key))
        except FieldDoesNotExist:
            continue
    return key


def _told(key: str, value: Any, units: Mapping[str, str]) -> str:
    if isinstance(value, list) and len(value) == 2:
        before, after = (_told(key, one, units) for one in value)
        return f"{before} → {after}"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return "—"
    if key == "role" and value in ROLES:
        return str(ROLES[value].label)
    if key in {"unit", "parent"}:
        return units.get(str(value), str(value))
    day = parse_date(value) if isinstance(value, str) and len(value) == 10 else None
    return date_format(day) if day else str(value)
