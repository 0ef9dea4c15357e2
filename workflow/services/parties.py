"""Parties in leads and cases: named, recognised, known under other names, looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
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

#: What of a party may be mended after it was entered; its kind and code make it who it is.
EDITABLE = (
    "name", "uscc", "legal_representative", "address", "id_number", "phone", "residence",
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
        found = party or find_or_create_party(**details)
        row = add_party(case, actor=actor, party=found, violation=violation)
        _fill_gaps(found, details)
        return row


def _fill_gaps(party: Party, details: Mapping[str, Any]) -> None:
    gaps = [name for name in EDITABLE if details.get(name) and not getattr(party, name)]
    if "uscc" in gaps and Party.objects.standing().filter(uscc=details["uscc"]).exists():
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


def edit_party(
    party: Party, record: Any, *, actor: User, fields: Mapping[str, Any], reason: str
) -> Party:
    """Mend what is written of a party; kept in the journal of the file it was mended for.

    Raises ``TransitionRefused`` when the code belongs to another party already.
    """
    with transaction.atomic():
        locked = begin(record, actor=actor, permission=_editing(record))
        party = _taking_part(party, locked)
        changed = [n for n in EDITABLE if n in fields and getattr(party, n) != fields[n]]
        taken = Party.objects.standing().exclude(pk=party.pk)
        if "uscc" in changed and fields["uscc"] and taken.filter(uscc=fields["uscc"]).exists():
            message = _("Another party has this code: have the two merged instead.")
            raise TransitionRefused([Refusal("code_taken", message, field="uscc")])
        former = party.name if "name" in changed else ""
        for name in changed:
            setattr(party, name, fields[name])
        party.save(update_fields=changed)
        if former:
            note_alias(party, former, kind=PartyAlias.Kind.FORMER, by=actor)
        data = {"subject": party.pk, "fields": changed}
        record_act(locked, "party.edited", actor=actor, data=data, reason=reason)
        return party


def add_alias(party: Party, record: Any, *, actor: User, kind: str, name: str) -> PartyAlias:
    """One more name the party is known by; the same one twice is refused."""
    with transaction.atomic():
        locked = begin(record, actor=actor, permission=_editing(record))
        party = _taking_part(party, locked)
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
        party = _taking_part(party, locked)
        write_line(
            locked, verb="party.revealed", actor=actor, acted_at=now(), reason=reason,
            data={"subject": party.pk},
        )  # fmt: skip
        return party


def _editing(record: Any) -> str:
    return "edit_lead" if record.machine == "lead" else "investigate_case"


def _taking_part(party: Party, record: Any) -> Party:
    """The party, locked, if it takes part in the record; else the act is refused."""
    if record.machine == "lead":
        part = record.party_id == party.pk
    else:
        part = record.parties.filter(party=party).exists()
    if not part:
        message = _("The party does not take part in this file.")
        raise TransitionRefused([Refusal("not_in_file", message, field="file")])
    return Party.objects.select_for_update().get(pk=party.pk)
