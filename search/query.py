"""What people type, as a query over the pairs of the index.

Words of a dictionary (rjieba) are each a phrase of pairs, and all must occur; quotes keep a phrase
together; a leading hyphen excludes; one character finds every word that begins with it; document
numbers, dates and codes are found in every usual way of writing them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba
from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

from search.text import (
    DATES,
    HAN,
    HAN_DATES,
    HYPHENED,
    SEGMENT,
    TAIL,
    base_tokens,
    canonical,
    date_token,
    document_tokens,
    is_code,
)
from search.text import dates as dates_in

MAX_LENGTH = 200  # characters of a query that are read
MAX_PIECES = 32  # words of a query that are asked for

DOCUMENT_NUMBER = re.compile(
    rf"[{HAN}]{{0,12}}\s*[〔\[(【〈《「<{{]?\s*(?:19|20)\d\d\s*[〕\])】〉》」>}}]\s*\d{{1,6}}\s*号?"
)
_BETWEEN = re.compile(r"[\s,;、，；。|]+")
_STOP = frozenset("的和与及或在对等了是为以之其")


class Words(Phrase):
    """Index tokens in a row; with ``prefix`` the last may go on. ``source`` is what was typed."""

    def __init__(self, tokens: Sequence[str], *, prefix: bool = False, source: str = "") -> None:
        super().__init__(" ".join(tokens))
        self.tokens = tuple(tokens)
        self.prefix = prefix
        self.source = source

    def __repr__(self) -> str:
        return f"<Words {self.query_string!r}{'*' if self.prefix else ''}>"


def parse(typed: str, *, operator: str = "and") -> SearchQuery:
    """Return the query for a string typed by a person; ``MATCH_NONE`` when nothing can be asked."""
    wanted: list[SearchQuery] = []
    unwanted: list[SearchQuery] = []
    for excluded, quoted, text in _chunks(canonical(typed[:MAX_LENGTH])):
        found = [phrase(text)] if quoted else _pieces(text)
        if found := [piece for piece in found if piece is not MATCH_NONE]:
            (unwanted if excluded else wanted).append(_all(found))
    del wanted[MAX_PIECES:], unwanted[MAX_PIECES:]
    if not wanted and not unwanted:
        return MATCH_NONE
    together = [_all(wanted) if operator == "and" else Or(wanted)] if wanted else []
    return simplify(And([*together, *(Not(query) for query in unwanted)]))


def rewrite(query: SearchQuery) -> SearchQuery:
    """Return any modelsearch query as one of Words, And, Or, Not, MatchAll, simplified."""
    return simplify(_rewritten(query))


def _rewritten(query: SearchQuery) -> SearchQuery:
    match query:
        case Words():
            return query
        case PlainText() | Fuzzy():
            chunks = _BETWEEN.split(canonical(query.query_string))
            found = [_all(pieces) for chunk in chunks if (pieces := _pieces(chunk))]
            if not found:
                return MATCH_NONE
            return _all(found) if query.operator == "and" else Or(found)
        case Phrase():
            return phrase(canonical(query.query_string))
        case And() | Or():
            return type(query)([_rewritten(part) for part in query.subqueries])
        case Not():
            return Not(_rewritten(query.subquery))
        case Boost():
            return _rewritten(query.subquery)
    return query


def simplify(query: SearchQuery) -> SearchQuery:
    """Return the same query without MatchAll and match-none inside other queries."""
    match query:
        case Not():
            inner = simplify(query.subquery)
            return inner.subquery if isinstance(inner, Not) else Not(inner)
        case And() | Or():
            every, none = matches_all, matches_none
            neutral, absorbing = (every, none) if isinstance(query, And) else (none, every)
            parts = [simplify(part) for part in query.subqueries]
            if any(absorbing(part) for part in parts):
                return MATCH_NONE if isinstance(query, And) else MATCH_ALL
            parts = [part for part in parts if not neutral(part)]
            if not parts:
                return MATCH_ALL if isinstance(query, And) else MATCH_NONE
            return parts[0] if len(parts) == 1 else type(query)(parts)
    return query


def matches_all(query: SearchQuery) -> bool:
    """Whether the query asks for nothing in particular."""
    return isinstance(query, MatchAll)


def matches_none(query: SearchQuery) -> bool:
    """Whether nothing can match."""
    return isinstance(query, Not) and isinstance(query.subquery, MatchAll)


def with_open_end(query: SearchQuery) -> SearchQuery:
    """Return the query with its last wanted word still being typed: its last token may go on."""
    match query:
        case Words():
            return Words(query.tokens, prefix=True, source=query.source)
        case And() | Or():
            parts = list(query.subqueries)
            last = max((n for n, p in enumerate(parts) if not isinstance(p, Not)), default=None)
            if last is not None:
                parts[last] = with_open_end(parts[last])
            return type(query)(parts)
    return query


def wanted_words(query: SearchQuery) -> Iterator[Words]:
    """Yield the words a hit contains, for marking them; excluded ones are left out."""
    if isinstance(query, Words):
        yield query
    elif isinstance(query, (And, Or)):
        for part in query.subqueries:
            yield from wanted_words(part)


def phrase(text: str) -> SearchQuery:
    """Return canonical ``text`` as one phrase: these characters in this order, marks aside."""
    tokens = base_tokens(text)
    if not tokens:
        return MATCH_NONE
    ending = [segment.group("han") or "" for segment in SEGMENT.finditer(text)][-1]
    if len(ending) > 1:
        tokens.pop()  # its last character alone: in the index it begins another pair
    return Words(tokens, prefix=len(ending) == 1, source=text)


def _all(queries: list[SearchQuery]) -> SearchQuery:
    return queries[0] if len(queries) == 1 else And(queries)


def _chunks(text: str) -> Iterator[tuple[bool, bool, str]]:
    """Yield (excluded, quoted, text) of what stands between blanks; a quoted text is one chunk."""
    for place, part in enumerate(re.split(r'((?:(?<=\s)-|^-)?"[^"]*")', text)):
        if place % 2:
            yield part.startswith("-"), True, part.lstrip("-").strip('"')
            continue
        joined = DOCUMENT_NUMBER.sub(lambda m: re.sub(r"\s+", "", m.group()), part)
        joined = DATES.sub(lambda m: re.sub(r"\s+", "", m.group()), joined)
        for chunk in _BETWEEN.split(joined):
            excluded = chunk.startswith("-")
            if chunk := chunk.strip('-"'):
                yield excluded, False, chunk


def _pieces(chunk: str) -> list[SearchQuery]:
    """Return the queries of one chunk, which must all match: special forms first, then words."""
    found: list[SearchQuery] = []

    def take(match: re.Match[str], query: SearchQuery | None) -> str:
        if query is None:
            return match.group()
        found.append(query)
        return " "

    chunk = DOCUMENT_NUMBER.sub(lambda m: take(m, _document(m.group())), chunk)
    for pattern in (DATES, HAN_DATES):
        chunk = pattern.sub(lambda m: take(m, _date(m)), chunk)
    chunk = HYPHENED.sub(lambda m: take(m, _hyphened(m.group())), chunk)
    spans = _spans(chunk)
    if len(spans) + len(found) > 1:
        spans = [span for span in spans if span.text not in _STOP] or spans
    found += [_code(span.text) if is_code(span.text) else phrase(span.text) for span in spans]
    return [query for query in found if query is not MATCH_NONE][:MAX_PIECES]


def _document(number: str) -> SearchQuery:
    """Return the query for a document number: year and number are rare, the words before common."""
    tokens: list[SearchQuery] = [Words((t,), source=number) for t in document_tokens(number)]
    return _all([*tokens, phrase(number)])


def _date(match: re.Match[str]) -> SearchQuery | None:
    token = date_token(match)
    return Words((token,), prefix=True, source=match.group()) if token else None


def _hyphened(text: str) -> SearchQuery:
    """Return the query for 138-1234-5678 or 2760-2014, which others write without the hyphens."""
    return Or([phrase(text), _code(text.replace("-", ""))])


def _code(code: str) -> SearchQuery:
    """Return the query for a code or its head or tail; eight digits may also be a date."""
    found: list[SearchQuery] = [Words((code,), prefix=is_code(code), source=code)]
    if is_code(code):
        found.append(Words((TAIL + code[::-1],), prefix=True, source=code))
    found += [Words((token,), source=code) for _match, token in dates_in(code)]
    return found[0] if len(found) == 1 else Or(found)


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    text: str
    ends_han: bool
    single: bool  # nothing but words of one Han character


def _spans(chunk: str) -> list[_Span]:
    """Cut a chunk into words, keeping together what only makes sense so: 12号, 第12条, gb/t."""
    spans: list[_Span] = []
    for atom in _atoms(chunk):
        last = spans[-1] if spans else None
        inside = bool(last and re.match(rf"[{HAN}]", chunk[last.start - 1 : last.start]))
        if last and _belongs(last, atom, chunk[last.end : atom.start], inside=inside):
            spans[-1] = _Span(
                last.start,
                atom.end,
                chunk[last.start : atom.end],
                atom.ends_han,
                last.single and atom.single,
            )
        else:
            spans.append(atom)
    return spans


def _belongs(last: _Span, atom: _Span, between: str, *, inside: bool) -> bool:
    """Whether ``atom`` goes on with ``last``; ``inside`` when a Han word stands before that."""
    if not atom.ends_han:
        if last.ends_han:  # 第12, but not 东流镇12: the number may stand elsewhere in an address
            return not between and last.single and not inside
        return " " not in between
    if between or len(atom.text) > 1:
        return False
    return last.single or not last.ends_han


def _atoms(chunk: str) -> Iterator[_Span]:
    for segment in SEGMENT.finditer(chunk):
        if not segment.group("han"):
            yield _Span(segment.start(), segment.end(), segment.group(), False, False)
            continue
        start = segment.start()
        for word in rjieba.cut(segment.group()):
            yield _Span(start, start + len(word), word, True, len(word) == 1)
            start += len(word)
