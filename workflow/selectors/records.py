"""Fetch means authorise: a record outside one's scope does not exist."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflow.models import Case, Lead, Measure, Transfer
from workflow.selectors.scope import reachable

R = TypeVar("R", Lead, Case, Transfer)

#: What every page of a record names, read with it.
_WITH = {
    Lead: ("unit", "category", "party", "created_by", "merged_into", "referred_to"),
    Case: ("unit", "category", "violation_type", "lead", "created_by"),
    Transfer: ("unit", "authority", "case", "lead", "created_by"),
    Measure: ("unit", "case", "case_party__party", "created_by"),
}


def get_lead(user: User, pk: int) -> Lead:
    """The lead if ``user`` may open it; else ``Http404``."""
    return _get(Lead, user, pk)


def get_case(user: User, pk: int) -> Case:
    """The case if ``user`` may open it; else ``Http404``."""
    return _get(Case, user, pk)


def get_transfer(user: User, pk: int) -> Transfer:
    """The transfer if ``user`` may open what it belongs to; else ``Http404``."""
    return _get(Transfer, user, pk)


def fetch(model: type[models.Model], user: User, pk: int) -> Any:
    """The lead, case or transfer with what its pages name; ``Http404`` out of scope."""
    rows = reachable(model, user).select_related(*_WITH[model])  # type: ignore[index]  # the three
    return get_object_or_404(rows, pk=pk)


def _get(model: type[R], user: User, pk: int) -> R:
    if not user.is_authenticated:
        raise Http404
    found: R = get_object_or_404(reachable(model, user), pk=pk)
    return found


def reload(record: Any) -> Any:
    """The record as the database has it now."""
    return type(record)._base_manager.get(pk=record.pk)


def some_leads(user: User, pks: list[int]) -> list[Lead]:
    """Those of the leads that ``user`` may open, in the order of their numbers."""
    rows = reachable(Lead, user).filter(pk__in=pks)
    return list(rows.select_related("unit").order_by("pk"))
