"""A person at a browser: every page they come to is checked, every act is done with the keyboard.

A page is *settled* once it has loaded: then axe has found nothing on it, its script has not
complained, and nothing was asked of another host.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

#: How Debian's Chromium is started in a container: nothing of its own goes out.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
#: How often Tab is pressed at most before something counts as out of the keyboard's reach.
MOST_TABS = 160
#: Said by the browser about any answer of 400 and more; answers are judged by their status below.
_ANSWER = "Failed to load resource"
_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Wagtail 8.0.1's own page editor: its text areas have no name, and blocks are named alike.
_WAGTAILS = {
    "aria-input-field-name": "public-DraftEditor-content",
    "landmark-unique": 'class="w-panel w-panel--nested"',
}
_AT_REST = """() => Promise.all(document.getAnimations()
    .filter(motion => motion.effect.getComputedTiming().endTime !== Infinity)
    .map(motion => motion.finished.catch(() => null)))"""


class Visitor:
    """One browser context of its own (cookies, cache), with one tab."""

    def __init__(
        self, browser: Browser, base: str, *, size: dict[str, int] = DESK, **context: Any
    ) -> None:
        self.base = base
        self.script = context.get("java_script_enabled", True)
        self.context = browser.new_context(
            viewport=size,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=base,
            reduced_motion="reduce",
            **context,
        )
        self.context.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page = self.tab()

    def tab(self) -> Page:
        """One more tab of the same person."""
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def close(self) -> None:
        """End the visit. Fails with all that was wrong on any page of it."""
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)

    # ---- going somewhere -------------------------------------------------------------------------

    def visit(self, address: str, *, status: int = 200, page: Page | None = None) -> Page:
        """Type the address; the server answers with ``status`` and the page is settled."""
        page = page or self.page
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status}"
        return self.settled(page)

    def settled(self, page: Page | None = None) -> Page:
        """The page has loaded and axe has nothing to say about it."""
        page = page or self.page
        page.wait_for_load_state("load")
        if self.script:
            page.evaluate(_AT_REST)  # half-way through a fade every colour is wrong
            found = _ours(Axe().run(page, options=_AXE).response["violations"])
            assert not found, f"{page.url}\n" + "\n".join(_told(violation) for violation in found)
        return page

    # ---- the keyboard ----------------------------------------------------------------------------

    def reach(self, target: Locator) -> Locator:
        """Press Tab until the focus is on ``target``; fails when the keyboard never gets there."""
        target.wait_for(state="attached")
        handle = target.element_handle()
        for _press in range(MOST_TABS):
            if target.page.evaluate("element => element === document.activeElement", handle):
                return target
            target.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target} on {target.page.url}")

    def press(self, target: Locator, key: str = "Enter") -> Page:
        """Reach a link or button with Tab and press it; the page it leads to is settled."""
        page = target.page
        self.reach(target)
        with page.expect_navigation():
            page.keyboard.press(key)
        return self.settled(page)

    def type_into(self, field: Locator, text: str) -> None:
        """Reach the field and type over what stands in it."""
        self.reach(field)
        field.page.keyboard.press("Control+A")
        field.page.keyboard.insert_text(text)

    def tick_box(self, box: Locator) -> None:
        """Reach the box and tick it with Space; a ticked one stays."""
        if not box.is_checked():
            self.reach(box)
            box.page.keyboard.press("Space")
        assert box.is_checked()

    # ---- what the browser says -------------------------------------------------------------------

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(_ANSWER):
            self.complaints.append(f"console: {message.text} ({message.location})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws"} and parts.netloc != urlsplit(self.base).netloc:
            self.complaints.append(f"another host was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status} {response.url}")
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")


class Hurried(Visitor):
    """The same person at pages that were walked before: no Tab to count, no axe."""

    def __init__(self, visitor: Visitor) -> None:
        self.base, self.script, self.page = visitor.base, visitor.script, visitor.page

    def settled(self, page: Page | None = None) -> Page:
        """The page has loaded."""
        page = page or self.page
        page.wait_for_load_state("load")
        return page

    def reach(self, target: Locator) -> Locator:
        """Put the focus there."""
        target.focus()
        return target


def _ours(violations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The violations without what only Wagtail could mend."""
    for violation in violations:
        known = _WAGTAILS.get(violation["id"])
        violation["nodes"] = [n for n in violation["nodes"] if not known or known not in n["html"]]
    return [violation for violation in violations if violation["nodes"]]


def _told(violation: dict[str, Any]) -> str:
    nodes = "\n".join(
        f"    {node['html'][:300]}\n      {node.get('failureSummary', '')[:400]}"
        for node in violation["nodes"][:5]
    )
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{nodes}"
