"""What differs between the databases: how tokens are stored, asked for, counted and kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from modelsearch.query import And, Not, Or, SearchQuery

from search.content import Content
from search.query import Words

Column = Literal["text", "title", "autocomplete"]  # text: title and body
SQL = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One full-text question: which table, which column, which content types, what."""

    table: str
    column: Column
    kinds: tuple[int, ...]
    expression: str
    pk_type: str


class Dialect(ABC):
    """One vendor. Expressions are strings in its full-text notation, made of index tokens only."""

    both: str
    either: str
    without: str

    def expression(self, query: SearchQuery) -> str | None:
        """Return the notation of ``query``, or None when an index alone cannot answer it.

        An index answers "this and not that"; "everything but that" needs the table.
        """
        match query:
            case Words():
                return self.words(query)
            case Or():
                parts = [self.expression(part) for part in query.subqueries]
                return None if None in parts else f"({self.either.join(filter(None, parts))})"
            case And():
                return self._conjunction(query.subqueries)
        return None

    def _conjunction(self, queries: Sequence[SearchQuery]) -> str | None:
        wanted = [self.expression(part) for part in queries if not isinstance(part, Not)]
        excluded = [self.expression(part.subquery) for part in queries if isinstance(part, Not)]
        if not wanted or None in wanted or None in excluded:
            return None
        found = f"({self.both.join(filter(None, wanted))})"
        for expression in excluded:
            found = f"({found}{self.without}{expression})"
        return found

    @abstractmethod
    def words(self, words: Words) -> str:
        """Return the notation of tokens in a row."""

    @abstractmethod
    def columns(self, content: Content) -> dict[str, str]:
        """Return the values of title, body and autocomplete for an entry."""

    @abstractmethod
    def is_hit(self, asked: Asked, *, pk: str) -> SQL:
        """Return the condition that the row whose key is the expression ``pk`` is a hit."""

    @abstractmethod
    def score(self, asked: Asked, *, pk: str) -> SQL:
        """Return a scalar query for the score of the row whose key is the expression ``pk``."""

    @abstractmethod
    def lock(self, cursor: Any, table: str) -> None:
        """Let one transaction at a time write to the index, until it ends."""

    @abstractmethod
    def install(self, cursor: Any, table: str) -> bool:
        """Put in place what Django does not model beside ``table``; False when all was there."""

    @abstractmethod
    def faults(self, cursor: Any, table: str) -> list[str]:
        """Name what is missing beside ``table``."""


def kinds_sql(kinds: Sequence[int]) -> str:
    """Return content type ids for an IN list; they are integers of our own making."""
    return ", ".join(str(int(kind)) for kind in kinds)
