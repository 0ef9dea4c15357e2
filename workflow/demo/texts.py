"""Demo texts tell dates relative to the day of loading."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_TOKEN = re.compile(r"\{(date|month|year|moment):([+-]?\d+)\}")
_SHAPES = {
    "date": "{0.year}年{0.month}月{0.day}日",
    "month": "{0.year}年{0.month}月",
    "year": "{0.year}",
    "moment": "{0:%Y-%m-%d}T09:30",
}


def read(name: str, *, today: date) -> Any:
    """A data file with every ``{date:-35}`` written out for a load on ``today``."""

    def written(match: re.Match[str]) -> str:
        return _SHAPES[match[1]].format(today + timedelta(days=int(match[2])))

    text = (DATA / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(_TOKEN.sub(written, text))
