"""Who the case file knows, for the redaction: parties, reporters, handlers."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from publicity.exposures.redaction import Enterprise, Person, Registry
from workflow.api import Case, Party

ADULT = 18


def registry_of(case: Case) -> Registry:
    """Everybody and every entity of the case and of its lead."""
    rows = case.parties.select_related("party").order_by("order")
    parties = [row.party for row in rows]
    filed_on = timezone.localdate(case.filed_at)
    persons = [_person(party, filed_on) for party in parties if party.is_person]
    persons += [_representative(p) for p in parties if not p.is_person and p.legal_representative]
    persons += [*_reporters(case), *_handlers(case)]
    firms = [_enterprise(party) for party in parties if not party.is_person]
    return Registry(persons=tuple(persons), enterprises=tuple(firms))


def minors_of(case: Case) -> list[Party]:
    """Parties who had not turned eighteen when the case was filed (未成年人保护法 art. 103)."""
    filed_on = timezone.localdate(case.filed_at)
    rows = case.parties.standing().select_related("party")
    return [row.party for row in rows if row.party.is_person and _is_minor(row.party, filed_on)]


def _is_minor(party: Party, on: date) -> bool:
    born = party.born_on or _born(party.id_number)
    if born is None:
        return False
    had_birthday = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (not had_birthday) < ADULT


def _born(id_number: str) -> date | None:
    digits = id_number[6:14]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _given(*values: str) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def _person(party: Party, filed_on: date) -> Person:
    return Person(
        name=party.name,
        role="party",
        id_numbers=_given(party.id_number),
        phones=_given(party.phone),
        addresses=_given(party.residence),
        is_punished=True,
        is_minor=_is_minor(party, filed_on),
    )


def _representative(party: Party) -> Person:
    """The person behind a firm: dropped from short texts, like any other natural person."""
    return Person(
        name=party.legal_representative,
        role="legal_representative",
        id_numbers=_given(party.id_number),
        phones=_given(party.phone),
        addresses=_given(party.residence),
    )


def _enterprise(party: Party) -> Enterprise:
    return Enterprise(
        name=party.name,
        role="party",
        uscc=party.uscc,
        addresses=_given(party.address),
        phones=_given(party.phone),
    )


def _reporters(case: Case) -> list[Person]:
    if case.lead is None:
        return []
    return [
        Person(
            name=reporter.name,
            role="reporter",
            id_numbers=_given(reporter.id_number),
            phones=_given(reporter.phone),
            addresses=_given(reporter.address),
        )
        for reporter in case.lead.reporters.all()
        if reporter.name or reporter.phone or reporter.id_number
    ]


def _handlers(case: Case) -> list[Person]:
    return [
        Person(name=handler.user.name, role="handler")
        for handler in case.handlers.select_related("user")
    ]
