"""Which forms there are, and for each a page that shows it to somebody who may use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from accounts.models import User
from tests.fuzz.controls import Page, PageForm, path_of
from tests.fuzz.scene import hanging_on, people
from tests.fuzz.values import base_of
from tests.scope.addresses import Address, addresses
from workflow import api
from workflow.engine.papers import ABOUT
from workflow.selectors.made_documents import forms_in_use
from workflow.views.made_documents import form_codes

#: Codes under which the page of a step shows no form.
CLOSING = {"wrong_state", "out_of_scope", "no_permission", "internal"}
#: Pages asked for one form before it counts as out of reach.
PATIENCE = 60


@dataclass(frozen=True)
class Wanted:
    """One form that has to be found: an address that takes POST, and its words."""

    address: Address
    words: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return " ".join((self.address.name, *self.words))


@dataclass
class Found:
    """A form, before whom it lies, and whether good faith alone gets through."""

    name: str
    person: User | None
    form: PageForm
    is_fair: bool = False


def takes_post(address: Address) -> bool:
    view = getattr(address.view, "view_class", None)
    return view is None or ("post" in view.http_method_names and hasattr(view, "post"))


def wanted() -> list[Wanted]:
    """Every form of ours, from the register of addresses and the catalogue of steps."""
    found = []
    for address in addresses():
        if address.is_ours and takes_post(address):
            words = [_words(address, said) for said in address.arguments.values()]
            found += [Wanted(address, chosen) for chosen in product(*filter(None, words))]
    return [form for form in found if not _is_internal(form)]


def _is_model(said: Any) -> bool:
    return isinstance(said, type)


def _words(address: Address, said: Any) -> list[str]:
    """Of the forms of documents two of each kind of subject: contents, served by one seam."""
    if said is form_codes:
        machine = address.name.partition(":")[0].removeprefix("workflow_")
        return [code for about in ABOUT.get(machine, ()) for code in _richest(about)]
    return [] if _is_model(said) else list(said())


def _richest(about: str) -> list[str]:
    """The two forms about such a subject with the most kinds of fields to type."""
    forms = forms_in_use().filter(about=about).order_by("code")
    kinds = {form.code: len({field["kind"] for field in form.fields}) for form in forms}
    return sorted(kinds, key=lambda code: -kinds[code])[:2]


def _is_internal(form: Wanted) -> bool:
    bound = [api.catalogue().get(word) for word in form.words]
    return any(b is not None and b.transition.internal for b in bound)


def name_of(form: PageForm) -> str:
    """The name the form would be wanted by; empty when no address of ours takes it."""
    try:
        match = resolve(path_of(form.action))
    except Resolver404:
        return ""
    return " ".join((match.view_name, *(v for v in match.kwargs.values() if isinstance(v, str))))


class Reach:
    """Opens pages and remembers the forms on them."""

    def __init__(self) -> None:
        self.people: list[User | None] = list(people())
        self.clients: dict[Any, Client] = {}
        self.seen: dict[str, list[Found]] = {}
        self.broken: list[str] = []
        self.hanging: dict[Any, dict] = {}

    def client(self, person: User | None) -> Client:
        key = person and person.pk
        if key not in self.clients:
            self.clients[key] = Client(raise_request_exception=False)
            if person is not None:
                self.clients[key].force_login(person)
        return self.clients[key]

    def open(self, person: User | None, url: str) -> list[Found]:
        """The forms of that page, for that person."""
        answer = self.client(person).get(url)
        if answer.status_code >= 500:
            self.broken.append(f"{person} breaks GET {url}")
        if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
            return []
        found = [Found(name_of(form), person, form) for form in Page(url, answer.content).forms()]
        for one in found:
            self.seen.setdefault(f"{one.form.method} {one.name}", []).append(one)
        return found

    def survey(self, pattern: str) -> None:
        """Open the page of every record of such a name: some forms stand on the page of another."""
        for address in addresses():
            if re.match(pattern, address.name) and address.name.endswith(":inspect"):
                ((argument, model),) = address.arguments.items()
                for record, person in product(self._records([model]), self.people):
                    self.open(person, reverse(address.name, kwargs={argument: record.pk}))

    def candidates(self, form: Wanted) -> Iterator[Found]:
        """Each page that shows the form, people and records in turn."""
        for number, (person, url) in enumerate(self._pages(form)):
            if number > PATIENCE:
                break
            for found in self.open(person, url):
                if found.form.method == "post" and found.name == form.name:
                    yield found
        yield from self.seen.get(f"post {form.name}", [])

    def _pages(self, form: Wanted) -> Iterator[tuple[User | None, str]]:
        address = form.address
        models = [said for said in address.arguments.values() if _is_model(said)]
        for record in self._records(models):
            for url in self._urls(form, record):
                for person in self.people:
                    if self._may_open(form, record, person):
                        yield person, url
        for led in self.lists:
            if led.name == form.name:
                picked = urlencode(base_of(led.form), doseq=True)
                yield led.person, f"{path_of(led.form.action)}?{picked}"

    @cached_property
    def lists(self) -> list[Found]:
        """What stands on the lists by GET: filters, and acts on the rows one picks."""
        pages = [reverse(a.name) for a in addresses() if a.is_ours and a.name.endswith(":index")]
        opened = [self.open(person, url) for url, person in product(pages, self.people)]
        return [one for found in opened for one in found if one.form.method == "get"]

    def _records(self, models: list[type]) -> list[Any]:
        if not models:
            return [None]
        return list(models[0]._base_manager.order_by("-pk")[:60])

    def _urls(self, form: Wanted, record: Any) -> Iterator[str]:
        words = iter(form.words)
        options: list[list[Any]] = []
        for said in form.address.arguments.values():
            if not _is_model(said):
                options.append([next(words)])
            elif isinstance(record, said):
                # an address about two of a kind: the record, and another
                options.append([r.pk for r in self._others(record)] if options else [record.pk])
            else:
                options.append([row.pk for row in self._hanging(record).get(said, [])[:2]])
        for values in product(*options):
            kwargs = dict(zip(form.address.arguments, values, strict=True))
            try:
                yield reverse(form.address.name, kwargs=kwargs)
            except NoReverseMatch:
                continue

    def _others(self, record: Any) -> list[Any]:
        return [other for other in self._records([type(record)]) if other != record][:2]

    def _hanging(self, record: Any) -> dict:
        key = (type(record), record.pk)
        if key not in self.hanging:
            self.hanging[key] = hanging_on(record)
        return self.hanging[key]

    def _may_open(self, form: Wanted, record: Any, person: Any) -> bool:
        for word in form.words:
            if (bound := api.catalogue().get(word)) is None:
                continue
            if bound.transition.machine != getattr(record, "machine", None):
                return False
            found = api.refusals(api.attempt_of(record, word, person))
            return not CLOSING & {refusal.code for refusal in found}
        return True
