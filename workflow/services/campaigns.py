"""Campaigns come in from files, so another year's list needs no code; and they propose units."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.organisation import find_unit
from workflow.models import Campaign, Category, CategoryUnit, ViolationType

#: How a plan names all stations at once.
ALL_STATIONS = "各市场监管所"


def load_campaign(path: Path) -> Campaign:
    """The campaign of a file with its categories; loaded again, it is brought up to date.

    Everything or nothing: raises ``ValidationError`` with one message per unknown unit or missing
    entry, naming the category.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ValidationError(
            _("%(path)s cannot be read: %(error)s")
            % {
                "path": path.name,
                "error": error,
            }
        ) from error
    errors: list[str] = []
    with transaction.atomic():
        campaign = Campaign.objects.filter(code=data["code"]).first() or Campaign(code=data["code"])
        campaign.name, campaign.year = data["name"], data["year"]
        campaign.starts_on, campaign.ends_on = data["starts_on"], data["ends_on"]
        campaign.documents = data.get("upper_documents", [])
        campaign.calendar = data.get("report_calendar", [])
        if errors := _wrong(campaign):
            raise ValidationError(errors)
        campaign.save()
        for entry in data["categories"]:
            _load_category(campaign, entry, errors)
        if errors:
            raise ValidationError(errors)
    return campaign


def _load_category(campaign: Campaign, entry: Mapping[str, Any], errors: list[str]) -> None:
    lead_unit = find_unit(entry["lead_unit"])
    units = _units(entry, errors)
    if lead_unit is None:
        errors.append(_unknown(entry, entry["lead_unit"]))
        return
    kind = entry["violation_type"]
    violation_type, _created = ViolationType.objects.update_or_create(
        code=kind["code"], defaults={"name": kind["name"]}
    )
    category = Category(
        campaign=campaign, number=entry["number"], code=entry["code"], name=entry["name"],
        short_name=entry.get("short_name", ""), violation_type=violation_type, lead_unit=lead_unit,
        laws=entry.get("usual_laws", []), crime_gate=entry.get("crime_gate", []),
        is_mandatory=entry.get("mandatory", True),
    )  # fmt: skip
    if wrong := _wrong(category):
        where = _("Category %(number)s") % {"number": entry["number"]}
        errors += [f"{where}: {message}" for message in wrong]
        return
    known = campaign.categories.filter(number=category.number)
    category.pk = known.values_list("pk", flat=True).first()
    category.save()
    CategoryUnit.objects.filter(category=category).exclude(unit__in=units).delete()
    for order, unit in enumerate(units, start=1):
        CategoryUnit.objects.update_or_create(
            category=category, unit=unit, defaults={"order": order}
        )


def _wrong(row: Campaign | Category) -> list[str]:
    """What cannot be about the row, each sentence with the name of its entry."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return [
            f"{row._meta.get_field(name).verbose_name}: {message}"  # type: ignore[union-attr]  # own
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    if isinstance(row, Campaign) and row.ends_on < row.starts_on:
        return [_("The campaign ends before it begins.")]
    return []


def _units(entry: Mapping[str, Any], errors: list[str]) -> list[Unit]:
    found: list[Unit] = []
    for name in entry.get("responsible_units", []):
        if name == ALL_STATIONS:
            found.extend(Unit.objects.valid().filter(kind="station").order_by("order", "pk"))
        elif unit := find_unit(name):
            found.append(unit)
        else:
            errors.append(_unknown(entry, name))
    return list(dict.fromkeys(found))


def _unknown(entry: Mapping[str, Any], name: str) -> str:
    message = _("Category %(number)s: no unit is called “%(name)s”; add it or an alias of it.")
    return message % {"number": entry["number"], "name": name}


def propose_unit(category: Category | None, place: str) -> Unit | None:
    """Who should handle a lead: the station of the place where it is responsible, else who leads.

    A place that no station names, or none given, leaves the category's lead unit.
    """
    station = next(
        (
            unit
            for unit in Unit.objects.valid().filter(kind="station")
            if place and any(town in place or place in town for town in unit.towns)
        ),
        None,
    )
    if category is None:
        return station
    if station and category.responsible_units.filter(pk=station.pk).exists():
        return station
    return category.lead_unit
