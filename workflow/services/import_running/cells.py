"""What a typed cell means: text, day, money, choice. ``WrongCellError`` says what to do instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from accounts.clock import today
from accounts.text import unreadable
from workflow.clocks.sane import EARLIEST
from workflow.identity import resident_number
from workflow.services.import_running.reading import Formula

#: Marks that turn the direction of text: what is read is then not what is stored.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_FORMULA = ("=", "+", "@", "-")
_LARGEST_FEN = 10**15
_MOST_DAYS = 3660


class WrongCellError(ValueError):
    """The cell cannot be taken as it is."""


def text(cell: Any, *, longest: int) -> str:
    """Text of people: no control or turning marks, no formula, not too long."""
    if isinstance(cell, Formula):
        raise WrongCellError(_("The cell holds a formula: paste its value."))
    if isinstance(cell, bool | date):
        raise WrongCellError(_("The cell holds a date or a yes/no: format it as text."))
    if isinstance(cell, int | float):
        cell = _number_as_text(cell)
    found = str(cell).strip(" \u3000\t\r\n")
    if len(found) > longest:
        message = _("The text is longer than %(n)d characters: shorten it.")
        raise WrongCellError(message % {"n": longest})
    if char := unreadable(found) or _TURNING.search(found):
        message = _("The text holds an unreadable character (U+%(code)04X): delete it.")
        raise WrongCellError(message % {"code": ord(char[0])})
    if found.startswith(_FORMULA):
        raise WrongCellError(_("The text begins like a formula: delete the first character."))
    return found


def _number_as_text(value: float) -> str:
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    if abs(value) >= 10**15:
        raise WrongCellError(_("Excel has rounded this number: format the cell as text first."))
    return str(int(value))


def day(cell: Any) -> date:
    """A day from 1990 until today."""
    if isinstance(cell, Formula):
        raise WrongCellError(_("The cell holds a formula: paste its value."))
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = _typed_day(str(cell).strip())
    if found < EARLIEST:
        raise WrongCellError(_("The date lies before 1990: correct it."))
    if found > today():
        raise WrongCellError(_("The date lies in the future: correct it."))
    return found


def _typed_day(typed: str) -> date:
    match = _DAY.fullmatch(typed)
    try:
        return date(*(int(part) for part in match.groups())) if match else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise WrongCellError(_("This is no date: write it as 2026-03-05."))


def money(cell: Any) -> int:
    """An amount in yuan, as fen."""
    if isinstance(cell, bool | date | Formula):
        raise WrongCellError(_("This is no amount in yuan: write it as 5000 or 5000.50."))
    typed = (
        str(cell).strip().replace(",", "").replace("，", "").removeprefix("¥").removeprefix("￥")
    )
    try:
        yuan = Decimal(typed.removesuffix("元"))
    except InvalidOperation:
        yuan = Decimal("NaN")
    if not yuan.is_finite():
        raise WrongCellError(_("This is no amount in yuan: write it as 5000 or 5000.50."))
    if yuan < 0:
        raise WrongCellError(_("An amount is not negative."))
    fen = yuan * 100
    if fen != fen.to_integral_value() or fen > _LARGEST_FEN:
        raise WrongCellError(_("An amount has at most two decimals and is below 10 trillion."))
    return int(fen)


def count(cell: Any) -> int:
    """A number of days from 1."""
    typed = str(cell).strip().removesuffix("日").removesuffix("天").removesuffix(".0")
    if isinstance(cell, bool) or not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
        raise WrongCellError(_("Write a whole number of days."))
    if not 1 <= int(typed) <= _MOST_DAYS:
        raise WrongCellError(_("Write a number of days between 1 and %(n)d.") % {"n": _MOST_DAYS})
    return int(typed)


def flag(cell: Any) -> bool:
    """是 or 否."""
    typed = str(cell).strip()
    if typed not in ("是", "否"):
        raise WrongCellError(_("Write 是 or 否."))
    return typed == "是"


def credit_code(cell: Any) -> str:
    found = text(cell, longest=40).replace(" ", "").upper()
    if not uscc.is_valid(found):
        raise WrongCellError(_("The credit code's check digit is wrong: look at the licence."))
    return str(uscc.compact(found))


def identity_number(cell: Any) -> str:
    try:
        return resident_number(text(cell, longest=40).replace(" ", "").upper())
    except ValidationError as error:
        message = _("The ID number's check digit is wrong: look at the card.")
        raise WrongCellError(message) from error


def choice(cell: Any, labels: Mapping[str, str]) -> str:
    """The code of a label; ``labels``: what is typed (see ``plain``) to the code."""
    typed = plain(text(cell, longest=100))
    if typed in labels:
        return labels[typed]
    raise WrongCellError(unknown(typed, labels))


def plain(label: str) -> str:
    """A label as it is compared: no spaces, no 已 in front."""
    return "".join(label.split()).removeprefix("已")


def unknown(typed: str, known: Mapping[str, Any]) -> str:
    """That a word is not known, with the nearest ones that are."""
    near = get_close_matches(typed[:60], list(known), n=3, cutoff=0.4) or list(known)[:8]
    message = _("“%(typed)s” is not known here. Choose for example: %(near)s.")
    return message % {"typed": typed[:60], "near": "、".join(near)}
