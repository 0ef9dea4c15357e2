"""Transfers, measures with their goods, and the list of what lies in a file."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from workflow.checklists import TRANSFER_MATERIALS
from workflow.documents.context.words import day, text, yuan
from workflow.models import (
    Case,
    Deadline,
    Disposal,
    Document,
    ItemMove,
    Measure,
    MeasureItem,
    Transfer,
)

TRANSFER = {
    f"移送.{name}": "transfer"
    for name in (
        "文号", "种类", "接收机关", "当事人名称", "事实", "全案", "部分", "罪名条款", "专案组",
        "材料.序号", "材料.名称",
    )
}  # fmt: skip
_MEASURE = (
    "措施.文号", "措施.种类", "措施.决定书名称", "措施.法律依据", "措施.理由", "措施.地点",
    "措施.保管人", "措施.决定日期", "措施.期限届满日", "物品.序号", "物品.名称", "物品.规格",
    "物品.数量", "物品.单位", "物品.价值", "物品.备注", "物品项数", "物品价值合计",
    "物品处理.序号", "物品处理.名称", "物品处理.数量", "物品处理.方式", "物品处理.时间",
    "物品处理.说明",
)  # fmt: skip
MEASURE = dict.fromkeys(_MEASURE, "measures")
FILE = {f"卷内文件.{name}": "" for name in ("序号", "文号", "题名", "日期", "页次")}
_KINDS = {
    Measure.Kind.PRESERVE: "先行登记保存", Measure.Kind.SEAL: "查封", Measure.Kind.SEIZE: "扣押",
}  # fmt: skip
#: The limits that say until when a measure stands (处罚法 art. 56; 行政强制法 art. 25).
_UNTIL = ("C16", "C18")


def transfer(record: Transfer) -> dict[str, Any]:
    """A transfer as its letter tells it."""
    rows = record.parties.select_related("party")
    names = "、".join(row.party.name for row in rows)
    if not names and record.case is not None:
        parties = record.case.parties.standing().select_related("party")
        names = "、".join(row.party.name for row in parties)
    if not names and record.lead is not None:
        names = record.lead.subject_name
    labels = dict(TRANSFER_MATERIALS)
    return {
        "文号": record.number, "种类": str(record.get_kind_display()),
        "接收机关": record.authority.name, "当事人名称": names, "事实": text(record.facts),
        "全案": record.whole, "部分": text(record.part), "罪名条款": record.crime_articles,
        "专案组": "、".join(person.name for person in record.team.all()),
        "材料": [
            {"序号": str(n), "名称": str(labels.get(code, code))}
            for n, code in enumerate(record.materials, start=1)
        ],
    }  # fmt: skip


def measure(record: Measure) -> dict[str, Any]:
    """A measure, its list of goods and where they went."""
    items = list(record.items.prefetch_related("moves", "disposals"))
    until = (
        Deadline.objects.filter(
            record_type=record._meta.label_lower, record_id=record.pk, code__in=_UNTIL
        )
        .order_by("-pk")
        .first()
    )
    values = [item.value_fen for item in items if item.value_fen is not None]
    return {
        "措施": {
            "文号": record.number, "种类": _KINDS[Measure.Kind(record.kind)],
            "决定书名称": "实施行政强制措施决定书"
            if record.is_coercive
            else "先行登记保存证据通知书",
            "法律依据": record.basis, "理由": text(record.reason), "地点": record.place,
            "保管人": record.keeper, "决定日期": day(record.decided_at),
            "期限届满日": day(until.due_on) if until and until.due_on else _thirty_days(record),
        },
        "物品": [_item(n, item) for n, item in enumerate(items, start=1)],
        "物品项数": str(len(items)), "物品价值合计": yuan(sum(values)) if values else "",
        "物品处理": _moves(items),
    }  # fmt: skip


def _thirty_days(record: Measure) -> str:
    if record.decided_at is None or not record.is_coercive:
        return ""
    return day(timezone.localtime(record.decided_at) + timedelta(days=30))


def _number(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


def _item(n: int, item: MeasureItem) -> dict[str, str]:
    value = "" if item.value_fen is None else f"{Decimal(item.value_fen) / 100:,.2f}"
    return {
        "序号": str(n), "名称": item.name, "规格": item.specification,
        "数量": _number(item.quantity), "单位": item.unit_name, "价值": value, "备注": item.note,
    }  # fmt: skip


def _moves(items: list[MeasureItem]) -> list[dict[str, str]]:
    """What left, then what became of it once confiscated."""
    moves = [_move(item, move, move.moved_at) for item in items for move in item.moves.all()]
    gone = [_move(item, row, row.disposed_at) for item in items for row in item.disposals.all()]
    return [{"序号": str(n), **row} for n, row in enumerate([*moves, *gone], start=1)]


def _move(item: MeasureItem, move: ItemMove | Disposal, at: datetime) -> dict[str, str]:
    return {
        "名称": item.name, "数量": f"{_number(move.quantity)}{item.unit_name}",
        "方式": str(move.get_kind_display()), "时间": day(at),
        "说明": "；".join(filter(None, (move.receiver, move.witness, move.reason))),
    }  # fmt: skip


def contents(case: Case) -> list[dict[str, str]]:
    """The issued documents of the case in the order of the file (正卷, then 副卷).

    A document about a transfer is left out: one to the discipline body is not the file's to tell.
    """
    rows = Document.objects.filter(
        case=case, status=Document.Status.ISSUED, transfer=None
    ).select_related("form")
    volumes = {"正卷": 0, "副卷": 1}
    listed = [row for row in rows if row.form.volume in volumes]
    listed.sort(key=lambda row: (volumes[row.form.volume], row.form.order, row.pk))
    return [
        {"序号": str(n), "文号": row.number, "题名": row.form.name, "日期": day(row.issued_at),
         "页次": ""}
        for n, row in enumerate(listed, start=1)
    ]  # fmt: skip
