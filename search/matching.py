"""The query asked of tokens in memory: the reference the indexes are tested against.

Also the way to search single fields, which the index does not keep apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from modelsearch.query import And, MatchAll, Not, Or, SearchQuery

from search.query import Words


def matches(query: SearchQuery, tokens: Sequence[str]) -> bool:
    """Whether ``tokens`` (with breaks between fields) satisfy the rewritten ``query``."""
    match query:
        case Words():
            return _contains(tokens, query.tokens, prefix=query.prefix)
        case And():
            return all(matches(part, tokens) for part in query.subqueries)
        case Or():
            return any(matches(part, tokens) for part in query.subqueries)
        case Not():
            return not matches(query.subquery, tokens)
        case MatchAll():
            return True
    raise TypeError(f"{type(query).__name__} is not a query of this index.")


def _contains(tokens: Sequence[str], wanted: Sequence[str], *, prefix: bool) -> bool:
    last = len(wanted) - 1
    for start in range(len(tokens) - last):
        if all(tokens[start + n] == wanted[n] for n in range(last)):
            token = tokens[start + last]
            if token.startswith(wanted[last]) if prefix else token == wanted[last]:
                return True
    return False
