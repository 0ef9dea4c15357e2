"""Derives guardian's rows and Wagtail's groups from the postings that stand now."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.acts import acts
from accounts.models import Posting, Unit, UnitPermission, User
from accounts.roles import MANAGED_GROUPS, group_names

# What ``accounts.access`` keeps on a user instance for one request.
CACHE = "_tiequan_grants"
Row = tuple[int, int, int]  # user id, permission id, unit id


def forget(user: User | AnonymousUser) -> None:
    """Drop what was resolved for this instance: the next question asks the database."""
    if hasattr(user, CACHE):
        delattr(user, CACHE)


def recompute_grants(user: User | None = None) -> None:
    """Make guardian's rows and the groups say exactly what the live postings say.

    For one person, or for everybody (``tick``, ``migrate``). Repeating it changes nothing. A right
    given by two postings is one row, and stays until the last of them ends.
    """
    with transaction.atomic():
        people = User.objects.all() if user is None else User.objects.filter(pk=user.pk)
        # The lock keeps two recomputations of one person from inserting the same row twice.
        ids = list(people.select_for_update().order_by("pk").values_list("pk", flat=True))
        live = list(
            Posting.objects.live()
            .filter(user__in=people, user__is_active=True)
            .select_related("unit")
        )
        _write_rows(people, live)
        _write_groups(ids, live)
    if user is not None:
        forget(user)


def sync_permissions() -> None:
    """One permission row per act of the catalogue on Unit; rows of unbound acts go."""
    content_type = ContentType.objects.get_for_model(Unit)
    known = {row.codename: row for row in Permission.objects.filter(content_type=content_type)}
    for codename, act in acts().items():
        name = codename.replace("_", " ").capitalize()
        row = known.pop(act.codename, None)
        if row is None:
            Permission.objects.create(content_type=content_type, codename=codename, name=name)
    Permission.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def sync_groups() -> None:
    """The groups exist and let their members into Wagtail's admin, and give nothing else here."""
    access = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in MANAGED_GROUPS:
        group, _created = Group.objects.get_or_create(name=name)
        if name == "staff":
            group.permissions.set(access)


def _write_rows(people: Iterable[User], live: Iterable[Posting]) -> None:
    wanted = set(_wanted_rows(live))
    held = {
        (row[1], row[2], row[3]): row[0]
        for row in UnitPermission.objects.filter(user__in=people).values_list(
            "pk", "user_id", "permission_id", "content_object_id"
        )
    }
    stale = [pk for row, pk in held.items() if row not in wanted]
    for start in range(0, len(stale), 500):
        UnitPermission.objects.filter(pk__in=stale[start : start + 500]).delete()
    UnitPermission.objects.bulk_create(
        [
            UnitPermission(user_id=user_id, permission_id=permission_id, content_object_id=unit_id)
            for user_id, permission_id, unit_id in sorted(wanted - held.keys())
        ],
        batch_size=500,
    )


def _wanted_rows(live: Iterable[Posting]) -> Iterable[Row]:
    content_type = ContentType.objects.get_for_model(Unit)
    permission_ids = dict(
        Permission.objects.filter(content_type=content_type).values_list("codename", "pk")
    )
    by_role: dict[str, list[int]] = {}
    for codename, act in acts().items():
        for role in act.roles:
            if codename in permission_ids:
                by_role.setdefault(role, []).append(permission_ids[codename])
    units = list(Unit.objects.valid().values_list("pk", "path"))
    for posting in live:
        if posting.get_role().reach == "subtree":
            reached = [pk for pk, path in units if path.startswith(posting.unit.path)]
        else:
            reached = [posting.unit_id]
        for permission_id in by_role.get(posting.role, ()):
            for unit_id in reached:
                yield posting.user_id, permission_id, unit_id


def _write_groups(user_ids: list[int], live: Iterable[Posting]) -> None:
    roles: dict[int, set[str]] = {}
    for posting in live:
        roles.setdefault(posting.user_id, set()).add(posting.role)
    groups = {name: Group.objects.get_or_create(name=name)[0].pk for name in MANAGED_GROUPS}
    wanted = {
        (user_id, groups[name]) for user_id, codes in roles.items() for name in group_names(codes)
    }
    membership = User.groups.through
    held = {
        (row.user_id, row.group_id): row.pk
        for row in membership.objects.filter(user_id__in=user_ids)
    }
    stale = [pk for pair, pk in held.items() if pair not in wanted]
    membership.objects.filter(pk__in=stale).delete()
    membership.objects.bulk_create(
        [membership(user_id=u, group_id=g) for u, g in sorted(wanted - held.keys())]
    )
