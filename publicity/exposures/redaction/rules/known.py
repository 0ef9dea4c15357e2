"""Everything the case file knows of its persons and entities, wherever and however it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from publicity.exposures.redaction.document import Document, Span
from publicity.exposures.redaction.folding import squeezed
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity
from publicity.exposures.redaction.names import elements, is_masked
from publicity.exposures.redaction.places import coarsened, spellings
from publicity.exposures.redaction.policy import Policy
from publicity.exposures.redaction.registry import Enterprise, Person, Registry
from publicity.exposures.redaction.surnames import surname_of

_SHORTEST_NUMBER = 5
_AREA_CODES = (4, 3)
_REPORTER_WORDS = ("举报人", "投诉人", "申诉人", "反映人", "吹哨人", "举报单位")
NOBODY_NAMED = "举报人"
MINOR_NAMED = "某未成年人"


def known_traces(doc: Document, registry: Registry, policy: Policy) -> Iterator[Hit]:
    """Hits of every person and, for accounts and telephones, of every entity of the file."""
    for person in registry.persons:
        yield from _of_person(doc, person, policy)
    for enterprise in registry.enterprises:
        yield from _of_enterprise(doc, enterprise)


def places_of(doc: Document, known: str) -> Iterator[Span]:
    """Original places where a known text stands, blanks, joiners and variants ignored."""
    needle = squeezed(known)
    if not needle:
        return
    haystack = doc.squeezed.text
    place = haystack.find(needle)
    while place >= 0:
        span = doc.squeezed.span(place, place + len(needle))
        if _stands_alone(doc.text, span, needle):
            yield _with_bracket(doc.text, span)
        place = haystack.find(needle, place + 1)


def _of_person(doc: Document, person: Person, policy: Policy) -> Iterator[Hit]:
    public = policy.name_punished_in_full and person.is_punished and not person.is_minor
    found: list[Hit] = []
    if not (public and not person.is_reporter):
        found += _names(doc, person)
    found += _numbers(doc, person.id_numbers, kind=Kind.ID_NUMBER, rule="known-id")
    found += _phones(doc, person.phones)
    found += _numbers(doc, person.accounts, kind=Kind.BANK, rule="known-account")
    found += _addresses(doc, person.addresses, policy)
    if person.is_reporter or person.is_minor:
        found += _given_names(doc, person)
    if person.is_reporter:
        found = [_as_reporter(doc, hit) for hit in found]
        found += _polite_forms(doc, person.name)
    elif person.is_minor:
        found = [_as_minor(hit) for hit in found]
    yield from found


def _of_enterprise(doc: Document, enterprise: Enterprise) -> Iterator[Hit]:
    found = list(_phones(doc, enterprise.phones))
    found += _numbers(doc, enterprise.accounts, kind=Kind.BANK, rule="known-account")
    if enterprise.is_reporter:
        for name in (enterprise.name, *enterprise.other_names):
            found += _found(doc, name, kind=Kind.NAME, rule="known-name", subject=name)
        found += _numbers(
            doc, (enterprise.uscc, *enterprise.licence_numbers), kind=Kind.DOCUMENT, rule="known-id"
        )
        found += _addresses(doc, enterprise.addresses, Policy())
        found = [_as_reporter(doc, hit) for hit in found]
    yield from found


def _names(doc: Document, person: Person) -> Iterator[Hit]:
    for name in (person.name, *person.other_names):
        if len(squeezed(name)) < 2 or is_masked(name):
            continue
        yield from _found(doc, name, kind=Kind.NAME, rule="known-name", subject=person.name)
        for part in elements(name)[1:]:
            if len(part) >= 2 + part.isascii():
                yield from _found(
                    doc,
                    part,
                    kind=Kind.NAME,
                    rule="known-name-part",
                    subject=person.name,
                    severity=Severity.WARN,
                )


def _given_names(doc: Document, person: Person) -> Iterator[Hit]:
    """The given name alone, as neighbours would say it; a person decides."""
    name = person.name.strip()
    given = name[len(surname_of(name)) :]
    if len(given) >= 2 and not given.isascii() and len(elements(name)) == 1:
        yield from _found(
            doc,
            given,
            kind=Kind.NAME,
            rule="known-given-name",
            subject=person.name,
            severity=Severity.WARN,
        )


def _phones(doc: Document, phones: Iterable[str]) -> Iterator[Hit]:
    yield from _numbers(doc, phones, kind=Kind.PHONE, rule="known-phone")
    for phone in phones:
        digits = squeezed(phone)
        if digits.isdecimal() and digits.startswith("0"):
            for length in _AREA_CODES:
                if len(digits) - length in (7, 8):
                    yield from _found(doc, digits[length:], kind=Kind.PHONE, rule="known-phone")


def _numbers(doc: Document, known: Iterable[str], *, kind: Kind, rule: str) -> Iterator[Hit]:
    for number in known:
        if len(squeezed(number)) >= _SHORTEST_NUMBER and not is_masked(number):
            yield from _found(doc, number, kind=kind, rule=rule)


def _addresses(doc: Document, known: Iterable[str], policy: Policy) -> Iterator[Hit]:
    for address in known:
        for form in spellings(address):
            for hit in _found(doc, form, kind=Kind.ADDRESS, rule="known-address"):
                public = coarsened(hit.text, keep_township=policy.keep_township)
                yield replace(hit, suggestion=public)


def _found(
    doc: Document,
    known: str,
    *,
    kind: Kind,
    rule: str,
    subject: str = "",
    severity: Severity = Severity.MASK,
) -> Iterator[Hit]:
    for start, end in places_of(doc, known):
        yield Hit(kind, rule, start, end, doc.text[start:end], severity, MASK, subject)


def _as_reporter(doc: Document, hit: Hit) -> Hit:
    """The same place as a trace of the reporter; a name after the word for one simply goes."""
    public = MASK
    if hit.kind is Kind.NAME:
        before = doc.text[max(0, hit.start - 6) : hit.start].rstrip(' ：:为是“"')
        public = "" if before.endswith(_REPORTER_WORDS) else NOBODY_NAMED
    return replace(
        hit,
        kind=Kind.REPORTER,
        rule=hit.rule.replace("known", "reporter"),
        severity=Severity.WARN if hit.severity is Severity.WARN else Severity.BLOCK,
        suggestion=public,
        subject="",
    )


def _as_minor(hit: Hit) -> Hit:
    public = MINOR_NAMED if hit.kind is Kind.NAME else MASK
    severity = Severity.WARN if hit.severity is Severity.WARN else Severity.BLOCK
    return replace(hit, kind=Kind.MINOR, severity=severity, suggestion=public, subject="")


def _polite_forms(doc: Document, name: str) -> Iterator[Hit]:
    """张某, 张女士: perhaps the reporter, perhaps another of that surname; a person decides."""
    surname = surname_of(name.strip())
    for form in ("某", "女士", "先生"):
        for start, end in places_of(doc, surname + form):
            yield Hit(
                Kind.REPORTER,
                "reporter-surname",
                start,
                end,
                doc.text[start:end],
                Severity.WARN,
                NOBODY_NAMED,
            )


def _with_bracket(text: str, span: Span) -> Span:
    """The span with the bracket it closes, as in (0566)7021234."""
    start, end = span
    inside = text[start:end]
    closes = any(c in inside for c in ")）") and not any(c in inside for c in "(（")
    return (start - 1, end) if closes and text[start - 1 : start] in {"(", "（"} else span


def _stands_alone(text: str, span: Span, needle: str) -> bool:
    """A Latin name is a word of its own, and a short number is no part of a longer one."""
    start, end = span
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    if needle.isascii() and needle[0].isalpha():
        return not any(c.isascii() and c.isalpha() for c in around)
    if needle.isdecimal() and len(needle) < 11:
        return not any(c.isdecimal() for c in around)
    return True
