"""Document numbers: gap-free under concurrency, never given out twice."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from accounts.clock import now
from accounts.models import Unit
from workflow.models import IssuedNumber, NumberPattern, NumberSequence

#: Shipped patterns; 六角括号, no padding (GB/T 9704-2012). The prefix is the bureau's to set.
DEFAULT_PATTERNS = {
    "lead": ("线索登记", "东市监线〔{year}〕{n}号"),
    "filing": ("立案", "东市监立〔{year}〕{n}号"),
    "notice": ("行政处罚告知", "东市监罚告〔{year}〕{n}号"),
    "penalty": ("行政处罚决定", "东市监罚〔{year}〕{n}号"),
    "payment_plan": ("延期、分期缴纳罚款", "东市监缓〔{year}〕{n}号"),
    "reminder": ("履行催告", "东市监催〔{year}〕{n}号"),
    "court": ("强制执行申请", "东市监强执〔{year}〕{n}号"),
    "simple": ("简易程序案件", "东市监简〔{year}〕{n}号"),
    "on_the_spot": ("当场行政处罚决定", "东市监当罚〔{year}〕{n}号"),
    "no_penalty": ("不予行政处罚决定", "东市监不罚〔{year}〕{n}号"),
    "preserve": ("先行登记保存", "东市监登保〔{year}〕{n}号"),
    "measure": ("行政强制措施", "东市监强〔{year}〕{n}号"),
    "transfer": ("移送", "东市监移〔{year}〕{n}号"),
}


#: A serial above is a slip of the pen: the class would go on after it.
LARGEST_SERIAL = 99_999
_BRACKETS = str.maketrans("[]【】［］()（）", "〔〕" * 5)


def _pattern(kind: str) -> NumberPattern:
    name, text = DEFAULT_PATTERNS.get(kind, ("", ""))
    pattern = NumberPattern.objects.filter(kind=kind).first() or NumberPattern(
        kind=kind, name=name, pattern=text
    )
    if not pattern.pattern:
        raise LookupError(f"No number pattern for {kind!r}.")
    return pattern


def read_number(kind: str, text: str, *, unit: Unit) -> tuple[int, int, str] | None:
    """Year, serial and proper spelling of a number of the class; None when it is none of ours."""
    pattern = _pattern(kind).pattern
    shape = re.escape(pattern.replace("{unit}", unit.code))
    shape = shape.replace(re.escape("{year}"), r"(?P<year>\d{4})")
    shape = shape.replace(re.escape("{n}"), r"0*(?P<n>[1-9]\d{0,8})")
    for spelling in (text, text.translate(_BRACKETS)):
        if found := re.fullmatch(shape, spelling, re.ASCII):
            year, serial = int(found["year"]), int(found["n"])
            return year, serial, pattern.format(year=year, n=serial, unit=unit.code)
    return None


def take_over_number(
    kind: str, text: str, *, on: date, unit: Unit, record: Any = None
) -> IssuedNumber:
    """Keep a number given out before the system: never again, and the class goes on after it.

    One of another shape is kept apart, under the class ``old_…``. Raises ``IntegrityError`` for a
    number that is given out already.
    """
    found = read_number(kind, text, unit=unit)
    if found:
        (year, serial, _text), code = found, unit.code if _pattern(kind).per_unit else ""
        sequence = _sequence(kind, year, code)
        sequence.last = max(sequence.last, serial)
    else:
        kind, year, code = f"old_{kind}", on.year, ""
        sequence = _sequence(kind, year, code)
        sequence.last = serial = sequence.last + 1
    sequence.save(update_fields=["last"])
    return IssuedNumber.objects.create(
        kind=kind,
        year=year,
        unit_code=code,
        serial=serial,
        text=text,
        taken_over=True,
        record_type=record._meta.label_lower if record is not None else "",
        record_id=record.pk if record is not None else None,
    )


def _sequence(kind: str, year: int, code: str) -> NumberSequence:
    """The counter, locked until the transaction ends."""
    key: dict[str, Any] = {"kind": kind, "year": year, "unit_code": code}
    NumberSequence.objects.get_or_create(**key)
    return NumberSequence.objects.select_for_update().get(**key)


def issue_number(kind: str, *, on: date, unit: Unit | None = None, record: Any = None) -> str:
    """The next number of a class, e.g. ``东市监立〔2021〕12号``; part of the caller's transaction.

    Rolled back with it, so no gap appears; the counter's row lock makes callers wait for another.
    Raises ``LookupError`` for a class without a pattern.
    """
    pattern = _pattern(kind)
    code = unit.code if unit and pattern.per_unit else ""
    sequence = _sequence(kind, on.year, code)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    number = pattern.pattern.format(year=on.year, n=sequence.last, unit=unit.code if unit else "")
    IssuedNumber.objects.create(
        kind=kind,
        year=on.year,
        unit_code=code,
        serial=sequence.last,
        text=number,
        record_type=record._meta.label_lower if record is not None else "",
        record_id=record.pk if record is not None else None,
    )
    return number


def void_number(text: str, *, reason: str) -> None:
    """The number stays used and the register says why; it is never given out again."""
    IssuedNumber.objects.filter(text=text, voided_at=None).update(
        voided_at=now(), void_reason=reason[:200]
    )
