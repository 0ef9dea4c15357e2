"""Folding and tokens: one analysis for what is indexed and for what is typed.

Han runs become overlapping pairs with a trailing single character, so that every word, known to a
dictionary or not, is a phrase of pairs. Everything else becomes whole tokens; codes, dates and
numbers with hyphens get a token of their own besides, behind a break no phrase can cross.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SEGMENT = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}]+")

# Private-use characters: folding removes them from every text, so nobody can type one.
BREAK = "\ue000"
TAIL = "\ue001"
DATE = "\ue002"
DOCUMENT = "\ue003"

CODE_LENGTH = 8  # from here on letters and digits together are a code, and a tail may be typed
MAX_TOKENS = 16_000  # PostgreSQL counts positions up to 16,383
MAX_CHARACTERS = 100_000  # of one field; what follows is not found by search

_LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "○": "〇"}
_QUOTES = str.maketrans("“”„‟＂", '"' * 5)


class _Folding(dict[int, str]):
    """Fills itself: the folded form of each character asked for."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category == "Cf":  # soft hyphens and zero-width marks come along with copied text
            folded = ""
        elif category.startswith("C"):
            folded = " "
        else:
            parts = unicodedata.normalize("NFKD", character)
            kept = "".join(part for part in parts if unicodedata.category(part) != "Mn").lower()
            folded = "".join(_LETTERS.get(part, part) for part in kept)
        self[code] = folded
        return folded


FOLDING = _Folding()


def fold(text: str) -> str:
    """Full and half width, case, accents made alike; control characters become blanks.

    Character by character, so a place in the result can be traced to a place in ``text``.
    """
    return text.translate(_QUOTES).translate(FOLDING)


_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"(?<=[〕\])】}>》〉」])\s*第\s*(?=\d+\s*号)")


def canonical(text: str) -> str:
    """Fold, and write amounts and document numbers one way: 15,000 and 〔2021〕第12号."""
    return _ORDINAL.sub("", _THOUSANDS.sub("", fold(text)))


def grams(run: str) -> list[str]:
    """Pairs of a Han run and its last character: 瘦肉精 gives 瘦肉, 肉精, 精."""
    return [run[place : place + 2] for place in range(len(run))]


def _alphanumeric(token: str) -> list[str]:
    """Return gb2760 as gb, 2760, as people write it both ways; a code stays whole."""
    if len(token) >= CODE_LENGTH or token.isdigit():
        return [token]
    return re.findall(r"\d+|\D+", token)


def base_tokens(text: str) -> list[str]:
    """The tokens of canonical ``text`` in their order: what phrases are matched against."""
    found: list[str] = []
    for segment in SEGMENT.finditer(text):
        run = segment.group()
        found += grams(run) if segment.group("han") else _alphanumeric(run)
    return found


def is_code(token: str) -> bool:
    """Whether ``token`` is a code of which people may type the head or the tail."""
    return len(token) >= CODE_LENGTH and any(c.isdigit() for c in token) and token.isalnum()


DATES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[年./-]\s*(?P<month>1[0-2]|0?[1-9])"
    r"(?:\s*[月./-]\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?|\s*月(?!\s*\d))"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_NUMERALS = "〇一二三四五六七八九"
HAN_DATES = re.compile(
    rf"(?P<year>[一二][{_NUMERALS}零]{{3}})年(?P<month>[一二三四五六七八九十]{{1,2}})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})日"
)


def _numeral(text: str) -> int:
    """Return the value of 二〇二一 or of 二十一; anything else is a wrong date later."""
    text = text.replace("零", "〇")
    if "十" not in text:
        return int("".join(str(_NUMERALS.index(digit)) for digit in text))
    tens, _, ones = text.partition("十")
    return (_numeral(tens) if tens else 1) * 10 + (_numeral(ones) if ones else 0)


def date_token(match: re.Match[str]) -> str | None:
    """Return the token of a date or month found by one of the patterns; None for 30 February."""
    groups = match.groupdict()
    values = [groups[name] for name in ("year", "month", "day") if groups.get(name)]
    numbers = [int(v) if v.isdigit() else _numeral(v) for v in values]
    try:
        date(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1)
    except ValueError:
        return None
    return DATE + "".join(f"{number:02d}" for number in numbers)


def dates(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the dates and months written in canonical ``text``, in every usual way, with tokens."""
    for pattern in (DATES, _COMPACT, HAN_DATES):
        for match in pattern.finditer(text):
            if token := date_token(match):
                yield match, token


_DOCUMENTS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[〕\])】〉》」}>]\s*(\d{1,6})(?!\d)",
)


def document_tokens(text: str) -> list[str]:
    """The year and number of the document numbers in canonical ``text``: 〔2021〕12号."""
    found = _DOCUMENTS.findall(text)
    return [f"{DOCUMENT}{year}{DOCUMENT}{number}" for year, number in found]


HYPHENED = re.compile(r"(?<![a-z0-9-])\d+(?:-\d+)+(?![a-z0-9-])")


def code_tokens(text: str) -> list[str]:
    """The tokens of their own that canonical ``text`` gets besides its base tokens."""
    joined = [match.group().replace("-", "") for match in HYPHENED.finditer(text)]
    codes = [token for token in (*base_tokens(text), *joined) if is_code(token)]
    found = [*document_tokens(text), *(token for _match, token in dates(text)), *joined]
    found += [TAIL + code[::-1] for code in codes]
    return list(dict.fromkeys(found))


def index_tokens(text: str) -> list[str]:
    """Everything ``text`` is found by, ready for an index. Codes first: a cut never loses them."""
    text = canonical(text[:MAX_CHARACTERS])
    codes = code_tokens(text)
    tokens = [*codes, BREAK] if codes else []
    return (tokens + base_tokens(text))[:MAX_TOKENS]
