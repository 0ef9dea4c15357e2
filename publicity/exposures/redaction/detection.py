"""The question of the gate: what stands in this text that must not go out?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import replace

from publicity.exposures.redaction.document import Document, Span
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity
from publicity.exposures.redaction.names import assign_masks
from publicity.exposures.redaction.places import coarsened
from publicity.exposures.redaction.policy import STRICT, Policy
from publicity.exposures.redaction.registry import Registry
from publicity.exposures.redaction.rules import PATTERN_RULES
from publicity.exposures.redaction.rules.kept import kept_by_name, kept_by_shape
from publicity.exposures.redaction.rules.known import known_traces


def detect(text: str, *, registry: Registry, policy: Policy = STRICT) -> list[Hit]:
    """All traces in a text, in order, without overlaps; offsets are those of the text itself.

    The case's own registry is asked first, then the patterns. Registered names, credit codes,
    licences and seats of entities are no hits. Name hits suggest the mask the document would use.
    """
    return detect_with_masks(text, registry=registry, policy=policy, masks={})


def detect_with_masks(
    text: str, *, registry: Registry, policy: Policy, masks: MutableMapping[str, str]
) -> list[Hit]:
    """`detect` for one text of a longer document: names keep the masks given so far."""
    doc = Document(text)
    known = list(known_traces(doc, registry, policy))
    others = [hit for rule in PATTERN_RULES for hit in rule(doc)]
    known, others = (
        [_adapted(hit, policy) for hit in found if _is_asked(hit, registry, policy)]
        for found in (known, others)
    )
    taken = bytearray(len(text))
    hits = _free(doc, [hit for hit in known + others if hit.severity is Severity.BLOCK], taken)
    _take(taken, kept_by_name(doc, registry, policy))
    hits += _free(doc, [hit for hit in known if hit.severity is Severity.MASK], taken)
    _take(taken, kept_by_shape(doc))
    hits += _free(doc, [hit for hit in others if hit.severity is Severity.MASK], taken)
    hits += _free(doc, [hit for hit in known + others if hit.severity is Severity.WARN], taken)
    hits.sort(key=lambda hit: hit.start)
    assign_masks((hit.subject for hit in hits if _takes_mask(hit)), masks)
    return [
        replace(hit, suggestion=masks[hit.subject]) if _takes_mask(hit) else hit for hit in hits
    ]


def _takes_mask(hit: Hit) -> bool:
    return hit.kind is Kind.NAME and bool(hit.subject)


def _length(hit: Hit) -> int:
    return hit.end - hit.start


def _is_asked(hit: Hit, registry: Registry, policy: Policy) -> bool:
    """Whether the policy leaves the question open at all."""
    if hit.kind is Kind.PLATE and policy.keep_plates:
        return False
    if hit.kind is Kind.NAME and policy.name_punished_in_full:
        public = {
            person.name
            for person in registry.persons
            if person.is_punished and not (person.is_minor or person.is_reporter)
        }
        return hit.subject not in public
    return True


def _adapted(hit: Hit, policy: Policy) -> Hit:
    if hit.rule in {"residence", "domicile"} and hit.severity is Severity.MASK:
        public = coarsened(hit.text.strip(), keep_township=policy.keep_township)
        return replace(hit, suggestion=public)
    return hit


def _take(taken: bytearray, places: Iterable[Span]) -> None:
    for start, end in places:
        taken[start:end] = b"\1" * (end - start)


def _free(doc: Document, hits: Iterable[Hit], taken: bytearray) -> list[Hit]:
    """The hits of one weight, longest first, without what is taken; they take their places.

    What a hit covers beyond a taken place stays a hit of its own, so that nothing found is lost.
    """
    longest_first = sorted(hits, key=lambda hit: hit.start - hit.end)
    return [piece for hit in longest_first for piece in _free_pieces(doc, hit, taken)]


def _free_pieces(doc: Document, hit: Hit, taken: bytearray) -> Iterator[Hit]:
    """The parts of a hit that nobody has taken, which are taken now."""
    spans = list(_free_spans(hit, taken))
    taken[hit.start : hit.end] = b"\1" * _length(hit)
    if spans == [(hit.start, hit.end)]:
        yield hit
        return
    for start, end in spans:
        text = doc.text[start:end]
        if _still_tells(hit, text):
            yield replace(hit, start=start, end=end, text=text, suggestion=MASK, subject="")


def _free_spans(hit: Hit, taken: bytearray) -> Iterator[Span]:
    start = hit.start
    while start < hit.end:
        start = taken.find(0, start, hit.end)
        if start < 0:
            return
        end = taken.find(1, start, hit.end)
        end = hit.end if end < 0 else end
        yield start, end
        start = end


def _still_tells(hit: Hit, piece: str) -> bool:
    """Whether a leftover of a hit tells anything: a question does not, blanks do not."""
    if hit.severity is Severity.WARN:
        return False
    if hit.kind is Kind.NAME:
        return any(character.isalnum() for character in piece)
    return any(
        character.isdecimal() or (character.isascii() and character.isalpha())
        for character in piece
    )
