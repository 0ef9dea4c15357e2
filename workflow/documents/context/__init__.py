"""What a template can be filled with, by Chinese names: one module for each kind of subject.

Who reported a lead is in none of them. ``docs/forms.md`` lists the names.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import translation

from accounts.clock import today
from accounts.models import Unit
from workflow.documents import catalogue
from workflow.documents.context import law, parts, procedure, records
from workflow.documents.context.words import amount_in_words, day, typed
from workflow.models import Case, CaseParty, Lead, Measure, Transfer

__all__ = ["amount_in_words", "context_of", "known"]

_OF_CASE = (
    records.CASE | records.APPROVAL | procedure.PARTIES | procedure.REVIEW
    | procedure.HEARING | procedure.DISCUSSION | parts.FILE
)  # fmt: skip
_OF_PARTY = (
    procedure.PARTY
    | procedure.NOTICE
    | procedure.DECISION
    | procedure.SERVICES
    | procedure.ON_THE_SPOT
)
_KNOWN = {
    "lead": records.LEAD | records.APPROVAL,
    "case": _OF_CASE,
    "party": _OF_CASE | _OF_PARTY,
    "transfer": _OF_CASE | records.LEAD | parts.TRANSFER,
    "measure": _OF_CASE | _OF_PARTY | parts.MEASURE,
}


def known(about: str) -> dict[str, str]:
    """Every dotted name ``context_of`` can give for forms about this, and where it is mended."""
    return records.COMMON | law.LAW | _KNOWN.get(about, {})


def context_of(
    code: str,
    subject: Any,
    *,
    written: Mapping[str, Any] | None = None,
    number: str = "",
    on: date | None = None,
) -> dict[str, Any]:
    """What a document about ``subject`` says, in Chinese whatever language the reader uses.

    ``written`` is what the officer typed; ``number`` and ``on`` are the document's own, once
    issued; articles and days are those of ``on``, of today for a draft. Values are texts, truths,
    lists and dicts; "\\a" in a text begins a paragraph.
    """
    form = next((found for found in catalogue.forms() if found.code == code), None)
    kinds = {field.name: field.kind for field in form.fields} if form else {}
    steps = form.transitions if form else ()
    with translation.override("zh-hans"):
        context = {
            "文书": {"文号": number, "日期": day(on)},
            "法条": law.cited(on or today()), "期限": law.limits(on or today()),
            "填写": {
                name: typed(kinds.get(name, "line"), value)
                for name, value in (written or {}).items()
            },
        }  # fmt: skip
        return context | _about(subject, steps)


def _about(subject: Any, steps: Any) -> dict[str, Any]:
    record = subject
    said: dict[str, Any] = {}
    if isinstance(subject, CaseParty):
        record, said = subject.case, procedure.of_party(subject)
    elif isinstance(subject, Measure):
        record = subject.case
        said = procedure.of_party(subject.case_party) | parts.measure(subject)
    elif isinstance(subject, Transfer):
        record, said = subject.subject, {"移送": parts.transfer(subject)}
    people = records.handlers(record)
    root: Unit = record.unit.get_root()
    said |= {
        "机关": {"名称": root.name}, "办案人员": people,
        "办案人员名单": "、".join(person["姓名"] for person in people),
    }  # fmt: skip
    if isinstance(record, Case):
        said |= {"案件": records.case(record), "卷内文件": parts.contents(record)}
        rows = record.parties.standing().select_related("party")
        said["全部当事人"] = [procedure.party(row) for row in rows]
        said |= procedure.of_case(record)
        said["审批"] = records.approval(record, steps)
    if isinstance(record, Lead):
        said |= {"线索": records.lead(record), "审批": records.approval(record, steps)}
    return said
