"""The people of the demonstration: one for every role, and two stations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts import clock
from accounts.models import Posting, User
from accounts.organisation import find_unit
from accounts.published import PASSWORD
from accounts.services import appoint, create_account


def load_people(rows: list[dict[str, Any]]) -> dict[str, User]:
    """Accounts with their postings, by user name."""
    people = {}
    encoded = make_password(PASSWORD)  # once: they all have the same
    for row in rows:
        user = create_account(
            by=None,
            username=row["username"],
            name=row["name"],
            password=PASSWORD,
            encoded=encoded,
            qualification_no=row.get("qualification_no") or "",
            qualified_until=_day(row.get("qualified_for_days")),
            has_legal_qualification=row["has_legal_qualification"],
        )
        for posting in row["postings"]:
            _post(user, posting)
        people[user.username] = user
    return people


def _day(days: int | None) -> Any:
    return clock.today() + timedelta(days=days) if days else None


def _post(user: User, row: dict[str, Any]) -> None:
    unit = find_unit(row["unit"])
    if unit is None:
        raise LookupError(f"The demo names an unknown unit: {row['unit']}")
    until = row["until_days_ago"]
    appoint(
        by=None,
        user=user,
        role=row["role"],
        unit=unit,
        from_on=clock.today() - timedelta(days=row["from_days_ago"]),
        until_on=clock.today() - timedelta(days=until) if until is not None else None,
        reason=row["reason"] or "演示任职",
    )


def holder(people: dict[str, User], role: str, unit: Any) -> User | None:
    """Who holds a role in exactly this unit."""
    posting = Posting.objects.filter(role=role, unit=unit, until_on=None).first()
    return posting.user if posting else None
