"""Where in the file a paper lies: ``workflow/data/dossier.json`` and the forms' own places."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from workflow.models import DocumentForm

_FILE = Path(__file__).parents[2] / "data" / "dossier.json"
#: A volume (正卷, 副卷) and the place in it.
Place = tuple[str, int]


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data


def volumes() -> list[str]:
    """The volumes in the order they are bound."""
    return list(_data()["volumes"])


def place_of_form(form: DocumentForm) -> Place:
    """Where documents of the form lie; a form nobody placed lies in the part that stays inside."""
    if form.volume in volumes():
        return form.volume, form.order
    return _place(_data()["unplaced_form"])


def place_of_evidence(kind: str, role: str = "") -> Place:
    """Where a file of evidence lies: by what it proves (``proof_of_…``, ``of_lead``), or its kind.

    A kind that is not in the table lies with documentary evidence.
    """
    said = _data()["evidence"]
    if role:
        return _place(said[role])
    return _place(said["kinds"].get(kind, said["kinds"]["document"]))


def section(place: Place) -> str:
    """What the part of the volume is called."""
    volume, order = place
    named = {int(number): name for number, name in _data()["places"].get(volume, {}).items()}
    below = [number for number in named if number <= order]
    return str(named[max(below)]) if below else ""


def sort_key(place: Place) -> tuple[int, int]:
    """Sorts places as they are bound."""
    return volumes().index(place[0]), place[1]


def own_form(name: str) -> str:
    """The code of the form of ``cover``, ``contents`` or ``remarks``."""
    return str(_data()["own_forms"][name])


def own_forms() -> list[str]:
    """The codes of all three: a dossier makes its own, so none of them is bound into it."""
    return list(_data()["own_forms"].values())


def _place(said: list[Any]) -> Place:
    return str(said[0]), int(said[1])
