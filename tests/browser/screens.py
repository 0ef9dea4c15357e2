"""Pictures of the ten main pages at 390 and 1280 px, from a loaded demo.

``python -m tests.browser.screens http://127.0.0.1:8000`` saves them to ``var/screens/``; the server
must run with the demo (``make run``).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser.visitor import ARGUMENTS

FOLDER = Path(__file__).parents[2] / "var" / "screens"
WIDTHS = (390, 1280)
_LENGTH = (
    "Math.max(...[...document.querySelectorAll('main, body, .wrapper')].map(n => n.scrollHeight))"
)
PUBLIC = {
    "01-home": "/",
    "02-list": "/cases/",
    "03-case": "first of /cases/",
    "04-search": "/search/?q=食品",
}
STAFF = {
    "06-desk": "/admin/",
    "07-leads": "/admin/leads/",
    "08-cases": "/admin/cases/",
    "09-case": "first of /admin/cases/",
    "10-step": "first step of a case",
    "11-exposure": "first of /admin/plugins/exposures/",
}


def main() -> None:
    """Save every picture; says where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--password", default="tiequan-yanshi-2021")
    parser.add_argument("--handler", default="dadukou1")
    parser.add_argument("--editor", default="xuanchuan1")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        for width in WIDTHS:
            size = {"width": width, "height": 844 if width < 600 else 900}
            context = {"viewport": size, "locale": "zh-CN", "base_url": asked.address}
            public(browser.new_context(**context).new_page(), width)
            page = browser.new_context(**context).new_page()
            page.goto("/admin/login/")
            save(page, "05-login", width)
            sign_in(page, asked.handler, asked.password)
            staff(page, width)
            page = browser.new_context(**context).new_page()
            sign_in(page, asked.editor, asked.password)
            follow(page, "/admin/plugins/exposures/", 'main a[href*="/exposures/"]')
            save(page, "11-exposure", width)
        browser.close()
    sys.stdout.write(f"{FOLDER}\n")


def public(page: Page, width: int) -> None:
    """What a citizen sees."""
    for name, path in PUBLIC.items():
        if path.startswith("first"):
            follow(page, "/cases/", ".row-title a")
        else:
            page.goto(path)
        save(page, name, width)


def staff(page: Page, width: int) -> None:
    """What a handler sees."""
    for name in ("06-desk", "07-leads", "08-cases"):
        page.goto(STAFF[name])
        save(page, name, width)
    follow(page, "/admin/cases/", 'main tbody a[href^="/admin/cases/"]')
    save(page, "09-case", width)
    if (step := page.locator('main a[href*="/step/"]')).count():
        page.goto(str(step.first.get_attribute("href")))
    save(page, "10-step", width)


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the page."""
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow(page: Page, path: str, selector: str) -> None:
    """Open the first link of a list."""
    page.goto(path)
    links: Any = page.locator(selector)
    if links.count():
        page.goto(str(links.first.get_attribute("href")))


def save(page: Page, name: str, width: int) -> None:
    """The whole page, as long as it is."""
    page.wait_for_load_state("load")
    size = page.viewport_size or {"width": width, "height": 900}
    tall = page.evaluate(_LENGTH)  # the staff pages scroll inside the window
    page.set_viewport_size({"width": width, "height": max(size["height"], min(tall, 4000))})
    page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(size)


if __name__ == "__main__":
    main()
