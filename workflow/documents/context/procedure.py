"""Parties, notices, decisions, reviews, hearings, discussions and services of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflow.documents.context.words import amount_in_words, day, moment, text, yuan
from workflow.models import (
    Case,
    CaseParty,
    Decision,
    Notice,
    OnTheSpot,
    PartyAnswer,
    Penalty,
    Service,
)

_PERSON = (
    "名称", "类型", "是个人", "信用代码", "身份证号", "证件号码", "法定代表人", "住所", "电话",
    "出生日期", "违法行为",
)  # fmt: skip
PARTY = {f"当事人.{name}": "parties" for name in _PERSON}
PARTIES = {f"全部当事人.{name}": "parties" for name in _PERSON}
NOTICE = {
    f"告知书.{name}": "parties"
    for name in ("文号", "日期", "事实", "理由", "依据", "有听证权", "拟处罚.序号", "拟处罚.内容")
} | {"答复.说明": "parties", "答复.内容": "parties", "答复.日期": "parties"}
DECISION = {
    f"决定书.{name}": "parties"
    for name in ("文号", "日期", "当事人情况", "事实", "依据", "履行", "救济", "机关", "教育",
                 "不予处罚情形", "有金钱给付", "罚款合计", "罚款合计大写", "处罚内容", "处罚.序号",
                 "处罚.内容")
}  # fmt: skip
ON_THE_SPOT = {f"当场.{name}": "parties" for name in ("地点", "陈述", "收据号")}
SERVICES = {
    f"送达.{name}": "parties" for name in ("名称", "文号", "方式", "时间", "收件人", "地点")
}
REVIEW = {
    f"审核.{name}": "documents"
    for name in ("种类", "审核人", "结论", "意见", "日期", "要点.序号", "要点.名称", "要点.结果")
}
HEARING = {
    f"听证.{name}": "documents"
    for name in (
        "主持人",
        "时间",
        "地点",
        "公开",
        "不公开理由",
        "举行时间",
        "笔录",
        "报告",
        "申请人",
    )
}
DISCUSSION = {f"讨论.{name}": "documents" for name in ("时间", "主持人", "参加人", "记录", "结论")}
#: What is looked at in a review, in the order of the form (程序规定 arts. 49-55).
POINTS = {
    "jurisdiction": "是否具有管辖权", "party": "当事人的基本情况是否清楚",
    "facts": "案件事实是否清楚、证据是否充分", "characterisation": "定性是否准确",
    "basis": "适用依据是否正确", "procedure": "程序是否合法", "proportion": "处理是否适当",
}  # fmt: skip
_PLAIN = {
    Penalty.Kind.WARNING: "警告", Penalty.Kind.CRITICISM: "通报批评",
    Penalty.Kind.FINE: "罚款", Penalty.Kind.GAINS: "没收违法所得",
    Penalty.Kind.GOODS: "没收",
}  # fmt: skip


def party(row: CaseParty) -> dict[str, Any]:
    """A party as a document names it."""
    who = row.party
    return {
        "名称": who.name, "类型": str(who.get_kind_display()), "是个人": who.is_person,
        "信用代码": who.uscc, "身份证号": who.id_number,
        "证件号码": who.uscc or who.id_number, "法定代表人": who.legal_representative,
        "住所": who.address or who.residence, "电话": who.phone, "出生日期": day(who.born_on),
        "违法行为": text(row.violation),
    }  # fmt: skip


def penalty_words(penalty: Penalty) -> str:
    """One penalty, its amount in figures and capitals."""
    said = _PLAIN.get(Penalty.Kind(penalty.kind)) or str(penalty.get_kind_display())
    if penalty.goods:
        said += penalty.goods
    if penalty.amount_fen is not None:
        said += f"{yuan(penalty.amount_fen)}（大写：人民币{amount_in_words(penalty.amount_fen)}）"
    return f"{said}（{penalty.note}）" if penalty.note else said


def _listed(penalties: Iterable[Penalty]) -> list[dict[str, str]]:
    return [
        {"序号": str(n), "内容": penalty_words(penalty)}
        for n, penalty in enumerate(penalties, start=1)
    ]


def of_party(row: CaseParty) -> dict[str, Any]:
    """Notice, answer, decision and services of one party."""
    notice = row.notices.filter(superseded_at=None).order_by("-round").first()
    decision = row.decisions.order_by("-round").first()
    services = row.services.select_related("notice", "decision").order_by("served_at", "pk")
    return {
        "当事人": party(row), "告知书": _notice(notice), "答复": _answer(notice),
        "决定书": _decision(decision), "送达": [_service(service) for service in services],
        "当场": _on_the_spot(row),
    }  # fmt: skip


def _notice(notice: Notice | None) -> dict[str, Any]:
    if notice is None:
        return {}
    return {
        "文号": notice.number, "日期": day(notice.issued_at), "事实": text(notice.facts),
        "理由": text(notice.reasons), "依据": text(notice.basis),
        "有听证权": notice.hearing_right, "拟处罚": _listed(notice.penalties.all()),
    }  # fmt: skip


def _answer(notice: Notice | None) -> dict[str, Any]:
    """What the party did after its notice, as the decision tells it (APL arts. 44, 45, 64)."""
    if notice is None or not notice.issued_at:
        return {"说明": "", "内容": "", "日期": ""}
    told = f"本机关于{day(notice.issued_at)}向当事人发出《行政处罚告知书》（{notice.number}）。"
    answers = list(notice.answers.all())
    stated = PartyAnswer.Kind.STATED
    said = [_told(answer) for answer in answers if answer.text or answer.kind != stated]
    words = dict.fromkeys(answer.text for answer in answers if answer.text)
    views = dict.fromkeys(f"本机关复核意见：{a.considered}" for a in answers if a.considered)
    return {
        "说明": "\a".join(dict.fromkeys((told + "".join(said[:1]), *said[1:], *views))),
        "内容": text("\a".join(words)), "日期": day(notice.answered_at),
    }  # fmt: skip


def _told(answer: PartyAnswer) -> str:
    """One answer as the decision tells it."""
    if answer.kind == PartyAnswer.Kind.WAIVED:
        rights = "陈述、申辩和要求听证的" if answer.notice.hearing_right else "陈述、申辩"
        return f"当事人书面放弃{rights}权利。"
    if answer.kind == PartyAnswer.Kind.HEARING:
        return f"当事人要求听证。{answer.text}"
    return f"当事人提出陈述、申辩：{answer.text}"


def _decision(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    penalties = list(decision.penalties.all())
    fines = sum(p.amount_fen or 0 for p in penalties if p.kind == Penalty.Kind.FINE)
    listed = _listed(penalties)
    return {
        "文号": decision.number, "日期": day(decision.decided_at),
        "当事人情况": decision.party_identity, "事实": text(decision.facts),
        "依据": text(decision.basis), "履行": text(decision.performance),
        "救济": text(decision.remedies), "机关": decision.authority,
        "教育": text(decision.education),
        "不予处罚情形": str(decision.get_ground_display()) if decision.ground else "",
        "有金钱给付": bool(fines), "罚款合计": yuan(fines) if fines else "",
        "罚款合计大写": f"人民币{amount_in_words(fines)}" if fines else "",
        "处罚": listed, "处罚内容": "；".join(row["内容"] for row in listed),
    }  # fmt: skip


def _on_the_spot(row: CaseParty) -> dict[str, str]:
    """Where it was decided and what the party said (APL arts. 51, 52); {} by the ordinary path."""
    found = OnTheSpot.objects.filter(case=row.case_id).first()
    if found is None:
        return {}
    return {"地点": found.place, "陈述": text(found.statement), "收据号": found.receipt}


def _service(service: Service) -> dict[str, str]:
    served: Any = service.notice or service.decision
    name = service.document
    if service.notice_id:
        name = "行政处罚告知书"
    elif service.decision is not None:
        plain = service.decision.kind == Decision.Kind.NO_PENALTY
        name = "不予行政处罚决定书" if plain else "行政处罚决定书"
    return {
        "名称": name, "文号": served.number if served else "",
        "方式": str(service.get_method_display()), "时间": moment(service.served_at),
        "收件人": service.receiver, "地点": service.place,
    }  # fmt: skip


def of_case(case: Case) -> dict[str, Any]:
    """The last review, hearing and discussion of the case."""
    review = case.reviews.select_related("reviewer").order_by("-round", "-pk").first()
    hearing = case.hearings.select_related("chair").order_by("-round", "-pk").first()
    talk = case.discussions.select_related("chair").order_by("-round", "-pk").first()
    said: dict[str, Any] = {"审核": {}, "听证": {}, "讨论": {}}
    if review is not None:
        points = [
            {"序号": str(n), "名称": name,
             "结果": "符合" if _in_order(review.checklist, code) else "不符合"}
            for n, (code, name) in enumerate(POINTS.items(), start=1)
        ]  # fmt: skip
        said["审核"] = {
            "种类": str(review.get_kind_display()), "审核人": review.reviewer.name,
            "结论": str(review.get_opinion_display()), "意见": text(review.text),
            "日期": day(review.given_at), "要点": points,
        }  # fmt: skip
    if hearing is not None:
        asked = hearing.requested_by.select_related("party")
        said["听证"] = {
            "主持人": hearing.chair.name, "时间": moment(hearing.scheduled_at),
            "地点": hearing.place, "公开": hearing.is_public,
            "不公开理由": hearing.closed_reason, "举行时间": moment(hearing.held_at),
            "笔录": text(hearing.record), "报告": text(hearing.report),
            "申请人": "、".join(row.party.name for row in asked),
        }  # fmt: skip
    if talk is not None:
        said["讨论"] = {
            "时间": moment(talk.held_at), "主持人": talk.chair.name,
            "参加人": "、".join(person.name for person in talk.participants.all()),
            "记录": text(talk.minutes), "结论": text(talk.conclusion),
        }  # fmt: skip
    return said


def _in_order(checklist: Any, code: str) -> bool:
    found = checklist.get(code) if isinstance(checklist, dict) else None
    return bool(found.get("ok")) if isinstance(found, dict) else bool(found)
