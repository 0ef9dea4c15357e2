"""Dates, money and texts as they stand in a document."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
#: The largest amount that can be said: below 万亿 yuan.
_TOO_MUCH = 10**14


def day(value: date | datetime | None) -> str:
    """2021年5月11日; "" for none. A moment counts in the bureau's time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """2021年5月11日9时05分; "" for none."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}{local.hour}时{local.minute:02d}分"


def yuan(fen: int | None) -> str:
    """5,000.00元; "" for none."""
    return "" if fen is None else f"{Decimal(fen) / 100:,.2f}元"


def amount_in_words(fen: int) -> str:
    """The amount in capitals as on a voucher, e.g. 壹万零伍佰元叁角整.

    Raises ``ValueError`` for a negative amount and one that no fine reaches.
    """
    if not 0 <= fen < _TOO_MUCH:
        raise ValueError(f"An amount of {fen} fen cannot be written in words.")
    whole, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    said = f"{_whole(whole)}元" if whole or not rest else ""
    if not rest:
        return f"{said}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif whole:
        said += "零"
    return f"{said}{_DIGITS[cent]}分" if cent else f"{said}整"


def _whole(number: int) -> str:
    if not number:
        return "零"
    said, gap = "", False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += "零"
        said += _group(group) + _GROUPS[place]
        gap = False
    return said


def _group(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return said


def text(value: str) -> str:
    """What was typed over several lines: every line a paragraph of its own."""
    return "\a".join(line.strip() for line in value.splitlines() if line.strip())


def typed(kind: str, value: Any) -> Any:
    """What an officer typed into a field of this kind, as the document says it."""
    if not isinstance(value, str):
        return value
    if kind == "date":
        return day(parse_date(value)) or value
    if kind == "moment":
        return moment(parse_datetime(value)) or value
    return text(value) if kind == "text" else value
