"""What a template can be filled with, by Chinese names: one dict for each kind of subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format

from workflow.models import Case, CaseParty, Decision, Lead

#: Every field, and where it is mended.
_COMMON = {
    "文书.文号": "",
    "文书.日期": "",
    "办案人员.姓名": "handlers",
    "办案人员.证号": "handlers",
}
_CASE = {
    "案件.立案号": "", "案件.案件名称": "case_edit", "案件.案由": "case_edit",
    "案件.违法事实": "case_edit", "单位.名称": "",
}  # fmt: skip
_PARTY = {"当事人.名称": "parties", "当事人.地址": "parties"}
_DECISION = {
    "决定.文号": "parties", "决定.违法事实": "parties", "决定.处罚依据": "parties",
    "决定.履行方式": "parties", "决定.救济途径": "parties", "决定.机关": "parties",
}  # fmt: skip
_LEAD = {
    "线索.编号": "", "线索.标题": "lead_edit", "线索.内容": "lead_edit",
    "线索.被反映人": "lead_edit", "单位.名称": "",
}  # fmt: skip


def known(about: str) -> dict[str, str]:
    """Every dotted name ``context_of`` can give for forms about this, and where it is mended."""
    if about == "lead":
        return _COMMON | _LEAD
    if about == "party":
        return _COMMON | _CASE | _PARTY | _DECISION
    return _COMMON | _CASE


def context_of(
    code: str,
    subject: Any,
    *,
    written: Mapping[str, Any] | None = None,
    number: str = "",
    on: date | None = None,
) -> dict[str, Any]:
    """What a document about ``subject`` says; ``number`` and ``on`` are its own, once issued."""
    own = {"文号": number, "日期": date_format(on) if on else ""}
    context: dict[str, Any] = {"文书": own, "填写": dict(written or {})}
    record = getattr(subject, "case", None) or subject
    handlers = record.handlers.filter(ended_on=None, recused_on=None).select_related("user")
    context["办案人员"] = [
        {"姓名": row.user.name, "证号": row.user.qualification_no} for row in handlers
    ]
    context["单位"] = {"名称": record.unit.name}
    if isinstance(record, Lead):
        context["线索"] = {
            "编号": record.number, "标题": record.title, "内容": record.content,
            "被反映人": record.subject_name,
        }  # fmt: skip
    if isinstance(record, Case):
        context["案件"] = {
            "立案号": record.number, "案件名称": record.title, "案由": record.cause,
            "违法事实": record.facts,
        }  # fmt: skip
    if isinstance(subject, CaseParty):
        context["当事人"] = {"名称": subject.party.name, "地址": subject.party.address}
        context["决定"] = _decision(subject)
    return context


def _decision(row: CaseParty) -> dict[str, Any]:
    decision = Decision.objects.filter(case_party=row).order_by("-round").first()
    if decision is None:
        return {}
    return {
        "文号": decision.number, "违法事实": decision.facts, "处罚依据": decision.basis,
        "履行方式": decision.performance, "救济途径": decision.remedies, "机关": decision.authority,
    }  # fmt: skip
