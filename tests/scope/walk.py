"""Asks every address for every record and says what was wrong with the answers."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import product
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.scope.addresses import Address
from tests.scope.personas import READS, SIGNED_OUT
from tests.scope.words import COMMON, REPORTER, Secret

#: Shape of what is asked of an address without arguments: plain, searched, exported, other tabs.
QUERIES = (
    {}, {"q": COMMON}, {"export": "xlsx"}, {"export": "csv", "tab": "granted"},
    {"tab": "mine", "q": COMMON},
)  # fmt: skip
#: Who opens every page of which files.
THOROUGH = {"handler": "own", "second": "restricted", "stranger": "foreign", "head": "own"}
#: Whom Wagtail's own pages are tried with: editors, who work there, and one of each other kind.
EDITORIAL = ("editor", "checker", "handler", "head", "sysadmin", "anonymous")
#: One ends the session; the other is there to fail.
NOT_ASKED = ("wagtailadmin_logout", "wagtailadmin_error_test")
HOW_TO_REGISTER = (
    "nobody says what {arguments} of {name} ({route}) are: give the view an `arguments` mapping of "
    "argument to model (or to a function that gives its values), so that its scope can be tried"
)


def unregistered(found: list[Address]) -> list[str]:
    """Addresses of ours whose arguments nobody registered, in a sentence that says what to do."""
    return [
        HOW_TO_REGISTER.format(
            arguments=", ".join(address.unregistered), name=address.name, route=address.route
        )
        for address in found
        if address.is_ours and address.unregistered
    ]


class Walk:
    """One person before all addresses. ``complaints`` is empty when all is well."""

    def __init__(self, person: str, client: Client, secrets: list[Secret]) -> None:
        self.person, self.client, self.secrets = person, client, secrets
        self.complaints: list[str] = []
        self.read: set[str] = set()
        reads = READS[person]
        self.hidden = [s for s in secrets if s.kind not in reads]
        # Who reads nothing at all meets one file of each kind: the others are hidden alike.
        self.tried = [s for s in secrets if reads or s.kind[0] in ("own", "restricted")]
        self.forbidden = [w for s in self.hidden for w in s.words] + [REPORTER]

    def records(self, found: list[Address]) -> None:
        """Every address of ours about one record: a hidden one is not found, whatever is sent."""
        for address in found:
            if address.is_ours and address.models:
                for secret in self.tried:
                    hidden = secret in self.hidden
                    if hidden or self._opens(address, secret):
                        for url in urls_of(address, secret):
                            self._record(url, secret, hidden=hidden)

    def _opens(self, address: Address, secret: Secret) -> bool:
        """Pages of what one may read are opened for what else they might show, choosers above all.

        The pages of one file by those whose work is different; the first page by everybody.
        """
        first = address.name.endswith(":inspect")
        return first or (self.person in THOROUGH and secret.kind[0] == THOROUGH[self.person])

    def acts(self, found: list[Address]) -> None:
        """The same by POST, for hidden records alone."""
        for address in found:
            if address.is_ours and address.models:
                for secret in (s for s in self.hidden if s in self.tried):
                    for url in urls_of(address, secret):
                        self._judge("POST", url, self.client.post(url, {"reason": "x"}), True)

    def lists(self, found: list[Address]) -> None:
        """Every address without arguments: plain, searched, exported."""
        for address in found:
            if not address.arguments and address.name not in NOT_ASKED:
                url = reverse(address.name)
                for query in self._queries(address):
                    self._judge("GET", url, self.client.get(url, query), False)

    def _queries(self, address: Address) -> tuple[dict[str, str], ...]:
        if not address.is_ours:
            return QUERIES[1:2] if self.person in EDITORIAL else ()
        return QUERIES if address.name.endswith(":index") else QUERIES[:1]

    def stock(self, found: list[Address]) -> None:
        """Wagtail's own addresses with arguments, asked for our records."""
        for address in found:
            if address.arguments and not address.is_ours:
                for url in stock_urls(address, self.secrets):
                    self._judge("GET", url, self.client.get(url), False)

    def _record(self, url: str, secret: Secret, *, hidden: bool) -> None:
        answer = self.client.get(url)
        self._judge("GET", url, answer, hidden, shows=() if hidden else secret.shows)
        if hidden and self.person == "stranger":
            self._judge("HEAD", url, self.client.head(url), hidden)

    def _judge(
        self, method: str, url: str, answer: Any, hidden: bool, *, shows: Sequence[str] = ()
    ) -> None:
        text = text_of(answer)
        if answer.status_code == 200:
            self.read |= {s.word for s in self.secrets if s.word in text}
        for word in self.forbidden:
            if word in text and word not in shows:
                self.complaints.append(f"{self.person} reads {word} at {method} {url}")
        if answer.status_code >= 500:
            self.complaints.append(f"{self.person} breaks {method} {url}")
        allowed = (302, 403, 404) if self.person in SIGNED_OUT else (404,)
        if hidden and answer.status_code not in allowed:
            said = f"{self.person} gets {answer.status_code} at {method} {url}"
            self.complaints.append(f"{said}: what is out of scope does not exist (404)")


def urls_of(address: Address, secret: Secret) -> Iterator[str]:
    """The address for this record and the rows that hang on it; none when it is not about it."""
    options = []
    for name in address.arguments:
        said = address.arguments[name]
        if isinstance(said, type):
            key = secret.pk_of(said)
            options.append([] if key is None else [key])
        else:
            # One seam serves all names of a step: the first and the last stand for the others.
            values = list(said() if callable(said) else ["x"])
            options.append(dict.fromkeys((values[0], values[-1])))
    if type(secret.record) not in address.models.values():
        return
    for values in product(*options):
        yield reverse(address.name, kwargs=dict(zip(address.arguments, values, strict=True)))


def stock_urls(address: Address, secrets: list[Secret]) -> Iterator[str]:
    """The address with the key and the model of a few records, where it takes such arguments."""
    if list(address.arguments) == ["path"]:
        yield reverse(address.name, args=[""])
        return
    seen = set()
    for secret in secrets[:2]:
        meta, pk = secret.record._meta, secret.record.pk
        words = {
            "app_label": meta.app_label, "app_name": meta.app_label,
            "content_type_app_name": meta.app_label, "model_name": meta.model_name,
            "content_type_model_name": meta.model_name, "action": "delete",
            "action_name": "delete", "filter_spec": "original", "uidb64": "x", "token": "x",
            "revision_id_a": "earliest", "revision_id_b": "latest",
        }  # fmt: skip
        values = {name: words.get(name, pk) for name in address.arguments}
        try:
            url = reverse(address.name, kwargs=values)
        except NoReverseMatch:
            continue
        if url not in seen:
            seen.add(url)
            yield f"{url}?id={pk}"


def text_of(answer: Any) -> str:
    """Headers and body as text; the parts of a spreadsheet unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return f"{answer.headers}\n{body.decode(errors='replace')}"
