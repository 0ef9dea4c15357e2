"""Reporters nobody registered: any name at the word for one (CMP20 article 33)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind, Severity
from publicity.exposures.redaction.rules.context_names import (
    REPORTER_WORDS,
    is_doubtful,
    name_at,
)
from publicity.exposures.redaction.surnames import COMPOUND, SINGLE

_SURNAME = rf"(?:{'|'.join(sorted(COMPOUND))}|[{''.join(sorted(SINGLE))}])"
_POLITE = (
    rf"{_SURNAME}(?:某{{1,2}}[甲乙丙丁\d]?|女士|先生|小姐|大爷|大妈|大娘|阿姨|师傅|同志|同学|"
    rf"\*{{1,3}}|[xX×]{{2}})"
)
_WORD = re.compile(
    rf"(?:{REPORTER_WORDS})(?:姓名)?[ ]?(?:\([^()\n]{{1,14}}\))?[ ]?(?P<link>[:=]|"
    rf"[为是叫系])?[ ]{{0,3}}"
)
_POLITE_NAME = re.compile(_POLITE)
_COMPLAINS = re.compile(
    rf"(?P<name>{_POLITE})(?=[ ]?(?:等人?)?(?:的|向[一-龥]{{1,16}}|来电|来信|电话|"
    rf"通过[一-龥A-Za-z\d]{{1,12}})?(?:投诉|举报|反映|报警|检举|控告))"
)


def reporters(doc: Document) -> Iterator[Hit]:
    """Names and polite forms after a word for reporter, and of whoever is said to complain."""
    text = doc.folded.text
    for match in _WORD.finditer(text):
        start = match.end()
        polite = _POLITE_NAME.match(text, start)
        if polite:
            yield _hit(doc, polite.span(), rule="reporter-named", suggestion="")
            continue
        is_linked = match.group("link") in {":", "="}
        span = name_at(text, start, is_linked=is_linked)
        if span:
            doubtful = is_doubtful(text, span, is_linked=is_linked)
            hit = _hit(doc, span, rule="reporter-named", suggestion="")
            yield replace(hit, severity=Severity.WARN) if doubtful else hit
    for match in _COMPLAINS.finditer(text):
        before = doc.before(match.start(), 3)
        is_named = before.endswith(("消费者", "群众", "市民", "顾客", "居民", "村民", "网民"))
        yield _hit(
            doc,
            match.span("name"),
            rule="reporter-complains",
            suggestion="" if is_named else "群众",
        )


def _hit(doc: Document, span: tuple[int, int], *, rule: str, suggestion: str) -> Hit:
    return doc.hit(
        span, kind=Kind.REPORTER, rule=rule, severity=Severity.BLOCK, suggestion=suggestion
    )
