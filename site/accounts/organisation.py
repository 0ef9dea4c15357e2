"""The organisation as data: loads units and outside authorities from a file, as often as wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.grants import recompute_grants
from accounts.models import Authority, Unit
from accounts.models.event import EventVerb
from accounts.services.events import record

DONGZHI = Path(__file__).parent / "data" / "dongzhi.json"


@dataclass
class Loaded:
    """How many rows a load made, changed and found as they are."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0


def load_organisation(path: Path = DONGZHI) -> Loaded:
    """Units and authorities are as the file says, matched by code; the rest stays as it is.

    Loading the same file again changes nothing. Nothing is deleted: a unit that ended gets its
    ``valid_until`` in the file. Raises ``ValidationError`` with the place in the file, and then
    changes nothing.
    """
    wanted = _read(path)
    loaded = Loaded()
    with transaction.atomic():
        _load_units(wanted.get("units", ()), parent=None, loaded=loaded)
        for order, row in enumerate(wanted.get("authorities", ()), start=1):
            _load_authority({"order": order * 10, **row}, loaded=loaded)
        if loaded.created or loaded.changed:
            data = {"created": loaded.created, "changed": loaded.changed}
            record(EventVerb.ORGANISATION_LOADED, by=None, about=path.name, data=data)
            recompute_grants()
    return loaded


def find_unit(text: str) -> Unit | None:
    """The unit that goes by this code, name, short name or other name; None if there is none."""
    text = text.strip()
    for unit in Unit.objects.all():
        if text in {unit.code, unit.name, unit.short_name, *unit.aliases}:
            return unit
    return None


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ValidationError(f"{path} is not JSON: {error}.") from error
    if not isinstance(content, dict):
        raise ValidationError(f"{path} must hold an object with units and authorities.")
    return content


def _load_units(rows: Iterable[Mapping[str, Any]], *, parent: Unit | None, loaded: Loaded) -> None:
    for order, row in enumerate(rows, start=1):
        fields = {"order": order * 10, **row}
        below = fields.pop("units", ())
        unit = _load_unit(fields, parent=parent, loaded=loaded)
        _load_units(below, parent=unit, loaded=loaded)


def _load_unit(fields: dict[str, Any], *, parent: Unit | None, loaded: Loaded) -> Unit:
    _parse_dates(fields)
    unit = Unit.objects.select_for_update().filter(code=fields.get("code")).first()
    if unit is None:
        unit = _checked(Unit, fields, exclude=["path", "depth", "numchild"])
        if parent is not None:
            Unit.objects.get(pk=parent.pk).add_child(instance=unit)
        elif Unit.objects.exists():
            raise ValidationError(f"{unit.code}: there is only one bureau at the top.")
        else:
            Unit.add_root(instance=unit)
        loaded.created += 1
        return unit
    above = unit.get_parent()
    if (above.pk if above else None) != (parent.pk if parent else None):
        raise ValidationError(f"{unit.code}: this unit stands elsewhere in the tree.")
    _update(unit, fields, loaded=loaded)
    return unit


def _load_authority(fields: dict[str, Any], *, loaded: Loaded) -> None:
    _parse_dates(fields)
    authority = Authority.objects.select_for_update().filter(code=fields.get("code")).first()
    if authority is None:
        _checked(Authority, fields, exclude=[]).save()
        loaded.created += 1
    else:
        _update(authority, fields, loaded=loaded)


def _update(row: Unit | Authority, fields: Mapping[str, Any], *, loaded: Loaded) -> None:
    changed = [field for field, value in fields.items() if getattr(row, field) != value]
    if not changed:
        loaded.unchanged += 1
        return
    for field in changed:
        setattr(row, field, fields[field])
    _full_clean(row, exclude=["path", "depth", "numchild"])
    row.save(update_fields=changed)
    loaded.changed += 1


def _checked(model: type[Any], fields: Mapping[str, Any], *, exclude: list[str]) -> Any:
    known = {field.name for field in model._meta.concrete_fields} - {"id", *exclude}
    if unknown := fields.keys() - known:
        raise ValidationError(f"{fields.get('code')}: unknown fields {sorted(unknown)}.")
    row = model(**fields)
    _full_clean(row, exclude=exclude)
    return row


def _full_clean(row: Unit | Authority, *, exclude: list[str]) -> None:
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        raise ValidationError(f"{row.code}: {'; '.join(error.messages)}") from error


def _parse_dates(fields: dict[str, Any]) -> None:
    for field in ("valid_from", "valid_until"):
        if isinstance(text := fields.get(field), str):
            try:
                fields[field] = date.fromisoformat(text)
            except ValueError as error:
                raise ValidationError(f"{fields.get('code')}: {text!r} is no date.") from error
