"""The columns of the spreadsheet: what each is called, what it holds, what is longest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import workflow

DATA = Path(workflow.__path__[0]) / "data" / "import_columns.json"
#: How the first cell of the template's row of explanations begins: such a row is skipped.
EXPLANATION = "说明"


@dataclass(frozen=True, slots=True)
class Column:
    """``title`` is the heading in the file; ``series`` the class of a number."""

    name: str
    title: str
    kind: str
    help: str = ""
    longest: int = 200
    required: bool = False
    series: str = ""


@cache
def columns() -> dict[str, Column]:
    """Every column by its name, in the template's order."""
    entries = json.loads(DATA.read_text(encoding="utf-8"))
    return {entry["name"]: Column(**entry) for entry in entries}


def titled(name: str) -> str:
    """The heading of a column."""
    return columns()[name].title
