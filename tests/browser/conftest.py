"""One Chromium for all journeys; a fresh context for every person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.accounts.people import PASSWORD
from tests.browser.officer import Officer
from tests.browser.visitor import ARGUMENTS, Visitor


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is not installed."
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop running in this thread; the tests are not asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class House:
    """The running site, and everybody who is at a browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self._staff: dict[str, Officer] = {}
        self._visitors: list[Visitor] = []

    def visitor(self, **context: Any) -> Visitor:
        """Somebody from the street."""
        visitor = Visitor(self.browser, self.address, **context)
        self._visitors.append(visitor)
        return visitor

    def officer(self, user: Any, **context: Any) -> Officer:
        """The person, signed in through the page; at their own browser from the first time on."""
        if user.username not in self._staff:
            self._staff[user.username] = Officer(self._signed_in(user, **context))
        return self._staff[user.username]

    def _signed_in(self, user: Any, **context: Any) -> Visitor:
        visitor = self.visitor(**context)
        self.sign_in(visitor, user)
        return visitor

    def sign_in(self, visitor: Visitor, user: Any, *, page: Page | None = None) -> None:
        """Through the page, in the tab ``page``."""
        page = visitor.visit("/admin/login/", page=page)
        visitor.type_into(page.locator("[name=username]"), user.username)
        visitor.type_into(page.locator("[name=password]"), PASSWORD)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        visitor.settled(page)
        assert page.url == f"{self.address}/admin/", page.url

    def close(self) -> None:
        for visitor in self._visitors:
            visitor.close()


@pytest.fixture
def house(chromium: Browser, live_server: Any) -> Iterator[House]:
    house = House(chromium, live_server.url)
    yield house
    house.close()


@pytest.fixture
def newsroom(transactional_db: None) -> Any:
    """The bureau of the tests, today; its people can sign in."""
    from tests.publicity.exposures.world import Newsroom

    return Newsroom()
