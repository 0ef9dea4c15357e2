"""Parties in leads and cases: named, recognised, known under other names, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.effects.parties import find_or_create_party
from workflow.engine.acts import begin, record_act
from workflow.engine.lines import write_line
from workflow.engine.refusals import TransitionRefused
from workflow.identity import normalize_name
from workflow.models import Case, CaseParty, JournalLine, Lead, Party, PartyAlias
from workflow.plugin import Refusal
from workflow.services.case_file import add_party

#: What is known of a party and may be mended after it was entered.
EDITABLE = (
    "kind", "name", "uscc", "legal_representative", "address", "id_number", "phone", "residence",
    "born_on",
)  # fmt: skip


def add_named_party(
    case: Case,
    *,
    actor: User,
    fields: Mapping[str, Any],
    violation: str = "",
    party: Party | None = None,
) -> CaseParty:
    """``party``, or the one with this code or number, found or made, is in the case.

    What was typed fills gaps of a party that is known; it never replaces what is there.
    """
    details = {name: value for name, value in fields.items() if value not in ("", None)}
    with transaction.atomic():
        found = party or find_or_create_party(unit=case.unit, **details)
        row = add_party(case, actor=actor, party=found, violation=violation)
        _fill_gaps(found, details, Party.objects.standing().known_in(case.unit))
        return row


def _fill_gaps(party: Party, details: Mapping[str, Any], known: QuerySet[Party]) -> None:
    gaps = [name for name in EDITABLE if details.get(name) and not getattr(party, name)]
    if "uscc" in gaps and known.filter(uscc=details["uscc"]).exists():
        gaps.remove("uscc")
    for name in gaps:
        setattr(party, name, details[name])
    if gaps:
        party.save(update_fields=gaps)


def recognise_party(lead: Lead, *, actor: User, party: Party, match: str) -> JournalLine:
    """The open lead is about this party; ``match`` says by what it was recognised."""
    with transaction.atomic():
        locked = begin(
            lead, actor=actor, permission="edit_lead", states=("registered", "verifying")
        )
        locked.party, locked.party_match = party, match
        locked.save(update_fields=["party", "party_match"])
        data = {"subject": party.pk, "match": match}
        return record_act(locked, "party.recognised", actor=actor, data=data)


def add_alias(party: Party, record: Any, *, actor: User, kind: str, name: str) -> PartyAlias:
    """One more name the party is known by; the same one twice is refused."""
    with transaction.atomic():
        locked = begin(record, actor=actor, permission=editing(record))
        require_part(party, locked)
        alias = note_alias(party, name, kind=kind, by=actor)
        if alias is None:
            message = _("The party is known by this name already.")
            raise TransitionRefused([Refusal("alias_twice", message, field="name")])
        data = {"subject": party.pk, "title": name}
        record_act(locked, "party.alias_added", actor=actor, data=data)
        return alias


def note_alias(party: Party, name: str, *, kind: str, by: User | None) -> PartyAlias | None:
    """The new alias; None where the party has this name already."""
    key = normalize_name(name)
    if key == party.normalized_name or party.aliases.filter(normalized_name=key).exists():
        return None
    return PartyAlias.objects.create(party=party, name=name, kind=kind, noted_by=by)


def reveal_party(party: Party, record: Any, *, actor: User, reason: str) -> Party:
    """Personal information of a party of this file, for a reason the file's journal keeps."""
    if not reason.strip():
        message = _("Say why you need it.")
        raise TransitionRefused([Refusal("reason_missing", message, field="reason")])
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="reveal_party")
        require_part(party, locked)
        write_line(
            locked, verb="party.revealed", actor=actor, acted_at=now(), reason=reason,
            data={"subject": party.pk},
        )  # fmt: skip
        return Party.objects.get(pk=party.pk)


def editing(record: Any) -> str:
    """The act that allows writing what a file of this kind says of its parties."""
    return "edit_lead" if record.machine == "lead" else "investigate_case"


def require_part(party: Party, record: Any) -> None:
    """The party takes part in the record, or the act is refused."""
    if record.machine == "lead":
        part = record.party_id == party.pk
    else:
        part = record.parties.filter(party=party).exists()
    if not part:
        message = _("The party does not take part in this file.")
        raise TransitionRefused([Refusal("not_in_file", message, field="file")])
