"""The public search page: released cases only, by GET, and never an error for what was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from modelsearch.backends import get_search_backend

from publicity.pages.front import category_names
from publicity.pages.models import ExposurePage, HomePage
from search import highlight
from search.content import texts
from search.query import MAX_LENGTH, Words, parse, wanted_words

PAGE_SIZE = 20
MOST = 1000  # hits are counted and paged up to here


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the released cases that match ``?q=``, best first; without a query, how to search."""
    query, message = cleaned(request.GET.get("q", ""))
    kind = cleaned(request.GET.get("category", ""))[0][:40] if query else ""
    context: dict[str, Any] = {
        "query": query, "message": message, "category": kind, "examples": examples(),
    }  # fmt: skip
    if query:
        context |= found(query, page=request.GET.get("page"), category=kind)
    return render(request, "search/public.html", context)


def examples() -> list[str]:
    """The searches that the home page offers, too."""
    home = HomePage.objects.live().first()
    return home.examples if home else []


def cleaned(typed: str) -> tuple[str, str]:
    """Return a query that can be asked, and a sentence when something had to be left out."""
    readable = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in typed)
    query = " ".join(readable[: MAX_LENGTH * 10].split())
    if len(query) > MAX_LENGTH:
        message = _("The search was too long: only its first %(count)d characters were used.")
        return query[:MAX_LENGTH].strip(), message % {"count": MAX_LENGTH}
    if readable != typed:
        return query, _("Characters that cannot be searched were left out.")
    return query, ""


def found(query: str, *, page: str | None, category: str = "") -> dict[str, Any]:
    """Return the page of hits with their excerpts, the total, at most "1000+", and the kinds."""
    everything = get_search_backend("default").search(query, ExposurePage.objects.released())
    kinds = kinds_of(everything.facet("category_code"), chosen=category)
    results = everything
    if category:
        of_kind = ExposurePage.objects.released().filter(category_code=category)
        results = get_search_backend("default").search(query, of_kind)
    count = results[: MOST + 1].count()
    hits: Any = Hits(results[:MOST], min(count, MOST))
    page_obj: Page[Any] = Paginator(hits, PAGE_SIZE).get_page(page)
    words = list(wanted_words(parse(query)))
    for hit in page_obj.object_list:
        hit.highlight = excerpt(hit, words)
        hit.marked_title = highlight.marked(hit.title, words)
    total = f"{MOST}+" if count > MOST else str(count)
    return {"page_obj": page_obj, "total": total, "kinds": kinds}


def kinds_of(counts: Mapping[Any, int], *, chosen: str) -> list[Kind]:
    """The categories among the hits, most hits first, and the one that is chosen."""
    names = category_names()
    found = {code: count for code, count in counts.items() if code}
    if chosen:
        found.setdefault(chosen, 0)
    kinds = [
        Kind(code, names.get(code) or _("an unknown category"), count, code == chosen)
        for code, count in found.items()
    ]
    return sorted(kinds, key=lambda kind: (-kind.count, kind.name))


def excerpt(page: ExposurePage, words: Iterable[Words]) -> str:
    """Return a piece of the page's text around the first marked word, as safe HTML."""
    words = list(words)
    pieces = [text for field, text in texts(page) if field.field_name != "title"]
    # Relevance has decided already: the first field with a mark in it shows why.
    for text in dict.fromkeys(pieces):
        piece = highlight.marked(text, words, length=highlight.LENGTH)
        if "<mark>" in piece:
            return piece
    return highlight.marked(page.violation, words, length=highlight.LENGTH)


@dataclass(frozen=True)
class Kind:
    """How many hits a category has."""

    code: str
    name: str
    count: int
    is_chosen: bool


class Hits:
    """Results with a count that is known already: what a paginator asks of a list."""

    def __init__(self, results: Any, count: int) -> None:
        self._results = results
        self._count = count

    def count(self) -> int:
        return self._count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, key: slice) -> list[Any]:
        return list(self._results[key])
