"""Forms as a browser reads them off a page: controls, choices, what is typed, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html

BUTTONS = {"submit", "button", "reset", "image"}
#: What no tester types: the test client needs no token.
NOT_TYPED = {"csrfmiddlewaretoken"}


@dataclass
class Control:
    """One named control, or all boxes of one name. ``kind`` is what a person would call it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    label: str = ""
    longest: int | None = None
    accept: str = ""
    least: str = ""
    error: str = ""


@dataclass
class PageForm:
    """A form of a page at ``page``; ``button`` is the named button it is sent with."""

    page: str
    method: str
    action: str
    controls: dict[str, Control]
    button: tuple[str, str] | None = None


class Page:
    """An answer, parsed. ``alerts`` are the sentences the page says aloud."""

    def __init__(self, url: str, content: bytes) -> None:
        self.url = url
        text = content.decode(errors="replace").replace("\x00", "\ufffd")
        self.tree = html.fromstring(text or "<html></html>")
        self.ids = {element.get("id"): element for element in self.tree.xpath("//*[@id]")}
        self.alerts = " ".join(said(e) for e in self.tree.xpath("//*[@role='alert']"))
        self.alerts += " ".join(said(e) for e in self.tree.xpath("//*[contains(@class,'error')]"))

    def forms(self) -> list[PageForm]:
        """One for each form, and one more for each further named button of it."""
        found = []
        for form in self.tree.xpath("//form"):
            method = (form.get("method") or "get").lower()
            action = urljoin(self.url, form.get("action") or self.url)
            buttons = [
                (b.get("name"), b.get("value") or "")
                for b in self._of(form, "button")
                if b.get("name") and (b.get("type") or "submit") == "submit"
            ]
            for button in buttons or [None]:
                found.append(PageForm(self.url, method, action, self._controls(form), button))
        return found

    def texts(self) -> str:
        """Everything readable and everything typed."""
        values = [e.get("value") or "" for e in self.tree.xpath("//input")]
        return "\n".join([self.tree.text_content(), *values])

    def _of(self, form, *tags):
        named = form.get("id")
        for tag in tags:
            yield from form.xpath(f".//{tag}[not(@form)]")
            if named:
                yield from self.tree.xpath(f"//{tag}[@form='{named}']")

    def _controls(self, form) -> dict[str, Control]:
        found: dict[str, Control] = {}
        for element in self._of(form, "input", "select", "textarea"):
            name = element.get("name")
            kind = _kind(element)
            if (
                not name
                or kind in BUTTONS
                or name in NOT_TYPED
                or element.get("disabled") is not None
            ):
                continue
            control = found.setdefault(name, Control(name, kind))
            self._read(element, control)
        return found

    def _read(self, element, control: Control) -> None:
        control.longest = int(element.get("maxlength") or 0) or control.longest
        control.accept = element.get("accept") or ""
        control.least = element.get("min") or ""
        control.label = control.label or self._label(element)
        control.error = control.error or self._error(element)
        if control.kind in ("select", "selects"):
            options = element.xpath(".//option")
            control.choices = [_value(option) for option in options]
            chosen = [_value(o) for o in options if o.get("selected") is not None]
            control.values = chosen or (control.choices[:1] if control.kind == "select" else [])
        elif control.kind in ("checkbox", "radio"):
            control.choices.append(element.get("value") or "on")
            if element.get("checked") is not None:
                control.values.append(control.choices[-1])
        elif control.kind == "textarea":
            control.values.append((element.text or "").removeprefix("\n"))
        else:
            control.values.append(element.get("value") or "")

    def _label(self, element) -> str:
        labels = self.tree.xpath("//label[@for=$id]", id=element.get("id") or "-")
        return said(labels[0]).rstrip("*").strip() if labels else ""

    def _error(self, element) -> str:
        """What the control is described by, where that says it is wrong."""
        if element.get("aria-invalid") != "true":
            return ""
        around = [*element.iterancestors("fieldset", "div")][:4]
        described = " ".join(
            [element.get("aria-describedby") or ""]
            + [e.get("aria-describedby") or "" for e in around]
        )
        told = [self.ids[name] for name in described.split() if name in self.ids]
        return " ".join(
            said(e) for one in told for e in one.xpath(".//*[contains(@class,'error')]")
        ).strip()


def said(element) -> str:
    return " ".join(element.text_content().split())


def path_of(url: str) -> str:
    return urlsplit(url).path


def _value(option) -> str:
    value = option.get("value")
    return said(option) if value is None else value


def _kind(element) -> str:
    if element.tag == "select":
        return "selects" if element.get("multiple") is not None else "select"
    if element.tag == "textarea":
        return "textarea"
    return (element.get("type") or "text").lower()
