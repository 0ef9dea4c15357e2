"""Resident identity numbers, told apart from unified social credit codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.codes import (
    has_id_shape,
    is_credit_code,
    is_old_resident_id,
    is_resident_id,
    is_surely_credit_code,
)
from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind, Severity
from publicity.exposures.redaction.runs import Number, numbers

_CODE_CONTEXT = re.compile(r"(?:信用代码|税务登记|纳税人识别号|税号|机构代码)[^\d。；;]{0,8}$")
_ID_CONTEXT = re.compile(r"(?:身份证|身份号码|身份号|居民证)[^\d。；;]{0,8}$")
_REGISTER_CONTEXT = re.compile(r"(?:注册号|执照|登记证|许可证)[^\d。；;]{0,8}$")


def resident_ids(doc: Document) -> Iterator[Hit]:
    """Resident IDs of 18 and 15 digits; a mistyped one too when it stands in one piece."""
    for number in numbers(doc.folded.text, shortest=15, longest=18):
        rule = _rule_for(number, before=doc.before(number.start, 24))
        if rule is not None:
            severity = Severity.WARN if rule == "id-or-credit-code" else Severity.MASK
            yield doc.hit(
                (number.start, number.end), kind=Kind.ID_NUMBER, rule=rule, severity=severity
            )


def is_kept_credit_code(number: str, *, before: str) -> bool:
    """Whether 18 characters are an entity's public code and no person's ID."""
    if not is_credit_code(number) or _ID_CONTEXT.search(before):
        return False
    if not is_resident_id(number) or _CODE_CONTEXT.search(before):
        return True
    return is_surely_credit_code(number)


def is_doubtful_code(number: str, *, before: str) -> bool:
    """Whether a sound credit code is a sound resident ID as well and no word settles it."""
    return is_resident_id(number) and not _CODE_CONTEXT.search(before)


def _rule_for(number: Number, *, before: str) -> str | None:
    digits = number.digits
    if len(digits) == 15:
        if is_old_resident_id(digits) and not _REGISTER_CONTEXT.search(before):
            return "id15"
        return "id-labelled" if _ID_CONTEXT.search(before) else None
    if len(digits) == 18:
        return _rule_for_18(number, before=before)
    return "id-labelled" if _ID_CONTEXT.search(before) else None


def _rule_for_18(number: Number, *, before: str) -> str | None:
    digits = number.digits
    if is_kept_credit_code(digits, before=before):
        return "id-or-credit-code" if is_doubtful_code(digits, before=before) else None
    if is_resident_id(digits):
        return "id18"
    if _ID_CONTEXT.search(before):
        return "id-labelled"
    return "id18-mistyped" if has_id_shape(digits) and len(number.groups) == 1 else None
