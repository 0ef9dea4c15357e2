"""Reads for the administrators' screens; the views' policies say who may see them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accounts.models import Posting, Unit, User


def with_live_postings(people: QuerySet[User]) -> QuerySet[User]:
    """The people, each with ``live_postings``: what they are today, units loaded. Two queries."""
    live = Posting.objects.live().select_related("unit")
    return people.prefetch_related(Prefetch("postings", live, to_attr="live_postings"))


def nobody() -> QuerySet[User]:
    """No people, where a list of them is asked for."""
    return User.objects.none()


def unit_names() -> dict[str, str]:
    """The name of every unit by its code, ended ones too."""
    return dict(Unit.objects.values_list("code", "name"))


def all_units() -> QuerySet[Unit]:
    """Every unit, ended ones too, in the order of the tree."""
    return Unit.objects.all()
