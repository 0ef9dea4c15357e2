"""One party, one row: found by its code or number before a new one is made."""

from __future__ import annotations

from typing import Any

from accounts.models import Unit
from workflow.models import Party


def find_or_create_party(
    *, unit: Unit, kind: str, name: str, uscc: str = "", id_number: str = "", **details: Any
) -> Party:
    """The party with this credit code or ID number, if the unit knows it; else a new one.

    A name, a phone or an address never decides alone: those are proposed, and a person says so.
    """
    known = Party.objects.standing().known_in(unit)
    if uscc and (found := known.filter(uscc=uscc).order_by("pk").first()):
        return found
    if id_number and (found := known.filter(id_number=id_number).order_by("pk").first()):
        return found
    return Party.objects.create(kind=kind, name=name, uscc=uscc, id_number=id_number, **details)
