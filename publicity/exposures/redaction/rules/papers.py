"""Vehicle plates, passports and permits, and other papers by their label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind

_PLATE = re.compile(
    r"(?P<head>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?[A-HJ-NP-Za-hj-"
    r"np-z])"
    r"[ ]?[·•・.\-]?[ ]?"
    r"(?P<tail>(?=[A-Za-z]{0,4}\d)(?:[A-HJ-NP-Za-hj-np-z0-9][ ]?){4,5}[A-HJ-NP-Za-hj-np-z0-9学警挂"
    r"港澳试超领使])"
    r"(?![A-Za-z0-9\-])"
)
_TRAVEL = re.compile(
    r"(?<![A-Za-z0-9])(?:[EGPDSegpds]\d{8}|[Ee][A-HJ-NP-Za-hj-np-z]\d{7}|"
    r"[HMhmCcTt]\d{8}(?:\d{2})?)(?![A-Za-z0-9])"
)
_NOT_TRAVEL = re.compile(
    r"(?:字|批号|批次|批|型号|货号|款号|许可|备案|注册|编号|标准|条码|产品|样品|单号|文号|报告|"
    r"序列号|出厂|第|证号)"
    r"[^A-Za-z0-9。；;，,]{0,4}$"
)
_TRAVEL_CONTEXT = re.compile(r"(?:护照|通行证|台胞证|回乡证|旅行证|证件)[^A-Za-z0-9。；;]{0,8}$")
_LABELLED = re.compile(
    r"(?:护照|通行证|台胞证|回乡证|旅行证|居留证|永久居留|军官证|士官证|士兵证|警官证|残疾人?证|"
    r"社保卡|社会保障号|医保卡|驾驶证|"
    r"学生证|工作证|执法证|律师证|执业证|户口簿|结婚证|准考证|证件)(?:件)?(?:号码|编号|"
    r"号)?[ ]?(?:\([^()\n]{0,10}\))?"
    r"[ ]?(?:[:=]|为|是)?[ ]{0,2}(?P<number>[一-龥]{0,3}字?第?[A-Za-z]{0,3}\d[\dA-Za-z\-]{4,24})"
)


def plates(doc: Document) -> Iterator[Hit]:
    """Plates of vehicles with five or six places after the letter; the middle is masked."""
    for match in _PLATE.finditer(doc.folded.text):
        tail = match.group("tail").replace(" ", "")
        head = match.group("head").replace(" ", "")
        yield doc.hit(
            match.span(),
            kind=Kind.PLATE,
            rule="plate",
            suggestion=f"{head}{'*' * (len(tail) - 2)}{tail[-2:]}",
        )


def travel_documents(doc: Document) -> Iterator[Hit]:
    """Passports and permits by shape, unless the words before say batch, model or licence."""
    for match in _TRAVEL.finditer(doc.folded.text):
        before = doc.before(match.start(), 12)
        if _TRAVEL_CONTEXT.search(before) or not _NOT_TRAVEL.search(before):
            yield doc.hit(match.span(), kind=Kind.DOCUMENT, rule="passport")


def labelled_documents(doc: Document) -> Iterator[Hit]:
    """Numbers of personal papers after the paper's name."""
    for match in _LABELLED.finditer(doc.folded.text):
        yield doc.hit(match.span("number"), kind=Kind.DOCUMENT, rule="document-labelled")
