"""A member of the bureau at the staff pages: opens records, takes steps, signs, by keyboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Locator, Page

from tests.browser.visitor import Hurried, Visitor
from workflow.engine.bind import catalogue

PRIMARY = "form[method=post] :is(.cw-actions, .tx-actions, .tq-actions) button[type=submit]"
PREFIX = {name: f"workflow_{name}" for name in ("lead", "case", "transfer", "measure")}


def label_of(name: str) -> str:
    """What a transition is called on the screens."""
    with translation.override("zh-hans"):
        return str(catalogue()[name].transition.label)


class Officer:
    """One signed-in person; each method starts and ends on a settled page."""

    def __init__(self, visitor: Visitor, page: Page | None = None) -> None:
        self.visitor = visitor
        self.page = page or visitor.page

    def second_tab(self) -> Officer:
        """The same person with one more tab of the same browser."""
        return Officer(self.visitor, self.visitor.tab())

    def hurried(self) -> Officer:
        """The same person in the same tab, on a way that was walked and checked before."""
        return Officer(Hurried(self.visitor), self.page)

    # ---- going to a record -----------------------------------------------------------------------

    def open(self, record: Any, *, tab: str = "", status: int = 200) -> Page:
        """The page of a lead, case, transfer or exposure, or one of its tabs."""
        query = f"?tab={tab}" if tab else ""
        return self.visitor.visit(f"{address(record)}{query}", status=status, page=self.page)

    def link(self, path: str) -> Locator:
        """The link in the main part that leads to ``path`` itself, whatever it asks there."""
        return self.page.locator(f'main a[href="{path}"], main a[href^="{path}?"]').first

    # ---- acts ------------------------------------------------------------------------------------

    def step(self, record: Any, name: str, /, *, confirm: bool = False, **fields: Any) -> Page:
        """Take a step from the record's page: press its link, fill its form, press its button."""
        self.open_step(record, name)
        self.fill(**fields)
        if confirm:
            self.visitor.tick_box(self.page.locator("main [name=confirm]"))
        return self.submit(label_of(name))

    def open_step(self, record: Any, name: str) -> Page:
        """Find the step on the record's page, in its fold if it is a heavy one, and press it."""
        self.open(record)
        path = address(record, "step", name)
        link = self.link(path)
        fold = self.page.locator("details:not([open])", has=self.page.locator(f'a[href="{path}"]'))
        if fold.count():
            self.visitor.reach(fold.locator("summary").first)
            self.page.keyboard.press("Enter")
        self.visitor.press(link)
        assert urlsplit(self.page.url).path == path
        return self.page

    def act(self, record: Any, tab: str, path: str, /, **fields: Any) -> Page:
        """An act beside the machine, from the link to it on one of the record's tabs."""
        self.open(record, tab=tab)
        self.visitor.press(self.link(path))
        self.fill(**fields)
        return self.submit()

    def submit(self, label: str = "") -> Page:
        """Press the one primary button, which is named by the act; it is done."""
        button = self.page.locator(PRIMARY).first
        if label:
            assert label in button.inner_text(), button.inner_text()
        before = self.page.url
        self.visitor.press(button)
        assert self.page.url != before, self.refused()
        return self.page

    def submit_in_vain(self) -> str:
        """Press the primary button; the same page comes back and says why."""
        before = self.page.url
        self.visitor.press(self.page.locator(PRIMARY).first)
        assert self.page.url == before
        return self.refused()

    def refused(self) -> str:
        """All reasons on the page, above the form and beside its fields."""
        found = self.page.locator(".cw-refused, .tx-refused, .error-message, .help-critical")
        return "\n".join(found.all_inner_texts())

    def sign_from_desk(self, number: str) -> Page:
        """Sign what waits, as one does in the morning: desk, record or proposal, signature."""
        self.visitor.visit("/admin/", page=self.page)
        waiting = self.page.locator("section", has=self.page.locator("#desk-waiting"))
        self.visitor.press(waiting.locator("a", has_text=number).first)
        if "/approvals/" not in self.page.url:
            self.visitor.press(self.page.locator('main a[href*="/approvals/"]').first)
        return self.answer("sign")

    def sign(self, record: Any) -> Page:
        """Read what waits on the record's page, and sign it."""
        self.open(record)
        self.visitor.press(self.page.locator('main a[href*="/approval"]').first)
        return self.answer("sign")

    def answer(self, answer: str) -> Page:
        """Press the button that answers the proposal on the page."""
        before = self.page.url
        self.visitor.press(self.page.locator(f"main button[value={answer}]"))
        assert self.page.url != before, self.refused()
        return self.page

    # ---- forms -----------------------------------------------------------------------------------

    def fill(self, **fields: Any) -> None:
        """Fill fields by their names: text, True for a box, a list for several boxes."""
        for name, value in fields.items():
            self._put(self.page.locator(f'main form [name="{name}"]'), value)

    def _put(self, found: Locator, value: Any) -> None:
        first = found.first
        kind = first.evaluate("node => node.type || node.tagName.toLowerCase()")
        if kind == "checkbox":
            wanted = value if isinstance(value, list) else [None]
            for item in wanted:
                box = first if item is None else found.and_(self._valued(item))
                self.visitor.tick_box(box)
        elif kind == "radio":
            self._radio(found, value)
        elif kind.startswith("select"):
            self.visitor.reach(first).select_option(value=str(value))
        elif kind == "file":
            name, content = value
            mime = "text/plain" if name.endswith(".txt") else "application/octet-stream"
            self.visitor.reach(first).set_input_files(
                {"name": name, "mimeType": mime, "buffer": content}
            )
        elif kind in {"date", "datetime-local"}:
            self.visitor.reach(first).fill(str(value))
        else:
            self.visitor.type_into(first, str(value))

    def _radio(self, found: Locator, value: Any) -> None:
        """Tab to the group, then the arrows."""
        wanted = found.and_(self._valued(value))
        checked = found.and_(self.page.locator(":checked"))
        self.visitor.reach(checked.first if checked.count() else found.first)
        self.page.keyboard.press("Space")
        for _press in range(found.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"The arrows do not reach {value}.")

    def _valued(self, value: Any) -> Locator:
        return self.page.locator(f'[value="{value}"]')

    def said(self, text: str) -> None:
        """The message at the top of the page says so."""
        messages = self.page.locator(".messages, [data-messages]").all_inner_texts()
        assert any(text in message for message in messages), messages


def address(record: Any, page: str = "inspect", *args: Any) -> str:
    """The staff address of a page of a record."""
    prefix = PREFIX.get(record.machine, "plugins:exposures")
    return reverse(f"{prefix}:{page}", args=[record.pk, *args])
