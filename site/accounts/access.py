"""Who may do what, where: the one resolver of acts on units.

An act is allowed in a unit when guardian holds the codename for that person and unit *and* a
posting that stands today gives it there. Rows that a late ``tick`` left behind grant nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import clock
from accounts.acts import acts, roles_giving
from accounts.grants import CACHE, forget, recompute_grants
from accounts.models import Posting, Unit, UnitPermission, User
from accounts.models.unit import valid_on
from accounts.prepared import Prepared
from accounts.roles import ROLES, SUBTREE, Role

__all__ = [
    "forget",
    "has_act",
    "live_roles",
    "may",
    "postings_of",
    "recompute_grants",
    "roles_on",
    "unit_ids",
    "users_with",
]


@dataclass(frozen=True)
class _Grants:
    """What two queries say about one person on one day."""

    day: date
    postings: tuple[Posting, ...]
    units: dict[str, frozenset[int]]


def unit_ids(user: User | AnonymousUser, codename: str) -> frozenset[int]:
    """Ids of the units where the person may do the act today; empty for anybody else.

    Two queries for all codenames together, kept on the user instance (one request). The engine
    calls ``forget(actor)`` inside its lock, so that a posting ended a moment ago counts.
    """
    return _grants(user).units.get(codename, frozenset())


def has_act(user: User | AnonymousUser, codename: str, unit_id: int) -> bool:
    """Whether the person may do the act in the unit today."""
    return unit_id in unit_ids(user, codename)


def may(user: User | AnonymousUser, codename: str) -> bool:
    """Whether the person may do the act anywhere today."""
    return bool(unit_ids(user, codename))


def postings_of(user: User | AnonymousUser) -> tuple[Posting, ...]:
    """The person's postings that stand today, with their units loaded."""
    return _grants(user).postings


def live_roles(user: User | AnonymousUser) -> frozenset[str]:
    """Codes of all roles the person holds today, wherever."""
    return frozenset(posting.role for posting in postings_of(user))


def roles_on(user: User | AnonymousUser, unit: Unit) -> list[Role]:
    """The roles the person holds today that reach the unit, in the registry's order."""
    if not unit.is_valid_on():
        return []
    held = {posting.role for posting in postings_of(user) if _reaches(posting, unit.pk, unit.path)}
    return [role for code, role in ROLES.items() if code in held]


def users_with(codename: str, unit: Unit) -> QuerySet[User]:
    """Active people who may do the act in the unit today, by name; one query when evaluated."""
    day = clock.today()
    if not unit.is_valid_on(day):
        return User.objects.none()
    giving = roles_giving(codename)
    above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    reach = Q(unit=unit) | Q(role__in=giving & set(SUBTREE), unit__path__in=above)
    posted = Posting.objects.live().filter(reach, user=OuterRef("pk"), role__in=giving)
    granted = UnitPermission.objects.filter(
        user=OuterRef("pk"),
        permission__codename=codename,
        permission__content_type__app_label="accounts",
        content_object=unit,
    )
    return User.objects.filter(Exists(posted), Exists(granted), is_active=True).order_by("name")


def _grants(user: User | AnonymousUser) -> _Grants:
    day = clock.today()
    # By attribute: a request's user is a lazy wrapper, and both must share one answer.
    cached: _Grants | None = getattr(user, CACHE, None)
    if cached is None or cached.day != day:
        cached = _load(user, day)
        setattr(user, CACHE, cached)
    return cached


_POSTINGS = Prepared(
    lambda user, day, moment: Posting.objects.live_on(day, moment)
    .filter(user=user, user__is_active=True)
    .select_related("unit")
    .order_by("pk"),
    int, date, datetime,
)  # fmt: skip
_PERMISSIONS = Prepared(
    lambda user, day: UnitPermission.objects.filter(
        valid_on(day, "content_object__"),
        user=user,
        permission__content_type__app_label="accounts",
    ).values_list("permission__codename", "content_object_id", "content_object__path"),
    int, date,
)  # fmt: skip


def _load(user: User | AnonymousUser, day: date) -> _Grants:
    if not isinstance(user, User) or not user.is_active or user.pk is None:
        return _Grants(day, (), {})
    postings = tuple(_POSTINGS.rows(user.pk, day, clock.now()))
    if not postings:
        return _Grants(day, (), {})
    return _Grants(day, postings, _confirmed(_PERMISSIONS.rows(user.pk, day), postings))


def _confirmed(
    rows: Iterable[tuple[str, int, str]], postings: tuple[Posting, ...]
) -> dict[str, frozenset[int]]:
    """The guardian rows that a posting of today still gives."""
    catalogue = acts()
    roles_at: dict[int, frozenset[str]] = {}
    found: defaultdict[str, set[int]] = defaultdict(set)
    for codename, unit_id, path in rows:
        if unit_id not in roles_at:
            roles_at[unit_id] = frozenset(p.role for p in postings if _reaches(p, unit_id, path))
        if (act := catalogue.get(codename)) and not act.roles.isdisjoint(roles_at[unit_id]):
            found[codename].add(unit_id)
    return {codename: frozenset(ids) for codename, ids in found.items()}


def _reaches(posting: Posting, unit_id: int, path: str) -> bool:
    if posting.get_role().reach == "subtree":
        return path.startswith(posting.unit.path)
    return posting.unit_id == unit_id
