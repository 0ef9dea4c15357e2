"""Everything the public can get, read from the addresses: a new one is heard without a line here.

Each address of a public process, each page of the tree, and whatever these link to; asked as a
reader does and as nobody should. Then the files that are out, and the index that is searched.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver
from django.views.defaults import (
    bad_request,
    page_not_found,
    permission_denied,
    server_error,
)

from publicity.basepage.models import BasePage
from search import indexing
from tiequan.urls import addresses

#: What the tree takes for a path: pages that are there, and some that are not.
NOBODY = ("/nothing-here/", "/cases/99999/", "/cases/0/feed/")
#: Typed into the query of every address.
QUERIES = ("q=三无", "q=三无&category=toys", "sort=released", "year=2022", "fine=5w", "elder=1",
           "page=9999", "q=%00")  # fmt: skip
_LINK = re.compile(r'(?:href="|<loc>|<id>|<link>)([^"<]+)')


def patterns(found=None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address of a public process."""
    for pattern in addresses("public") if found is None else found:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        else:
            yield route, pattern


def public_paths() -> list[str]:
    """Every address, the tree's by its pages; fails for an argument nobody says the values of."""
    paths = []
    for route, pattern in patterns():
        if pattern.name == "wagtail_serve":
            paths += [page.get_url() for page in BasePage.objects.live() if page.get_url()]
        else:
            assert not pattern.pattern.regex.groups, f"say what the arguments of {route} are"
            paths.append(f"/{route}")
    return paths


def surfaces(typed=()) -> dict[str, str]:
    """By place what is said there: bodies and headers, files with their names, rows of the index.

    ``typed``: words to search for; the box repeats them, and nothing else may.
    """
    indexing.index_changes()  # in a test nothing is committed, so no task was sent
    paths = [*public_paths(), *NOBODY]
    heard = {path: said(Client().get(path)) for path in paths}
    linked = {link for path, text in list(heard.items()) for link in _links(path, text)}
    heard |= {path: said(Client().get(path)) for path in sorted(linked - heard.keys())}
    heard |= {f"{p}?{q}": said(Client().get(f"{p}?{q}")) for p in paths for q in QUERIES}
    for typed_word in typed:
        shown = said(Client().get("/search/", {"q": typed_word}))
        heard[f"search for {typed_word}"] = shown.replace(typed_word, "")
    return {**heard, **_refusals(paths), **_files(), **_index()}


def said(response) -> str:
    body = b"".join(response) if response.streaming else response.content
    return body.decode("utf-8", "replace") + json.dumps(dict(response.headers))


def _links(path: str, text: str) -> Iterator[str]:
    for found in _LINK.findall(text):
        target = urlsplit(urljoin(f"http://testserver{path}", html.unescape(found)))
        if target.scheme in ("http", "https") and not target.path.startswith(
            ("/admin/", settings.STATIC_URL)
        ):
            yield target.path + (f"?{target.query}" if target.query else "")


def _refusals(paths) -> dict[str, str]:
    """To whom nothing is given: wrong method, no token, wrong host; each error page."""
    heard = {}
    for path in paths:
        heard[f"POST {path}"] = said(Client().post(path))
        heard[f"forged {path}"] = said(Client(enforce_csrf_checks=True).post(path, {"q": "x"}))
        heard[f"host {path}"] = said(Client(raise_request_exception=False).get(
            path, headers={"host": "elsewhere.example"}
        ))  # fmt: skip
    request = RequestFactory().get("/")
    heard["500"] = said(server_error(request))
    for number, view in ((400, bad_request), (403, permission_denied), (404, page_not_found)):
        heard[str(number)] = said(view(request, Exception("wrong")))
    return heard


def _files() -> dict[str, str]:
    files = [file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
    return {str(f): f"{f} {f.read_bytes().decode('utf-8', 'replace')}" for f in files}


def _index() -> dict[str, str]:
    heard = {}
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for table in (name for name in names if name.startswith("search_public")):
            cursor.execute(f"SELECT * FROM {table}")
            heard[table] = repr(cursor.fetchall())
    return heard


def leaks(heard: dict[str, str], planted: dict[str, str]) -> dict[str, list[str]]:
    """Field → places where its word is said."""
    found: dict[str, list[str]] = {}
    for planted_word, name in planted.items():
        places = [place for place, text in heard.items() if planted_word in text]
        if places:
            found[name] = places
    return found
