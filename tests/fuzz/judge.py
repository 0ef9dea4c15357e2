"""Sends forms and says what was wrong with the answers; nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from tests.everything import everything
from tests.fuzz.controls import Control, Page, PageForm, path_of
from tests.fuzz.reach import Found, Reach
from tests.fuzz.values import DATES, MARK, TYPED, base_of, odd, rows, wrong

#: Written by every request (the session) or by a refusal itself: who knocked in vain.
MAY_WRITE = ("sessions.Session", "accounts.AccountEvent", "accounts.SignInCount")
#: A rare and heavy step is confirmed anew each time it is sent.
CONFIRMATION = "confirm"
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


class Judge:
    """``complaints`` is empty when every answer was as it should be; ``sent`` counts them."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.complaints: list[str] = []
        self.sent = 0

    @cached_property
    def before(self) -> dict[str, list[tuple]]:
        """What stands in the database: first asked for when all pages were opened."""
        return everything(but=MAY_WRITE)

    def choose(self, candidates: Iterator[Found]) -> Found | None:
        """One that good faith gets through, or else the first."""
        first = None
        for number, found in enumerate(candidates):
            first = first or found
            with undone():
                found.is_fair = is_taken(self.send(found, base_of(found.form)))
            if found.is_fair:
                return found
            if number >= 3:
                break
        return first

    def send(self, found: Found, data: dict):
        self.sent += 1
        for value in (v for values in data.values() for v in values or []):
            if hasattr(value, "seek"):
                value.seek(0)
        sent = {name: values for name, values in data.items() if values is not None}
        client = self.reach.client(found.person)
        cookies = client.cookies.copy()
        try:
            if found.form.method == "get":
                return client.get(path_of(found.form.action), sent)
            return client.post(found.form.action, sent)
        finally:
            client.cookies = cookies

    def together(self, found: Found) -> None:
        """Every control wrong at once, by rank: each says so itself."""
        controls = found.form.controls
        ranks = max((len(wrong(c)) for c in controls.values()), default=0)
        for rank in range(ranks):
            data, bad = base_of(found.form), set()
            for name, control in controls.items():
                if values := wrong(control):
                    data[name] = values[rank % len(values)]
                    bad.add(name)
            self.judge(found, data, bad=bad)

    def rows(self, found: Found) -> None:
        """Impossible numbers of rows among what is typed in good faith."""
        for name, control in found.form.controls.items():
            for values in rows(control):
                self.judge(found, {**base_of(found.form), name: values})

    def one_by_one(self, found: Found) -> None:
        """One control strange, the others in good faith."""
        for name, control in found.form.controls.items():
            for values in odd(control):
                self.judge(found, {**base_of(found.form), name: values}, strange=name)

    def judge(self, found: Found, data: dict, *, bad=frozenset(), strange: str = "") -> None:
        """Send it, and compare what came of it with what should."""
        said = _named(found, data, {*bad, strange})
        files, _before = _files(), self.before
        with undone():
            with written() as wrote:
                answer = self.send(found, data)
            self._judge(found, data, answer, said, bad, strange)
            refused = answer.status_code >= 400
            if refused and wrote and everything(but=MAY_WRITE) != self.before:
                self.complain(said, "refused, and something changed")
            if refused and _files() != files:
                self.complain(said, "refused, and a file stayed")

    def complain(self, said: str, what: str) -> None:
        self.complaints.append(f"{what}: {said}")

    def _judge(self, found, data, answer, said, bad, strange) -> None:
        status = answer.status_code
        if status >= 500:
            return self.complain(said, f"breaks with {_why(answer)}")
        if is_taken(answer):
            if bad:
                self.complain(said, "taken though it cannot be")
            return self._shown_again(found, answer, said)
        if "html" not in answer.headers.get("Content-Type", ""):
            return None
        page = Page(path_of(found.form.action), answer.content)
        self._escaped(page, said)
        form = same_form(page, found.form)
        if form is None and status == 200:
            return None  # the act was done and its page shown
        if form is None:
            return self._typed_anyway(found, data, page, said)
        if found.form.method == "post" and status != 404:
            self._marked(found, data, form, page, said, bad, strange)
        self._kept(found, data, form, said)
        return None

    def _shown_again(self, found, answer, said) -> None:
        """The page one is sent to, where the strange text is now shown."""
        if answer.status_code in (301, 302, 303):
            followed = self.reach.client(found.person).get(answer.url)
            if followed.status_code >= 500:
                self.complain(said, f"taken, and then {answer.url} breaks with {_why(followed)}")
            elif "html" in followed.headers.get("Content-Type", "") and not followed.streaming:
                self._escaped(Page(answer.url, followed.content), said)

    def _escaped(self, page: Page, said: str) -> None:
        if page.tree.xpath(f"//script[contains(., '{MARK}')] | //img[@onerror]"):
            self.complain(said, "what was typed is part of the page")
        if "835387" in page.texts():
            self.complain(said, "what was typed is computed")

    def _marked(self, found, data, form, page, said, bad, strange) -> None:
        for name in bad:
            control = form.controls.get(name)
            if control is not None and not control.error:
                self.complain(_named(found, data, {name}), "nothing wrong is said beside it")
        if strange and found.is_fair:
            errors = [c.name for c in form.controls.values() if c.error]
            label = form.controls[strange].label if strange in form.controls else ""
            if not errors and not page.alerts.strip():
                self.complain(said, f"refused without a word, {strange} was strange")
            elif not errors and label and label not in page.alerts:
                self.complain(said, f"refused, but not at a field: {page.alerts[:120]}")

    def _kept(self, found: Found, data: dict, form: PageForm, said: str) -> None:
        for name, values in data.items():
            control = form.controls.get(name)
            if name == CONFIRMATION:
                continue
            if control is not None and not is_kept(control, values):
                self.complain(
                    _named(found, data, {name}), f"{name} is lost: {control.values!r:.80}"
                )

    def _typed_anyway(self, found, data, page, said) -> None:
        """No form came back: what was typed stands on the page some other way."""
        texts = plain(page.texts())
        for name, values in data.items():
            control = found.form.controls.get(name)
            if control is None or control.kind not in ("text", "textarea"):
                continue
            for value in values or []:
                if plain(value) not in texts:
                    self.complain(said, f"{name} is lost with the form")


def is_taken(answer) -> bool:
    if answer.status_code in (301, 302, 303):
        return True
    return answer.status_code == 200 and "html" not in answer.headers.get("Content-Type", "")


def same_form(page: Page, form: PageForm) -> PageForm | None:
    """The form of the answer that the sent one became."""
    for other in page.forms():
        same = (other.method, path_of(other.action), other.button)
        if same == (form.method, path_of(form.action), form.button) and (
            not form.controls or set(other.controls) & set(form.controls)
        ):
            return other
    return None


def is_kept(control: Control, values: list | None) -> bool:
    """Whether the control still says what was sent; passwords, files and hidden ones need not."""
    sent = list(values or [])
    if control.kind in TYPED - {"password"} | {"number"} | set(DATES):
        return [plain(v) for v in control.values] == [plain(v) for v in sent or [""]]
    if control.kind in ("select", "selects", "checkbox", "radio") and sent:
        known = {v for v in sent if v in control.choices}
        return known <= set(control.values) or (control.kind == "select" and len(sent) > 1)
    return True


def plain(value) -> str:
    """As a parser hands it back: other line ends, U+FFFD for zero, no control characters."""
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    text = text.replace("\r\n", "\n").replace("\x00", "\ufffd")
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32).strip()


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that write to what may not change."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.startswith(WRITES) and not any(f'"{_table(label)}"' in sql for label in MAY_WRITE):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def _table(label: str) -> str:
    from django.apps import apps

    return apps.get_model(label)._meta.db_table


def _files() -> int:
    root = Path(settings.PRIVATE_ROOT)
    return sum(1 for path in root.rglob("*") if path.is_file()) if root.exists() else 0


def _why(answer) -> str:
    said = getattr(answer, "exc_info", None)
    return f"{said[0].__name__}: {str(said[1])[:160]}" if said else str(answer.status_code)


def _named(found: Found, data: dict, names: set[str]) -> str:
    sent = ", ".join(f"{name}={data[name]!r:.60}" for name in sorted(names) if name in data)
    return f"{found.name} by {found.person}: {sent:.300}"
