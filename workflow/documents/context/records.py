"""The lead or case a document lies in: content, handlers, bureau, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workflow.documents.context.words import day, moment, text, yuan
from workflow.engine.bind import catalogue as steps
from workflow.models import Approval, Case, Handler, Lead

LEAD = {
    "线索.登记号": "", "线索.渠道": "lead_edit", "线索.来源编号": "lead_edit",
    "线索.收到时间": "lead_edit", "线索.登记时间": "", "线索.登记人": "",
    "线索.标题": "lead_edit", "线索.内容": "lead_edit", "线索.地址": "lead_edit",
    "线索.对象名称": "lead_edit", "线索.对象信用代码": "lead_edit",
    "线索.对象电话": "lead_edit", "线索.办案机构": "",
}  # fmt: skip
CASE = {
    "案件.立案号": "", "案件.名称": "case_edit", "案件.案由": "case_edit", "案件.程序": "",
    "案件.立案日期": "", "案件.线索登记号": "", "案件.案件来源": "", "案件.违法地点": "case_edit",
    "案件.事实": "case_edit", "案件.法律依据": "case_edit", "案件.货值金额": "case_edit",
    "案件.违法所得": "case_edit", "案件.调查报告": "overview", "案件.处理建议": "overview",
    "案件.办案机构": "", "案件.决定日期": "", "案件.结案日期": "", "案件.结案情形": "",
    "案件.归档号": "", "案件.当事人名称": "parties", "案件.决定文号": "", "案件.处理结果": "",
}  # fmt: skip
COMMON = {
    "机关.名称": "", "文书.文号": "", "文书.日期": "", "办案人员.姓名": "handlers",
    "办案人员.执法证号": "handlers", "办案人员名单": "handlers",
}  # fmt: skip
_SIGNATURE = {
    f"审批.{who}.{what}": ""
    for who in ("办案机构负责人", "负责人")
    for what in ("意见", "姓名", "日期")
}
APPROVAL = {
    "审批.事项": "", "审批.提请人": "", "审批.提请日期": "", "审批.理由": "", "审批.不予立案": "",
    "审批.不予立案理由": "", "审批.案件名称": "", "审批.案由": "", **_SIGNATURE,
}  # fmt: skip


def lead(record: Lead) -> dict[str, Any]:
    """What a lead says. Who reported it is never part of it (投诉举报处理办法 art. 33)."""
    party = record.party
    return {
        "登记号": record.number, "渠道": str(record.get_channel_display()),
        "来源编号": record.source_number, "收到时间": moment(record.received_at),
        "登记时间": moment(record.created_at),
        "登记人": record.created_by.name if record.created_by else "",
        "标题": record.title, "内容": text(record.content),
        "地址": record.address or record.place,
        "对象名称": record.subject_name or (party.name if party else ""),
        "对象信用代码": record.subject_uscc or (party.uscc if party else ""),
        "对象电话": record.subject_phone, "办案机构": record.unit.name,
    }  # fmt: skip


def case(record: Case) -> dict[str, Any]:
    """What a case says of itself and of how it ended."""
    came_from = record.lead
    ended = record.get_closure_ground_display() if record.closure_ground else ""
    rows = list(record.parties.standing().select_related("party").prefetch_related("decisions"))
    decided = [d for row in rows for d in row.decisions.all() if d.status == d.Status.ISSUED]
    return {
        "立案号": record.number, "名称": record.title, "案由": record.cause,
        "程序": str(record.get_procedure_display()), "立案日期": day(record.filed_at),
        "线索登记号": came_from.number if came_from else "",
        "案件来源": str(came_from.get_channel_display()) if came_from else "",
        "违法地点": record.place, "事实": text(record.facts),
        "法律依据": text(record.legal_basis), "货值金额": yuan(record.goods_value_fen),
        "违法所得": yuan(record.illegal_gains_fen), "调查报告": text(record.report),
        "处理建议": text(record.proposal), "办案机构": record.unit.name,
        "决定日期": day(record.decided_at), "结案日期": day(record.closed_at),
        "结案情形": str(ended), "归档号": record.archive_number,
        "当事人名称": "、".join(row.party.name for row in rows),
        "决定文号": "、".join(decision.number for decision in decided),
        "处理结果": "、".join(
            f"{row.party.name}：{row.get_outcome_display()}" for row in rows if row.outcome
        ),
    }  # fmt: skip


def handlers(record: Any) -> list[dict[str, str]]:
    """Those who handle it now and are not recused, the leading one first, with certificates."""
    rows: Sequence[Handler] = record.handlers.filter(ended_on=None, recused_on=None).select_related(
        "user"
    )
    return [
        {"姓名": row.user.name, "执法证号": row.qualification_no or row.user.qualification_no}
        for row in rows
    ]


def approval(record: Any, transitions: Sequence[str]) -> dict[str, Any]:
    """The last approval of one of these steps that was not sent back: who signed it and when."""
    mine = Approval.objects.filter(record_type=record._meta.label_lower, record_id=record.pk)
    standing = (Approval.Outcome.PENDING, Approval.Outcome.PERFORMED)
    found = (
        mine.filter(transition__in=transitions, outcome__in=standing)
        .select_related("proposer")
        .prefetch_related("steps__signer")
        .order_by("-pk")
        .first()
    )
    empty = {"意见": "", "姓名": "", "日期": ""}
    said: dict[str, Any] = {"办案机构负责人": empty, "负责人": empty}
    if found is None:
        title = getattr(record, "title", "")
        return said | {"案件名称": title, "不予立案": False}
    for step in found.steps.all():
        signed = {
            "意见": step.opinion, "姓名": step.signer.name if step.signer else "",
            "日期": day(step.signed_at),
        }  # fmt: skip
        said["办案机构负责人" if step.role == "unit_head" else "负责人"] = signed
    data = {name: _plain(value) for name, value in found.data.items()}
    grounds = dict(Lead.DeclineGround.choices)
    return said | {
        "事项": _step(found.transition), "提请人": found.proposer.name,
        "提请日期": day(found.proposed_at),
        "理由": text(data.get("reason", "")),
        "不予立案": found.transition == "lead.decline",
        "不予立案理由": str(grounds.get(data.get("ground", ""), "")),
        "案件名称": data.get("title") or record.title, "案由": data.get("cause", ""),
    }  # fmt: skip


def _plain(value: Any) -> str:
    """A datum of a proposed form as it was sent: each is a list, of one text or of many."""
    values = value if isinstance(value, list) else [value]
    return "、".join(str(one) for one in values if one not in (None, ""))


def _step(name: str) -> str:
    """What the step is called; a step no plugin brings any more goes by its name."""
    bound = steps().get(name)
    return str(bound.transition.label) if bound else name
