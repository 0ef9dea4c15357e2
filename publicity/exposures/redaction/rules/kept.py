"""What the public may read: registered names, codes, licences and seats of entities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.codes import has_id_shape
from publicity.exposures.redaction.document import Document, Span
from publicity.exposures.redaction.folding import squeezed
from publicity.exposures.redaction.places import spellings
from publicity.exposures.redaction.policy import Policy
from publicity.exposures.redaction.registry import Enterprise, Registry
from publicity.exposures.redaction.rules.identity import (
    is_doubtful_code,
    is_kept_credit_code,
)
from publicity.exposures.redaction.rules.known import places_of
from publicity.exposures.redaction.rules.phones import service_numbers

_CREDIT_CODE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-HJ-NP-RTUWXY](?:[ \-]?[0-9A-HJ-NP-RTUWXY]){17}(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"(?:许可证|备案凭证|备案|注册证|执照|登记证|合格证|生产批|产品批|批次|注册|批准文|许可文|"
    r"条形?码|货|型|款)(?:书|件)?(?:编号|号码|号)"
    r"[^0-9A-Za-z\n。；;，,、]{0,6}(?P<number>[A-Za-z]{0,6}\d[A-Za-z0-9\-/]{5,34})"
)
_LICENCE_SHAPE = re.compile(
    r"(?<![0-9A-Za-z])(?:SC|JY|JYBA|XK|CCC|TS|JC|ICP)[ ]?\d[\d\-]{7,17}(?!\d)"
    r"|(?:国药准字|国食健字|国食健注|国妆特字|国妆备字|卫食健字|械注准|械注进|械备|妆网备字|"
    r"药广审|食健备|苏药广审|医广)"
    r"[(（]?[A-Za-z]{0,2}\d{6,14}"
    r"|[GQ]B(?:/T|Z)?[ ]?\d{3,6}(?:\.\d{1,3})?-\d{4}"
)
_MOBILE = re.compile(r"1[3-9]\d{9}")


def kept_by_name(doc: Document, registry: Registry, policy: Policy) -> Iterator[Span]:
    """Original places of what the registry or the policy calls public; only a block goes there."""
    for enterprise in registry.enterprises:
        if not enterprise.is_reporter:
            yield from _register_data(doc, enterprise, registry)
    for text in policy.keep:
        yield from places_of(doc, text)


def kept_by_shape(doc: Document) -> Iterator[Span]:
    """Original places of what looks public; what the registry knows of a person beats it."""
    yield from _codes_and_licences(doc)
    yield from service_numbers(doc)


def _register_data(doc: Document, enterprise: Enterprise, registry: Registry) -> Iterator[Span]:
    persons = {squeezed(person.name) for person in registry.persons}
    for name in (enterprise.name, *enterprise.other_names):
        if len(squeezed(name)) >= 2 and squeezed(name) not in persons:
            yield from places_of(doc, name)
    for number in (enterprise.uscc, *enterprise.licence_numbers):
        yield from places_of(doc, number)
    for address in enterprise.addresses:
        for form in spellings(address):
            yield from places_of(doc, form)


def _codes_and_licences(doc: Document) -> Iterator[Span]:
    text = doc.folded.text
    for match in _CREDIT_CODE.finditer(text):
        code = re.sub(r"[ \-]", "", match.group()).upper()
        before = doc.before(match.start(), 24)
        if is_kept_credit_code(code, before=before) and not is_doubtful_code(code, before=before):
            yield doc.folded.span(*match.span())
    for match in _LICENCE.finditer(text):
        number = match.group("number").upper()
        if not (has_id_shape(number) or _MOBILE.fullmatch(number)):
            yield doc.folded.span(*match.span("number"))
    yield from doc.spans(_LICENCE_SHAPE)
