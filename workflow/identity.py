"""What two spellings of one party have in common: keys to compare by, never to be shown."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers
from stdnum.cn import ric
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength

_NOISE = re.compile(r"[\s·.,，。、()（）〔〕【】《》“”\"'\-—_]+")
#: Legal forms that officers write for one another; kept apart in the name, alike in its key.
_FORMS = (("股份有限责任公司", "股份有限公司"), ("有限责任公司", "有限公司"))
#: 省, 市, 县 in front: 超市, 菜市 and 门市 are no cities, 县 and 区 need a name before them.
_PROVINCE = re.compile(r"^[一-龥]{2,7}?(?:省|自治区)")
_CITY = re.compile(r"^[一-龥]{2,6}?(?:(?<![超菜夜门花城集])市|自治州)")
_COUNTY = re.compile(r"^[一-龥]{1,6}?[县区]")
_SHORTEST = 3  # characters that must be left of a name without its place
_NOT_DIGITS = re.compile(r"\D+")
_FEWEST_DIGITS = 7
_RESIDENT_LENGTH = 18
_SEVERAL = re.compile(r"[,，、;；/]")


def normalize_name(name: str) -> str:
    """A name as it is compared: NFKC, no spaces, brackets or punctuation, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()[:200]


def alike_name(name: str) -> str:
    """The same for names that are probably one: without its place in front, one legal form."""
    found = normalize_name(name)
    for form, short in _FORMS:
        found = found.replace(form, short)
    return _without_place(found)


def address_key(address: str) -> str:
    """An address as it is compared: without province, city and county; 號, 号 and # are one."""
    plain = normalize_name(address).replace("#", "号").replace("號", "号")
    return _without_place(plain)


def phone_key(phone: str) -> str:
    """The first number of a text in the form +8613800000000; else its digits; "" when too few."""
    first = _SEVERAL.split(unicodedata.normalize("NFKC", phone))[0]
    try:
        parsed = phonenumbers.parse(first, "CN")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is not None and phonenumbers.is_valid_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    digits = _NOT_DIGITS.sub("", first)
    return digits[:40] if len(digits) >= _FEWEST_DIGITS else ""


def resident_number(text: str) -> str:
    """居民身份证号 (GB 11643), eighteen characters, compact; raises stdnum's ``ValidationError``.

    Length, digits, a day of birth that exists and the check digit are asked. The code of the place
    is not: who was first registered later than born bears a code that is younger than they are.
    """
    number = ric.compact(text)
    if len(number) != _RESIDENT_LENGTH:
        raise InvalidLength
    if not number[:-1].isascii() or not number[:-1].isdecimal():
        raise InvalidFormat
    if number[-1] != ric.calc_check_digit(number):
        raise InvalidChecksum
    ric.get_birth_date(number)
    return number


def _without_place(text: str) -> str:
    for place in (_PROVINCE, _CITY, _COUNTY):
        rest = place.sub("", text)
        if len(rest) >= _SHORTEST:
            text = rest
    return text
