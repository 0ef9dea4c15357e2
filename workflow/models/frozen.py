"""What an approval freezes: every column, but those named as bookkeeping; a new one by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import models


@cache
def columns(model: type[models.Model], *, without: frozenset[str]) -> tuple[str, ...]:
    """Columns of the model an approval freezes, by ``attname``; ``without`` by field name."""
    fields = model._meta.concrete_fields
    return tuple(f.attname for f in fields if not f.primary_key and f.name not in without)


def values(row: models.Model, *, without: frozenset[str]) -> dict[str, Any]:
    """The frozen columns of one row."""
    return {name: getattr(row, name) for name in columns(type(row), without=without)}


def keys(rows: Iterable[models.Model]) -> list[int]:
    """The rows as a set, however they were added."""
    return sorted(row.pk for row in rows)
