"""Parties that may be meant: found by code, number, name, place or phone, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from workflow.identity import address_key, alike_name, normalize_name, phone_key
from workflow.models import Lead, Party, PartyAlias
from workflow.models.party import PartyQuerySet
from workflow.selectors.scope import reachable

MOST = 8
Match = Lead.PartyMatch
#: A match of these is the same party; every other one is a suggestion.
STRONG = frozenset({Match.CODE, Match.ID_NUMBER})


@dataclass(frozen=True, slots=True)
class Recognised:
    """A party of a record the person may open, and by what it was recognised."""

    party: Party
    match: Lead.PartyMatch

    @property
    def why(self) -> str:
        return str(self.match.label)

    @property
    def is_strong(self) -> bool:
        return self.match in STRONG


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody, as keys."""

    uscc: str
    id_number: str
    name: str
    alike: str
    place: str
    phone: str

    @classmethod
    def of(
        cls, *, name: str = "", uscc: str = "", id_number: str = "", phone: str = "",
        address: str = "",
    ) -> Traits:  # fmt: skip
        return cls(
            uscc.strip().upper(), id_number.strip().upper(), normalize_name(name),
            alike_name(name), address_key(address), phone_key(phone),
        )  # fmt: skip

    def match(self, party: Party) -> Lead.PartyMatch:
        """By what the party fits, the strongest reason first."""
        same_name = bool(self.name) and party.normalized_name == self.name
        reasons = (
            (Match.CODE, bool(self.uscc) and party.uscc == self.uscc),
            (Match.ID_NUMBER, bool(self.id_number) and party.id_number == self.id_number),
            (Match.NAME_PLACE,
             same_name and bool(self.place) and party.address_key == self.place),
            (Match.PHONE, bool(self.phone) and party.phone_key == self.phone),
            (Match.NAME, same_name),
            (Match.ALIKE, bool(self.alike) and party.alike_name == self.alike),
        )  # fmt: skip
        found = next((reason for reason, holds in reasons if holds), None)
        if found is None and self.place and party.address_key == self.place:
            return Match.ADDRESS
        return found or Match.ALIAS


def recognised(user: User, traits: Traits) -> list[Recognised]:
    """Parties within the person's scope that fit, the surest first, at most ``MOST``.

    What lies outside the scope is not hinted at. A party whose own code or ID number differs from
    the one given is another party and left out.
    """
    asked = _alike(traits)
    if not asked:
        return []
    parties: PartyQuerySet = reachable(Party, user)  # type: ignore[assignment]  # its own queryset
    rows = parties.standing().filter(asked).order_by("pk")[: MOST * 4]
    found = [Recognised(party, traits.match(party)) for party in rows if _may_be(party, traits)]
    order = list(Match)
    return sorted(found, key=lambda one: order.index(one.match))[:MOST]


def about_lead(lead: Lead, user: User) -> list[Recognised]:
    """Parties the open lead may be about; the one it is about already comes first."""
    traits = Traits.of(
        name=lead.subject_name, uscc=lead.subject_uscc, phone=lead.subject_phone,
        address=lead.address,
    )  # fmt: skip
    found = recognised(user, traits)
    if lead.party is None:
        return found
    match = Match(lead.party_match or Match.CHOSEN)
    others = [one for one in found if one.party.pk != lead.party_id]
    return [Recognised(lead.party, match), *others]


def _alike(traits: Traits) -> Q:
    asked = Q()
    for column, value in (
        ("uscc", traits.uscc), ("id_number", traits.id_number), ("phone_key", traits.phone),
        ("address_key", traits.place), ("normalized_name", traits.name),
        ("alike_name", traits.alike),
    ):  # fmt: skip
        if value:
            asked |= Q(**{column: value})
    if traits.name:
        names = PartyAlias.objects.filter(
            Q(normalized_name=traits.name) | Q(alike_name=traits.alike)
        )
        asked |= Q(pk__in=names.values("party"))
    return asked


def _may_be(party: Party, traits: Traits) -> bool:
    codes = (party.uscc, traits.uscc), (party.id_number, traits.id_number)
    return all(not own or not given or own == given for own, given in codes)
