"""Every staff address of casework and the model of each of its arguments.

The generated scope test walks this: an address whose arguments are not registered fails it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import models

#: A model (the argument is a primary key), or a function that gives the values it may have.
Argument = type[models.Model] | Callable[[], Sequence[str]]

_routes: dict[str, dict[str, Argument]] = {}


def register(url_name: str, arguments: Mapping[str, Argument]) -> None:
    """Say what the arguments of ``namespace:name`` are; an address without any has none."""
    _routes[url_name] = dict(arguments)


def routes() -> Mapping[str, Mapping[str, Argument]]:
    """Every registered address by its name."""
    return _routes
