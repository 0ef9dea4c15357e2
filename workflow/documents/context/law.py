"""What a document cites and how many days it grants: the law of its own day, not of today.

``citations.json`` says which articles stand for a matter from which day on. Where the number in
the older text is not known the law alone is named; "" where the older law said nothing of it.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

from workflow.clocks import rules
from workflow.clocks.rule import ClockError, Rule
from workflow.clocks.store import rulebook

_DATA = Path(__file__).parents[1] / "citations.json"
#: Limits a document tells its reader, by their clocks.
_LIMITS = {"陈述申辩": "C23", "登记保存": "C16", "核查": "C1", "协助调查": "C21"}
_UNITS = {
    "working_day": "个工作日", "calendar_day": "日", "hour": "小时", "month": "个月", "year": "年",
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"


@cache
def citations() -> dict[str, tuple[tuple[date, str], ...]]:
    """Every matter a document cites articles for: from which day, what; earliest first."""
    read: dict[str, list[list[str]]] = json.loads(_DATA.read_text(encoding="utf-8"))
    return {
        matter: tuple((date.fromisoformat(day), said) for day, said in rows)
        for matter, rows in read.items()
    }


LAW = {f"法条.{matter}": "" for matter in citations()} | {f"期限.{name}": "" for name in _LIMITS}


def cited(on: date) -> dict[str, str]:
    """Matter → the articles in force on the day; those of the oldest text before all of them."""
    return {
        matter: next((said for day, said in reversed(rows) if day <= on), rows[0][1])
        for matter, rows in citations().items()
    }


def limits(on: date) -> dict[str, str]:
    """Limit → its length by the bureau's rules of the day, as 五个工作日; "" without one."""
    book = rulebook()
    return {name: _length(book.rules, code, on) for name, code in _LIMITS.items()}


def _length(known: tuple[Rule, ...], code: str, on: date) -> str:
    try:
        rule = rules.find(code, on, versions=known)
    except ClockError:
        return ""
    return f"{number(rule.amount)}{_UNITS[rule.unit]}" if rule.amount is not None else ""


def number(value: int) -> str:
    """A number in small Chinese numerals, as 十五; from 100 on in figures."""
    if not 0 <= value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
