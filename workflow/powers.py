"""Which law lets the bureau preserve, seal or seize; a category offers only its lawful powers."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from workflow.models import Case, Measure

_FILE = Path(__file__).parent / "data" / "powers.json"


@dataclass(frozen=True, slots=True)
class Power:
    """One article that gives the power; ``superior``: a bureau of city level approves first."""

    code: str
    law: str
    article: str
    kinds: tuple[str, ...]
    superior: bool = False
    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"

    def holds(self, on: date) -> bool:
        """Whether the article was in force on a day."""
        return (self.since or on) <= on <= (self.until or on)


@cache
def powers() -> tuple[Power, ...]:
    """Every power that is shipped, in the order of the file."""
    return tuple(_read(entry) for entry in json.loads(_FILE.read_text(encoding="utf-8")))


def find(code: str) -> Power | None:
    """The power of that code."""
    return next((power for power in powers() if power.code == code), None)


def powers_for(case: Case, on: date) -> list[Power]:
    """What this case's categories allow on a day.

    Preservation of evidence is open to every case (行政处罚法 art. 56); sealing and seizure only
    under a law one of its categories names, or under any when it has no category.
    """
    named = laws_of(case)
    return [
        power
        for power in powers()
        if power.holds(on)
        and (Measure.Kind.PRESERVE in power.kinds or named is None or power.law in named)
    ]


def laws_of(case: Case) -> Collection[str] | None:
    """Names of the laws the case's categories are about; None for a case without a category."""
    categories = [*([case.category] if case.category else []), *case.other_categories.all()]
    if not categories:
        return None
    return {str(entry.get("law", "")) for category in categories for entry in category.laws}


def _read(entry: dict[str, object]) -> Power:
    days = {
        name: date.fromisoformat(str(entry[key]))
        for name, key in (("since", "from"), ("until", "until"))
        if key in entry
    }
    return Power(
        code=str(entry["code"]), law=str(entry["law"]), article=str(entry["article"]),
        kinds=tuple(entry["kinds"]),  # type: ignore[arg-type]  # a list of codes
        superior=bool(entry.get("superior")), **days,
    )  # fmt: skip
