"""What the site told one person."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from workflow.models import Case, Lead, UserNotice


def notices_of(user: User) -> QuerySet[UserNotice]:
    """The person's notices, the newest first."""
    return UserNotice.objects.filter(user=user).order_by("-created_at", "-pk")


def with_reachable(notices: list[UserNotice], user: User) -> list[UserNotice]:
    """Each notice told whether its record still opens to the person. Two queries."""
    cases = Case.objects.reachable_by(user).filter(pk__in={n.case_id for n in notices})
    leads = Lead.objects.reachable_by(user).filter(pk__in={n.lead_id for n in notices})
    open_cases = set(cases.values_list("pk", flat=True))
    open_leads = set(leads.values_list("pk", flat=True))
    for notice in notices:
        named = notice.case_id or notice.lead_id
        seen = notice.case_id in open_cases or (not notice.case_id and notice.lead_id in open_leads)
        notice.is_open = seen or not named  # type: ignore[attr-defined]  # for the template
    return notices


def unread_count(user: User) -> int:
    """At most 1000: a bell needs no more."""
    return UserNotice.objects.filter(user=user, read_at=None)[:1000].count()
