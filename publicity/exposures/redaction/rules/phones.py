"""Telephone numbers of people and offices; service numbers are public and stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind
from publicity.exposures.redaction.runs import numbers

_MOBILE = re.compile(r"1[3-9]\d{9}")
_COUNTRY = ("0086", "86")
_GROUPINGS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 3, 4), (4, 4, 3), (5, 6), (6, 5), (5, 3, 3)}
)
_SPELT = re.compile(
    r"(?<![〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖])[一幺壹][三四五六七八九叁肆伍陆柒捌玖]"
    r"(?:[ -]?[〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]){9}(?![〇零一二三四五六七八九幺壹贰叁肆"
    r"伍陆柒捌玖])"
)
_LANDLINE = re.compile(
    r"(?<![\d.\-])(?:\(\+?86\)|\+86)?[ -]?\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]{0,2}"
    r"[2-9]\d{2,3}[ -]?\d{4}(?:(?:-|转|[ ]?ext\.?[ ]?)\d{1,6})?(?!\d)"
)
_LOCAL = re.compile(
    r"(?:电话|固话|座机|传真|联系方式|热线|tel|fax)(?:号码)?[^\d\n。；;]{0,6}"
    r"(?P<number>(?!400|800)[2-9]\d{2,3}[ -]?\d{4}(?:-\d{1,6})?)(?![\d年])",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"(?:\+|(?<!\d)00)(?!86)[1-9](?:[ \-()]{0,2}\d){6,14}(?!\d)")
_SERVICE = re.compile(
    r"(?<!\d)(?:400|800)[ -]?\d{3}[ -]?\d{4}(?!\d)"
    r"|(?<![\dA-Za-z])(?:123(?:15|45|31|65|58|69|88|33|48|66|20|12)|96\d{3,4})(?![\dA-Za-z])"
)


def mobiles(doc: Document) -> Iterator[Hit]:
    """Mobile numbers in one piece or grouped, with or without +86, also spelt in characters."""
    text = doc.folded.text
    for number in numbers(text, shortest=11, longest=15):
        digits, groups = _without_country(number.digits, number.groups)
        if _MOBILE.fullmatch(digits) and _is_grouping(groups):
            start = number.start - (text[max(0, number.start - 1) : number.start] == "+")
            yield doc.hit((start, number.end), kind=Kind.MOBILE, rule="mobile")
    for match in _SPELT.finditer(text):
        yield doc.hit(match.span(), kind=Kind.MOBILE, rule="mobile-spelt")


def landlines(doc: Document) -> Iterator[Hit]:
    """Numbers with an area code, and local ones after a word for telephone."""
    for match in _LANDLINE.finditer(doc.folded.text):
        start, end = match.span()
        lead = len(match.group()) - len(match.group().lstrip(" -"))
        yield doc.hit((start + lead, end), kind=Kind.PHONE, rule="landline")
    for match in _LOCAL.finditer(doc.folded.text):
        yield doc.hit(match.span("number"), kind=Kind.PHONE, rule="landline-labelled")


def foreign_phones(doc: Document) -> Iterator[Hit]:
    """Numbers of other countries, when the numbering plan of that country allows them."""
    for match in _FOREIGN.finditer(doc.folded.text):
        digits = re.sub(r"\D", "", match.group())
        try:
            number = phonenumbers.parse(f"+{digits.removeprefix('00')}")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield doc.hit(match.span(), kind=Kind.PHONE, rule="phone-foreign")


def service_numbers(doc: Document) -> Iterator[tuple[int, int]]:
    """Original places of numbers anybody may call: 12315, 12345, 400 and 800 numbers."""
    yield from doc.spans(_SERVICE)


def _without_country(digits: str, groups: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    for prefix in _COUNTRY:
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            rest = digits.removeprefix(prefix)
            if groups[0] == len(prefix):
                return rest, groups[1:]
            return rest, (groups[0] - len(prefix), *groups[1:])
    return digits, groups


def _is_grouping(groups: tuple[int, ...]) -> bool:
    return groups in _GROUPINGS or (max(groups) <= 2 and len(groups) >= 6)
