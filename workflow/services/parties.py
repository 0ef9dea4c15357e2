"""Parties named by what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from workflow.effects.parties import find_or_create_party
from workflow.models import Case, CaseParty
from workflow.services.case_file import add_party


def add_named_party(
    case: Case, *, actor: User, fields: Mapping[str, Any], violation: str = ""
) -> CaseParty:
    """The party with this code or name, found or made, is in the case; else nothing is made."""
    details = {name: value for name, value in fields.items() if value not in ("", None)}
    with transaction.atomic():
        party = find_or_create_party(**details)
        return add_party(case, actor=actor, party=party, violation=violation)
