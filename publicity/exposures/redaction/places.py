"""Addresses: how much of one is the county, and how the same one may be written shorter."""

from __future__ import annotations

import re

from publicity.exposures.redaction.hits import MASK

_PROVINCE = r"(?:[一-龥]{2,7}?(?:省|自治区|特别行政区))?"
_CITY = r"(?:[一-龥]{1,8}?(?:(?<![超菜夜门集城上本])市|自治州|盟|地区))?"
_COUNTY = (
    r"(?:[一-龥]{1,8}?(?:自治县|县|旗|(?<![超菜夜门集城上本])市|(?<![小社园校库院片景市])区))?"
)
_TOWNSHIP = r"(?:[一-龥]{1,8}?(?:镇|乡|街道(?:办事处)?|苏木))?"
_TO_COUNTY = re.compile(_PROVINCE + _CITY + _COUNTY)
_TO_TOWNSHIP = re.compile(_PROVINCE + _CITY + _COUNTY + _TOWNSHIP)
_DETAIL = re.compile(
    r"村(?!民|委)|[省市县区镇乡路街巷弄道号室组户栋幢座楼层坊里庄屯寨湾冲岭屋塘桥店苑园城寓期场厦"
    r"院]|单元|小区|社区|\d"
)
_LEADS = (
    re.compile(r"[一-龥]{2,7}?(?:省|自治区)"),
    re.compile(r"[一-龥]{1,8}?(?:市|自治州|盟|地区)"),
    re.compile(r"[一-龥]{1,8}?(?:县|旗|市|区)"),
)
_SHORTEST = 5


def coarse_part(address: str, *, keep_township: bool = False) -> str:
    """The beginning of an address that names nothing below the county (or the township)."""
    pattern = _TO_TOWNSHIP if keep_township else _TO_COUNTY
    match = pattern.match(address)
    return match.group() if match else ""


def has_detail(address: str) -> bool:
    """Whether an address says more than the township; then it is a place where one is found."""
    return bool(_DETAIL.search(address[len(coarse_part(address, keep_township=True)) :]))


def coarsened(address: str, *, keep_township: bool = False) -> str:
    """The address as the public may read it: down to the county, the rest masked."""
    return coarse_part(address, keep_township=keep_township) + MASK


def spellings(address: str) -> list[str]:
    """The address and its shorter forms, without province, city and county in front."""
    forms = [address]
    rest = address
    for lead in _LEADS:
        match = lead.match(rest)
        if match:
            rest = rest[match.end() :]
            forms.append(rest)
    return [form for form in dict.fromkeys(forms) if len(form) >= _SHORTEST and has_detail(form)]
