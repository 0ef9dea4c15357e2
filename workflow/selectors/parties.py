"""The registry as one person may see it: parties of records within scope, and those records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflow.identity import normalize_name
from workflow.models import Case, CaseParty, Lead, Party, PartyAlias, PartyMerge
from workflow.selectors.scope import reachable

#: Records of one party, and pairs of parties, shown at most.
MOST = 50
#: Earlier records shown beside a case or lead at most.
FEW = 10


def parties_known_to(user: User, *, query: str = "", kind: str = "") -> QuerySet[Party]:
    """Parties of records the person may open, by name; a whole code or ID number finds its own."""
    rows = Party.objects.known_to(user).standing()
    if kind:
        rows = rows.filter(kind=kind)
    if name := normalize_name(query):
        aliases = PartyAlias.objects.filter(normalized_name__contains=name).values("party")
        code = query.strip().upper()
        rows = rows.filter(
            Q(normalized_name__contains=name) | Q(pk__in=aliases) | Q(uscc=code) | Q(id_number=code)
        )
    return rows.order_by("normalized_name", "pk")


def get_registered(user: User, pk: int) -> Party:
    """A party of a record the person may open; else ``Http404``."""
    return get_object_or_404(reachable(Party, user).filter(merged_into=None), pk=pk)


def files_of(party: Party, user: User) -> list[Any]:
    """Cases and leads of the party that the person may open, the newest first."""
    rows = CaseParty.objects.filter(party=party).values("case")
    cases = reachable(Case, user).filter(pk__in=rows).order_by("-filed_at", "-pk")[:MOST]
    leads = reachable(Lead, user).filter(party=party).order_by("-received_at", "-pk")[:MOST]
    return [*cases, *leads]


def get_file(party: Party, user: User, named: str) -> Any:
    """The record a form names as ``case-3``, if it is one of the party's within scope."""
    for record in files_of(party, user):
        if f"{record.machine}-{record.pk}" == named:
            return record
    raise Http404


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier record of a party of this one."""

    party: str
    record: Any


def before(record: Any, user: User) -> list[Before]:
    """Other leads and cases of its parties that the person may open; nothing tells of others.

    The case's own lead and the lead's own cases are the same matter and left out. Two queries.
    """
    own_lead = record.lead_id if record.machine == "case" else record.pk
    same = _same_parties(record)
    if same is None:
        return []
    rows = CaseParty.objects.filter(party__in=same, case__in=reachable(Case, user))
    if record.machine == "case":
        rows = rows.exclude(case=record)
    else:
        rows = rows.exclude(case__in=Case.objects.filter(lead=record))
    cases = rows.select_related("case", "party").order_by("-case__filed_at", "-pk")[:FEW]
    leads = reachable(Lead, user).filter(party__in=same).exclude(pk=own_lead)
    leads = leads.select_related("party").order_by("-received_at", "-pk")[:FEW]
    return [
        *(Before(row.party.name, row.case) for row in cases),
        *(Before(lead.party.name, lead) for lead in leads),
    ]


def _same_parties(record: Any) -> QuerySet[Party] | None:
    """Its parties, and those with the code or number of one of them; None without a party."""
    if record.machine == "case":
        parties = [row.party for row in record.parties.all()]
    else:
        parties = [record.party] if record.party else []
    if not parties:
        return None
    rows = [(party.pk, party.uscc, party.id_number) for party in parties]
    pks, codes, numbers = ([part for part in parts if part] for parts in zip(*rows, strict=True))
    same = Q(pk__in=pks) | Q(uscc__in=codes) | Q(id_number__in=numbers)
    return Party.objects.filter(same).order_by().values("pk")  # type: ignore[return-value]  # keys


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties that may be one, and what they share."""

    kept: Party
    other: Party
    why: str


def duplicates(user: User) -> list[Pair]:
    """Parties known twice, among those of records the person may open; at most ``MOST`` pairs."""
    known = Party.objects.known_to(user).standing()
    found: dict[tuple[int, int], Pair] = {}
    for column, match in (
        ("uscc", Lead.PartyMatch.CODE), ("id_number", Lead.PartyMatch.ID_NUMBER),
        ("normalized_name", Lead.PartyMatch.NAME),
        ("phone_key", Lead.PartyMatch.PHONE), ("alike_name", Lead.PartyMatch.ALIKE),
    ):  # fmt: skip
        twice = known.exclude(**{column: ""}).order_by(column).values(column)
        values = [row[column] for row in twice.annotate(n=Count("pk")).filter(n__gt=1)[:MOST]]
        groups: dict[str, list[Party]] = {}
        for party in known.filter(**{f"{column}__in": values}).order_by("pk")[: MOST * 4]:
            groups.setdefault(getattr(party, column), []).append(party)
        for first, *others in groups.values():
            for other in others:
                if first.uscc == other.uscc or not (first.uscc and other.uscc):
                    found.setdefault((first.pk, other.pk), Pair(first, other, str(match.label)))
    return list(found.values())[:MOST]


def merges_into(party: Party) -> list[PartyMerge]:
    """Merges that stand, the newest first."""
    rows = party.merges.filter(undone_at=None).select_related("absorbed", "merged_by")
    return list(rows.order_by("-pk")[:MOST])


def get_merge(party: Party, pk: int) -> PartyMerge:
    """A merge into this party; else ``Http404``."""
    return get_object_or_404(party.merges.select_related("absorbed", "kept"), pk=pk)
