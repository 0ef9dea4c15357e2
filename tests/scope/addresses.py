"""Every address there is, from the resolver: a new one is walked without a line here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import URLResolver, get_resolver

from workflow.views.routes import routes

NOT_OURS = ("wagtail", "django")


@dataclass(frozen=True)
class Address:
    """One address; ``arguments`` says what each argument is, None where nobody said it."""

    name: str
    route: str
    view: Any
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def module(self) -> str:
        return getattr(self.view, "view_class", self.view).__module__

    @property
    def is_ours(self) -> bool:
        return not self.module.startswith(NOT_OURS)

    @property
    def models(self) -> dict[str, type[models.Model]]:
        return {n: m for n, m in self.arguments.items() if isinstance(m, type)}

    @property
    def unregistered(self) -> list[str]:
        return [name for name, said in self.arguments.items() if said is None]


def addresses(urlconf: str | None = None) -> list[Address]:
    """Every named address, the stock ones of Wagtail included."""
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (space, pattern.namespace)))
            yield from _walk(pattern, route, inner)
        elif pattern.name:
            name = f"{space}:{pattern.name}" if space else pattern.name
            arguments = _arguments(name, pattern)
            yield Address(name, route, pattern.callback, arguments)


def _arguments(name: str, pattern: Any) -> dict[str, Any]:
    """From the register; the administrators' own screens say it by the model of their view."""
    known = dict(routes().get(name, {}))
    given = getattr(pattern.callback, "view_initkwargs", {}).get("model")
    if pattern.pattern.regex.groups and not pattern.pattern.regex.groupindex:
        return {"path": None}  # the page tree: one unnamed argument
    return {
        argument: known.get(argument, given if argument == "pk" else None)
        for argument in pattern.pattern.regex.groupindex
    }
