"""The public text: every hit replaced, what is no hit untouched, stable when done twice."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, replace

from publicity.exposures.redaction.detection import detect_with_masks
from publicity.exposures.redaction.hits import MASK, Change, Hit, Redacted, Severity
from publicity.exposures.redaction.policy import STRICT, Policy
from publicity.exposures.redaction.registry import Registry

_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the original and what stands for it now; `change` is None where it is kept."""

    start: int
    end: int
    public: str
    change: Change | None = None


def redact(
    text: str,
    *,
    registry: Registry,
    policy: Policy = STRICT,
    masks: MutableMapping[str, str] | None = None,
) -> Redacted:
    """The text with everything masked that may be masked without asking.

    Holds afterwards: nothing of severity block or mask is found in it any more, redacting it
    again changes nothing, and joining kept parts and replacements in order gives exactly it.
    Warnings are left standing for a person. `masks` carries names over from other texts of the
    same document and learns new ones.
    """
    masks = {} if masks is None else masks
    pieces = [_Piece(0, len(text), text)]
    for round_number in range(_ROUNDS):
        public = "".join(piece.public for piece in pieces)
        found = detect_with_masks(public, registry=registry, policy=policy, masks=masks)
        hits = [hit for hit in found if hit.severity is not Severity.WARN]
        hits = [hit for hit in hits if hit.suggestion != hit.text]
        if not hits:
            break
        if round_number > _ROUNDS // 2:
            hits = [replace(hit, suggestion=MASK) for hit in hits]
        pieces = _replaced(text, pieces, hits)
    changes = tuple(piece.change for piece in pieces if piece.change is not None)
    return Redacted("".join(piece.public for piece in pieces), changes)


def _replaced(text: str, pieces: Sequence[_Piece], hits: Sequence[Hit]) -> list[_Piece]:
    """The pieces after one round; hits are told in places of the present public text."""
    result: list[_Piece] = []
    queue = list(reversed(pieces))
    place = 0
    for hit in hits:
        while place + len(queue[-1].public) <= hit.start:
            place += len(queue[-1].public)
            result.append(queue.pop())
        covered: list[_Piece] = []
        begin = place
        while place < hit.end:
            place += len(queue[-1].public)
            covered.append(queue.pop())
        before, changed, after = _merged(text, covered, hit, begin=begin)
        result += [*before, changed]
        if after:
            queue.append(after)
            place -= len(after.public)
    return result + list(reversed(queue))


def _merged(
    text: str, covered: Sequence[_Piece], hit: Hit, *, begin: int
) -> tuple[list[_Piece], _Piece, _Piece | None]:
    """The kept part before a hit, the change, and the kept part after it.

    A change of an earlier round that the hit touches becomes part of the new change.
    """
    public = "".join(piece.public for piece in covered)
    head, tail = public[: hit.start - begin], public[hit.end - begin :]
    before: list[_Piece] = []
    after: _Piece | None = None
    first, last = covered[0], covered[-1]
    start, end = first.start, last.end
    if first.change is None:
        start = first.start + len(head)
        before = [_Piece(first.start, start, head)] if head else []
        head = ""
    if last.change is None:
        end = last.end - len(tail)
        after = _Piece(end, last.end, tail) if tail else None
        tail = ""
    replacement = f"{head}{hit.suggestion}{tail}"
    change = Change(hit.kind, hit.rule, start, end, text[start:end], replacement, hit.severity)
    return before, _Piece(start, end, replacement, change), after
