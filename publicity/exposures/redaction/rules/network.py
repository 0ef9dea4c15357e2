"""Mail addresses, links that lead to a person, network addresses, devices."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}[ ]?@[ ]?"
    r"(?:[A-Za-z0-9\-]{1,63}[ ]?\.[ ]?){1,4}[A-Za-z]{2,24}"
)
_EMAIL_SPELT = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._\-]{1,64}[ ]?[\[(（#](?:at|AT|@)[\])）#][ ]?"
    r"[A-Za-z0-9\-]{1,63}(?:[ ]?[\[(（]?(?:dot|DOT|\.)[\])）]?[ ]?[A-Za-z]{2,24}){1,3}"
)
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{3,2000}", re.IGNORECASE)
_PERSONAL_KEY = re.compile(
    r"token|openid|unionid|uid|user|member|account|phone|mobile|tel|name|mail|session|sid$|sign|"
    r"key|"
    r"ticket|auth|code|share|from|invite|idcard|sec_",
    re.IGNORECASE,
)
_PERSONAL_PATH = re.compile(
    r"/(?:u|user|users|profile|people|home|space|member|shop_user)/[^/?#]+|/@[^/?#]+|/\d{11}(?!\d)",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)")
_IPV6 = re.compile(r"(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![0-9A-Za-z:])")
_VERSION = re.compile(r"(?:版本|version|v|ver\.?|第|条|节|款|GB/T|标准)[号: ]{0,2}$", re.IGNORECASE)
_MAC = re.compile(
    r"(?<![0-9A-Za-z:\-])[0-9A-Fa-f]{2}(?:([:\-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![0-9A-Za"
    r"-z:\-])"
)
_DEVICE = re.compile(
    r"(?:IMEI|MEID|IMSI|ICCID|IDFA|OAID|AndroidID|UDID|设备ID|设备号|设备识别码|设备标识|手机串号|"
    r"串号)"
    r"(?:号|码)?[ ]?(?:[:=]|为|是)?[ ]?(?P<number>[0-9A-Za-z][0-9A-Za-z\-]{7,63})",
    re.IGNORECASE,
)


def emails(doc: Document) -> Iterator[Hit]:
    """Mail addresses, plain, with blanks, or with the sign spelt out."""
    for pattern in (_EMAIL, _EMAIL_SPELT):
        for match in pattern.finditer(doc.folded.text):
            yield doc.hit(match.span(), kind=Kind.EMAIL, rule="email")


def urls(doc: Document) -> Iterator[Hit]:
    """Links that carry a personal token or lead to somebody's own page.

    Read unfolded, because a Chinese comma ends a link and a plain one does not.
    """
    for match in _URL.finditer(doc.text):
        if _is_personal(match.group()):
            yield Hit(Kind.URL, "url-personal", *match.span(), match.group(), Severity.MASK, MASK)


def network_addresses(doc: Document) -> Iterator[Hit]:
    """IP and hardware addresses; version and clause numbers of the same shape stay."""
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(doc.folded.text):
            if _is_ip(match.group()) and not _VERSION.search(doc.before(match.start(), 12)):
                yield doc.hit(match.span(), kind=Kind.IP, rule="ip")
    for match in _MAC.finditer(doc.folded.text):
        yield doc.hit(match.span(), kind=Kind.DEVICE, rule="mac")


def devices(doc: Document) -> Iterator[Hit]:
    """Identifiers of telephones after their label."""
    for match in _DEVICE.finditer(doc.folded.text):
        yield doc.hit(match.span("number"), kind=Kind.DEVICE, rule="device-labelled")


def _is_ip(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (address.is_unspecified or len(text.strip(":")) < 3)


def _is_personal(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    keys = [key for key, _ in parse_qsl(parts.query)] + [
        key for key, _ in parse_qsl(parts.fragment)
    ]
    return (
        "@" in parts.netloc
        or bool(_PERSONAL_PATH.search(parts.path))
        or any(_PERSONAL_KEY.search(key) for key in keys)
    )
