"""Ranges of fines as a file of laws has them, and one that is taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from workflow.models import Article, FineRange

_YUAN = {
    "base_from": "base_from_fen",
    "base_below": "base_below_fen",
    "min": "min_fen",
    "max": "max_fen",
}
_TIMES = ("min_times", "max_times")
_TEXTS = ("base", "who", "condition")


def read_range(said: Any) -> dict[str, Any]:
    """The columns of a range from an entry like ``{"base": "goods", "min_times": 10}``.

    Amounts are in yuan. ``verified`` is false unless the entry says true. Raises
    ``ValidationError`` for an entry that is no range.
    """
    known = {*_YUAN, *_TIMES, *_TEXTS, "verified"}
    if not isinstance(said, Mapping) or set(said) - known:
        raise ValidationError(_("A range is written otherwise: see the file that is shipped."))
    columns: dict[str, Any] = {name: str(said.get(name) or "").strip() for name in _TEXTS}
    columns |= {column: _amount(said.get(name), 100) for name, column in _YUAN.items()}
    columns |= {name: _amount(said.get(name)) for name in _TIMES}
    columns["is_verified"] = said.get("verified") is True
    found = FineRange(**columns)
    try:
        found.clean_fields(exclude=["article"])
        found.validate_constraints(exclude={"article"})
    except ValidationError as error:
        message = _("A range has ends in yuan or in times of a named base, the lower end first.")
        raise ValidationError(message) from error
    return columns


def _amount(value: Any, factor: int = 1) -> Any:
    if value is None:
        return None
    try:
        amount = Decimal(str(value)) * factor
    except InvalidOperation as error:
        message = _("“%(value)s” is no amount.") % {"value": str(value)[:40]}
        raise ValidationError(message) from error
    return int(amount) if factor > 1 and amount == amount.to_integral_value() else amount


def keep_ranges(wanted: Mapping[Article, tuple[dict[str, Any], ...]]) -> int:
    """Enter the ranges of articles that have none; returns how many. Two queries."""
    ranged = set(
        FineRange.objects.filter(article__in=list(wanted)).values_list("article_id", flat=True)
    )
    new = [
        FineRange(article=article, **columns)
        for article, ranges in wanted.items()
        if article.pk not in ranged
        for columns in ranges
    ]
    FineRange.objects.bulk_create(new)
    return len(new)


def told_of(found: FineRange) -> dict[str, Any]:
    """Everything a range says, for the journal: what is taken out is read there."""
    fields: list[models.Field[Any, Any]] = [f for f in found._meta.fields if f.name != "id"]
    values = {f.name: getattr(found, f.attname) for f in fields}
    return {name: str(v) if isinstance(v, Decimal) else v for name, v in values.items() if v != ""}
