"""Check digits and shapes of the numbers this domain writes: resident IDs, credit codes, cards."""

from __future__ import annotations

import datetime as dt
import re

from stdnum import luhn, numdb
from stdnum.cn import ric, uscc

_PROVINCES = frozenset(
    re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818283")
)
_KINDS_OF_ENTITY = frozenset(
    re.findall("..", "11121319212931323334353941495152535961697172798189919293A1A9N1N2N3N9Y1")
)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return 1880 <= year <= 2100


def has_id_shape(number: str) -> bool:
    """18 characters with a province and a real date: a resident ID, perhaps mistyped."""
    return (
        len(number) == 18
        and number[:17].isdecimal()
        and (number[17].isdecimal() or number[17] == "X")
        and number[:2] in _PROVINCES
        and _is_date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    )


def is_resident_id(number: str) -> bool:
    """Whether an 18-character number is a resident ID by province, date and check character."""
    return has_id_shape(number) and ric.calc_check_digit(number) == number[17]


def is_old_resident_id(number: str) -> bool:
    """Whether 15 digits can be an old resident ID: province and a date of the last century."""
    return (
        len(number) == 15
        and number.isdecimal()
        and number[:2] in _PROVINCES
        and _is_date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
    )


def is_credit_code(number: str) -> bool:
    """Whether 18 characters are a unified social credit code by alphabet and check character."""
    return bool(uscc.is_valid(number))


def is_surely_credit_code(number: str) -> bool:
    """A credit code whose parts agree too: kind of entity, region, inner organisation code.

    GB 32100 and GB 11714. Of resident IDs one in 31 passes `is_credit_code`, of those whose
    place happens to read as another region about one in 340 passes this.
    """
    return (
        is_credit_code(number)
        and number[:2] in _KINDS_OF_ENTITY
        and any(found for _, found in numdb.get("cn/loc").info(number[2:8]))
        and _organisation_check(number[8:16]) == number[16]
    )


def _organisation_check(code: str) -> str:
    total = sum(
        _ALPHABET.index(character) * weight
        for character, weight in zip(code, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]


def is_card(number: str) -> bool:
    """Whether 16 to 19 digits are a payment card number (Luhn, an issuer of 3-6 or 9)."""
    return (
        16 <= len(number) <= 19
        and number.isdecimal()
        and number[0] in "34569"
        and bool(luhn.is_valid(number))
    )
