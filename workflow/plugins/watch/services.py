"""Marking and unmarking; both may be asked twice."""

from __future__ import annotations

from accounts.models import User
from workflow.api import Case
from workflow.plugins.watch.models import Watch


def watch(case: Case, *, user: User) -> None:
    """From now on ``user`` watches the case; an earlier mark keeps its date."""
    Watch.objects.get_or_create(case=case, user=user)


def unwatch(case: Case, *, user: User) -> None:
    """``user`` watches the case no more."""
    Watch.objects.filter(case=case, user=user).delete()
