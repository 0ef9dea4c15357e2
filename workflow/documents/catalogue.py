"""The forms that come with the software: ``forms.json``, and a docx for each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
SHIPPED = _HERE / "shipped"


@dataclass(frozen=True, slots=True)
class Field:
    """What an officer types: ``kind`` is line, text, date, moment or yes_no.

    ``source``: the datum of the step's form that fills it where a step makes the document.
    """

    name: str
    kind: str
    required: bool = False
    help: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form, as ``forms.json`` describes it."""

    code: str
    number: int
    name: str
    about: str
    series: str
    number_of: str
    when: str
    transitions: Sequence[str]
    makes: bool
    needed: bool
    per: str
    volume: str
    order: int
    law: str
    fields: Sequence[Field]


@cache
def forms() -> tuple[Form, ...]:
    """Every form, by number."""
    return tuple(_form(entry) for entry in _data()["forms"])


def form(code: str) -> Form:
    """The form of that code. Raises ``KeyError``."""
    return {found.code: found for found in forms()}[code]


def series() -> Mapping[str, Mapping[str, str]]:
    """Classes of numbers the forms count in: name and pattern."""
    found: Mapping[str, Mapping[str, str]] = _data()["series"]
    return found


def shipped(code: str) -> Path:
    """Where the form's docx lies."""
    return SHIPPED / f"{code}.docx"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_HERE / "forms.json").read_text(encoding="utf-8"))
    return data


def _form(entry: dict[str, Any]) -> Form:
    fields = tuple(Field(**field) for field in entry["fields"])
    return Form(**{**entry, "fields": fields, "transitions": tuple(entry["transitions"])})
