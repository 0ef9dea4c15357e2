"""What a person watches, as far as that person may still open it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from accounts.models import User
from workflow.api import Case
from workflow.plugins.watch.models import Watch


def watched_by(user: User) -> QuerySet[Case]:
    """Watched cases in scope, the last changed first."""
    rows: QuerySet[Case] = Case.objects.reachable_by(user).filter(watches__user=user)
    return rows.order_by("-updated_at", "-pk")


def mark_of(case: Case, user: User) -> Watch | None:
    return Watch.objects.filter(case=case, user=user).first()


def watchers(cases: Sequence[Case]) -> dict[int, int]:
    """Case to how many people watch it; one query, cases nobody watches are absent."""
    counted = Watch.objects.filter(case__in=[case.pk for case in cases]).values_list("case")
    return dict(counted.annotate(people=Count("pk")).order_by())
