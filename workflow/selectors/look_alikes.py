"""What a lead that is being typed looks like: known parties, and leads and cases like it.

Everything lies within the person's scope: what is hidden is neither shown nor counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.identity import address_key, alike_name, normalize_name
from workflow.models import Case, Lead
from workflow.selectors.recognise import Recognised, Traits, recognised
from workflow.states import LeadState

MOST = 10
#: Leads of the place that are compared with what is typed, and how old they may be.
COMPARED = 200
COMPARED_DAYS = 180
#: Share of two titles that must be the same for them to be about one thing.
SAME_TITLE = 0.6
_LONGEST = 300
_FEWEST_DIGITS = 7
_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A lead or case the person may open that looks like the same matter."""

    record: Any
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """What was found. ``mark`` names it: sent back, it says that the person looked."""

    parties: tuple[Recognised, ...] = ()
    records: tuple[Known, ...] = ()
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        found = [f"party{one.party.pk}" for one in self.parties]
        found += [f"{one.record.machine}{one.record.pk}" for one in self.records]
        object.__setattr__(self, "mark", ",".join(sorted(found)))

    def __bool__(self) -> bool:
        return bool(self.parties or self.records)

    def seen_by(self, mark: str) -> bool:
        """Whether everything found now was among what was shown."""
        return set(filter(None, self.mark.split(","))) <= set(mark.split(","))


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is typed so far, each text cut to a sane length."""

    name: str
    uscc: str
    phone: str
    title: str
    place: str
    address: str
    source_number: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> _Typed:
        def said(name: str) -> str:
            return str(data.get(name) or "").replace("\x00", "").strip()[:_LONGEST]

        return cls(
            said("subject_name"), said("subject_uscc").upper(), said("subject_phone"),
            said("title"), said("place"), said("address"), said("source_number"),
        )  # fmt: skip


def look_alikes(user: User, data: Mapping[str, Any]) -> LookAlikes:
    """Parties, leads and cases that what is typed may be about, each with its reason.

    ``data``: the fields of the intake form, unchecked. A fixed number of queries.
    """
    typed = _Typed.of(data)
    traits = Traits.of(name=typed.name, uscc=typed.uscc, phone=typed.phone, address=typed.address)
    return LookAlikes(tuple(recognised(user, traits)), tuple(_records(user, typed)))


def _records(user: User, typed: _Typed) -> list[Known]:
    found: dict[tuple[str, int], Known] = {}
    exact = (
        (why, record)
        for why, rows in _alike(user, typed)
        for record in rows.order_by("-updated_at", "-pk")[:MOST]
    )
    for found_by in (exact, _of_the_place(user, typed)):
        for why, record in found_by:
            url = reverse(f"workflow_{record.machine}:inspect", args=[record.pk])
            found.setdefault((record.machine, record.pk), Known(record, url, why))
    return list(found.values())[:MOST]


def _alike(user: User, typed: _Typed) -> Iterator[tuple[str, QuerySet[Any]]]:
    leads = Lead.objects.reachable_by(user).exclude(state=LeadState.MERGED)
    cases = Case.objects.reachable_by(user)
    if typed.source_number:
        yield _("same number at the source"), leads.filter(source_number=typed.source_number)
    if typed.uscc:
        yield _("same credit code"), leads.filter(subject_uscc=typed.uscc)
        yield _("same credit code"), cases.filter(parties__party__uscc=typed.uscc).distinct()
    name = normalize_name(typed.name)
    if len(name) >= _FEWEST_LETTERS:
        own = Q(subject_name__in={typed.name, name}) | Q(party__normalized_name=name)
        yield _("same name"), leads.filter(own | Q(party__aliases__normalized_name=name)).distinct()
        named = Q(parties__party__normalized_name=name)
        named |= Q(parties__party__aliases__normalized_name=name)
        yield _("same name"), cases.filter(named).distinct()
    if len(typed.phone) >= _FEWEST_DIGITS:
        yield _("same phone"), leads.filter(subject_phone=typed.phone)


def _of_the_place(user: User, typed: _Typed) -> Iterator[tuple[str, Any]]:
    """Recent leads of the same place about a similar name, address or thing. One query."""
    if not (typed.place and (typed.name or typed.title or typed.address)):
        return
    since = now() - timedelta(days=COMPARED_DAYS)
    leads = Lead.objects.reachable_by(user).filter(place=typed.place, received_at__gte=since)
    rows = leads.exclude(state=LeadState.MERGED).order_by("-received_at", "-pk")
    name, place = alike_name(typed.name), address_key(typed.address)
    for lead in rows[:COMPARED]:
        if name and alike_name(lead.subject_name) == name:
            yield _("same place, similar name"), lead
        elif place and address_key(lead.address) == place:
            yield _("same address"), lead
        elif typed.title and not (name and lead.subject_name) and _similar(typed.title, lead.title):
            yield _("same place, similar matter"), lead


def _similar(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, normalize_name(one), normalize_name(other), autojunk=False)
    return matcher.quick_ratio() >= SAME_TITLE and matcher.ratio() >= SAME_TITLE
