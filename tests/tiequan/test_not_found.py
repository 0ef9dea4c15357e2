"""The demo runs with DEBUG: whoever tries it still meets the site's own page."""

from __future__ import annotations

import pytest

from publicity.pages.tree import ensure_tree

INNERMOST = "tiequan.middleware.OwnNotFoundPage"


@pytest.fixture
def debugging(db, settings):
    ensure_tree()
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, INNERMOST]


@pytest.mark.parametrize("path", ["/cases/987654/", "/no-such-page/", "/no.such", "/a/b.html"])
def test_unknown_address_shows_the_sites_own_page(client, debugging, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()
    assert "URLconf" not in response.content.decode()


def test_missing_slash_still_leads_to_the_page(client, debugging):
    response = client.get("/cases")

    assert (response.status_code, response["Location"]) == (301, "/cases/")
