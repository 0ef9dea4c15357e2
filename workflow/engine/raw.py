"""Data of an act as a browser would send it, whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.datastructures import MultiValueDict


def raw_data(data: Mapping[str, Any] | None) -> MultiValueDict[str, Any]:
    """Form data as a browser would send it, from typed or Python values."""
    if isinstance(data, MultiValueDict):
        return data
    raw: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in (data or {}).items():
        many = isinstance(value, list | tuple | set | models.QuerySet)
        raw.setlist(name, [_raw(item) for item in (value if many else [value])])
    return raw


def _raw(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, bool):
        return "on" if value else ""
    return value
