"""What the registry says of a party, mended for one of its files; the others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.locking import lock
from workflow.engine.refusals import TransitionRefused
from workflow.models import Case, CaseParty, Lead, Party, PartyAlias
from workflow.plugin import Refusal
from workflow.services.parties import EDITABLE, editing, note_alias, require_part
from workflow.states import ENDED_CASE, OPEN_LEAD

#: Of a business these are public (企业信息公示暂行条例), so the journal says from what to what.
_PUBLIC = ("kind", "name", "uscc", "legal_representative", "address")


def stamp(party: Party) -> str:
    """What a page saw of the party: another text as soon as any of it changed; tells nothing."""
    said = json.dumps([getattr(party, name) for name in EDITABLE], cls=DjangoJSONEncoder)
    return salted_hmac("workflow.party", said, algorithm="sha256").hexdigest()


def edit_party(
    party: Party,
    record: Any,
    *,
    actor: User,
    fields: Mapping[str, Any],
    reason: str,
    seen: str = "",
    keep_former: bool = True,
) -> Party:
    """What ``fields`` say is known from now on, for every file; what was issued stays as it was.

    The journal of ``record`` keeps who, why and which fields; of a business also from what to
    what, of a person's details never the contents. Other files under way get a line that names
    the fields alone: it must not tell them of this file. ``seen``: ``stamp`` as the page had it.
    ``keep_former``: the old name goes on as a former one. Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        party = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
        locked = begin(record, actor=actor, permission=editing(record))
        require_part(party, locked)
        if seen and seen != stamp(party):
            message = _("Somebody changed this party since you opened the page. Look again.")
            raise TransitionRefused([Refusal("stale", message)])
        changed = [n for n in EDITABLE if n in fields and getattr(party, n) != fields[n]]
        if wrong := list(_refusals(party, {n: fields[n] for n in changed}, actor)):
            raise TransitionRefused(wrong)
        data = _told(party, changed, fields)
        former = party.name if "name" in changed and keep_former else ""
        for name in changed:
            setattr(party, name, fields[name])
        party.save(update_fields=changed)
        if former:
            note_alias(party, former, kind=PartyAlias.Kind.FORMER, by=actor)
        record_act(locked, "party.edited", actor=actor, data=data, reason=reason)
        _tell_others(party, locked, {"subject": party.pk, "fields": changed})
        return party


def _refusals(party: Party, changed: Mapping[str, Any], actor: User) -> Iterator[Refusal]:
    """Only parties the person may see are compared: a refusal tells of no hidden file."""
    if party.merged_into_id:
        yield Refusal("merged_already", _("The party was merged into another one meanwhile."))
    if not changed:
        yield Refusal("nothing_changed", _("Nothing is different from what is known already."))
    others = Party.objects.reachable_by(actor).standing().exclude(pk=party.pk)
    for name, message in (
        ("uscc", _("Another party has this code: have the two merged instead.")),
        ("id_number", _("Another party has this ID number: have the two merged instead.")),
    ):
        if changed.get(name) and others.filter(**{name: changed[name]}).exists():
            yield Refusal(f"{name}_taken", message, field=name)


def _told(party: Party, changed: list[str], fields: Mapping[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"subject": party.pk, "fields": changed}
    person = Party.Kind.PERSON in (party.kind, fields.get("kind"))
    public = [name for name in changed if name in (("kind",) if person else _PUBLIC)]
    if public:
        data["was"] = {name: getattr(party, name) for name in public}
        data["now"] = {name: fields[name] for name in public}
    return data


def _tell_others(party: Party, record: Any, data: Mapping[str, Any]) -> None:
    """A line of the system in every other file under way; without name and reason."""
    rows = CaseParty.objects.standing().filter(party=party).values("case")
    cases = Case.objects.filter(pk__in=rows).exclude(state__in=ENDED_CASE)
    leads = Lead.objects.filter(party=party, state__in=OPEN_LEAD)
    for other in (*cases.order_by("pk"), *leads.order_by("pk")):
        if (other.machine, other.pk) != (record.machine, record.pk):
            record_act(lock(other), "party.edited", actor=None, data=data)
