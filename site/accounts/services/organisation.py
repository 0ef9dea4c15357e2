"""Units and outside authorities: the system administrator keeps them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import acts
from accounts.grants import recompute_grants
from accounts.models import Authority, Unit, User
from accounts.models.event import EventVerb
from accounts.services.events import record, require

UNIT_FIELDS = (
    "name",
    "short_name",
    "kind",
    "aliases",
    "towns",
    "order",
    "valid_from",
    "valid_until",
)
AUTHORITY_FIELDS = ("code", "name", "kind", "level", "order", "valid_from", "valid_until")


def create_unit(*, by: User | None, parent: Unit | None, code: str, **fields: Any) -> Unit:
    """A unit below ``parent``; without one it is the root, of which there is only one."""
    require(by, acts.MANAGE_SETTINGS.codename)
    unit = Unit(code=code, **fields)
    with transaction.atomic():
        unit.full_clean(exclude=["path", "depth", "numchild"])
        if parent is not None:
            # A parent read before somebody else added a child would give the same path twice.
            Unit.objects.select_for_update().get(pk=parent.pk).add_child(instance=unit)
        elif Unit.objects.exists():
            raise ValidationError({"parent": _("There is only one bureau: choose its parent.")})
        else:
            Unit.add_root(instance=unit)
        record(EventVerb.UNIT_CHANGED, by=by, about=unit.name, data=_values(unit, UNIT_FIELDS))
        recompute_grants()
    return unit


def change_unit(unit: Unit, *, by: User | None, **fields: Any) -> Unit:
    """The unit with the given fields changed; grants follow its dates."""
    require(by, acts.MANAGE_SETTINGS.codename)
    with transaction.atomic():
        locked = Unit.objects.select_for_update().get(pk=unit.pk)
        _check_ending(locked, fields)
        changed = _apply(locked, fields, UNIT_FIELDS)
        if changed:
            locked.full_clean(exclude=["path", "depth", "numchild"])
            locked.save()
            record(EventVerb.UNIT_CHANGED, by=by, about=locked.name, data=changed)
            recompute_grants()
    return locked


def save_authority(authority: Authority, *, by: User | None) -> Authority:
    """The new or changed authority as given."""
    require(by, acts.MANAGE_SETTINGS.codename)
    with transaction.atomic():
        authority.full_clean()
        authority.save()
        data = _values(authority, AUTHORITY_FIELDS)
        record(EventVerb.AUTHORITY_CHANGED, by=by, about=authority.name, data=data)
    return authority


def _check_ending(unit: Unit, fields: dict[str, Any]) -> None:
    last = fields.get("valid_until")
    if last is None or last == unit.valid_until:
        return
    if unit.is_root():
        raise ValidationError({"valid_until": _("The bureau itself does not end.")})
    below = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    if below.filter(valid_until=None).exists() or below.filter(valid_until__gt=last).exists():
        raise ValidationError({"valid_until": _("Units below it would outlive it.")})


def _apply(row: Unit, fields: dict[str, Any], known: tuple[str, ...]) -> dict[str, list[Any]]:
    changed = {}
    for field in known:
        if field in fields and getattr(row, field) != fields[field]:
            changed[field] = [getattr(row, field), fields[field]]
            setattr(row, field, fields[field])
    return changed


def _values(row: Unit | Authority, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}
