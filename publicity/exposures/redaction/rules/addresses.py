"""Where somebody lives: after the words that say so, and anything down to the room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import MASK, Hit, Kind, Severity
from publicity.exposures.redaction.places import coarsened, has_detail

_CHAIN = r"[一-龥A-Za-z0-9#\-·~()〇]{3,80}"
_RESIDENCE = re.compile(
    r"(?:家庭|现|身份证|户籍|联系|收货|收件|寄件|通讯|通信|送达|居住)(?:住址|地址)|住址|"
    r"户籍所在地|户籍地|户籍|户口所在地|户口|"
    r"经常居住地|暂住地|居住地|现居住?|现住|家住|居住(?=于|在)|暂住(?=于|在)|籍贯|祖籍"
)
_DOMICILE = re.compile(r"住所(?!地?\(经营场所\)|\(主要经营场所\)|/经营)地?")
_LIVES = re.compile(
    r"(?<![居记入留暂原站堵拦止顶挺守把稳抓记困站家现经])住(?![户宅房院宿所址处家建])(?=[于在]?[一"
    r"-龥]{1,12}(?:省|市|县|区|镇|乡|街道|村|路|街|社区|小区))"
)
_LINK = re.compile(r"[ ]?(?:\([^()\n]{0,8}\))?[ ]?(?:[:=]|均?[为是在系于])?[ ]{0,2}")
_ADDRESS = re.compile(_CHAIN)
_STOP = re.compile(
    r"(?:身份证|公民身份|联系电话|电话|手机|邮编|邮政编码|民族|性别|出生|职业|的[一-龥]|以及|经营|"
    r"从事|为由|期间)"
)
_ENTITY = re.compile(
    r"(?:公司|商行|超市|药房|药店|饭店|餐厅|门市部|经营部|合作社|加工厂|制品厂|厂|店|中心|医院|"
    r"诊所|学校)"
)
_ROOM = re.compile(
    r"[一-龥A-Za-z0-9]{2,20}?(?<!\d)\d{1,4}[ ]?(?:号楼|栋|幢|座|"
    r"#)[ ]?(?:[一-龥\d]{1,3}单元)?[ ]?\d{2,5}[ ]?(?:室|户|号(?!楼))"
)


def residences(doc: Document) -> Iterator[Hit]:
    """Addresses after a word for residence; the word of an entity's seat only asks."""
    text = doc.folded.text
    for pattern in (_RESIDENCE, _LIVES):
        for match in pattern.finditer(text):
            yield from _address_after(doc, match.end(), rule="residence")
    for match in _DOMICILE.finditer(text):
        is_entity = bool(_ENTITY.search(re.split(r"[。;]", doc.before(match.start(), 80))[-1]))
        severity = Severity.WARN if is_entity else Severity.MASK
        yield from _address_after(doc, match.end(), rule="domicile", severity=severity)


def rooms(doc: Document) -> Iterator[Hit]:
    """Building and room without any word before: perhaps a home, a person decides."""
    for match in _ROOM.finditer(doc.folded.text):
        yield doc.hit(match.span(), kind=Kind.ADDRESS, rule="room", severity=Severity.WARN)


def _address_after(
    doc: Document, place: int, *, rule: str, severity: Severity = Severity.MASK
) -> Iterator[Hit]:
    text = doc.folded.text
    link = _LINK.match(text, place)
    start = link.end() if link else place
    match = _ADDRESS.match(text, start)
    if match is None:
        return
    address = _inside_brackets(_STOP.split(match.group())[0]).rstrip("(-~")
    if has_detail(address):
        yield doc.hit(
            (start, start + len(address)),
            kind=Kind.ADDRESS,
            rule=rule,
            severity=severity,
            suggestion=coarsened(address) if severity is Severity.MASK else MASK,
        )


def _inside_brackets(text: str) -> str:
    """The text up to a bracket that was opened before it: the address ends there."""
    depth = 0
    for place, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return text[:place]
    return text
