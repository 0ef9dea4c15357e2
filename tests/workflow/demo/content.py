"""The demo's files as the tests read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3] / "workflow"
DEMO = ROOT / "demo" / "data"

Entry = dict[str, Any]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


LEADS: list[Entry] = read(DEMO / "leads.json")
CASES: list[Entry] = read(DEMO / "cases.json")
EXPOSURES: list[Entry] = read(DEMO / "exposures.json")
DEPTH: dict[str, list[Entry]] = read(DEMO / "depth.json")
USERS: list[Entry] = read(DEMO / "users.json")
TYPES: list[Entry] = read(ROOT / "data" / "violation_types.json")
CAMPAIGNS: list[Entry] = [read(path) for path in sorted((ROOT / "data/campaigns").glob("*.json"))]
PARTIES: list[Entry] = [party for case in CASES for party in case["parties"]]
SUBJECTS: list[Entry] = [lead["subject"] for lead in LEADS]
SPOT_PARTIES: list[Entry] = [row["party"] for row in DEPTH["on_the_spot"]]
REPORTERS: list[Entry] = [lead["reporter"] for lead in LEADS if lead["reporter"]]

TEXT_TOKEN = re.compile(r"\{(date|month|year|moment):([+-]\d+)\}")


def strings(value: Any) -> Iterator[str]:
    """Every string inside ``value``, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def length(text: str) -> int:
    """Characters as a reader sees them: a token counts as the date it becomes."""
    return len(TEXT_TOKEN.sub("2021年5月11日", text))


def served(party: Entry, document: str) -> int | None:
    """How many days ago the document was served on the party."""
    days = [s["days_ago"] for s in party["services"] if s["document"] == document]
    return days[0] if days else None


def natural_persons() -> set[str]:
    """Everybody whose name must not appear in public, the bureau's people included."""
    names = {party["name"] for party in [*PARTIES, *SUBJECTS] if party["kind"] == "person"}
    names |= {party["legal_rep"] for party in [*PARTIES, *SUBJECTS]}
    names |= {reporter["name"] for reporter in REPORTERS} | {user["name"] for user in USERS}
    return names - {""}
