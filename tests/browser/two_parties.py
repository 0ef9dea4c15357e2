"""The acts of the file with two parties that the shorter journeys do not have."""

from __future__ import annotations

from tests.browser.casework_stages import FACTS, LAW, moment
from tests.browser.officer import address
from tests.casework import reload
from workflow.models import Measure

#: 产品质量法 18 seals and seizes, 行政处罚法 56 preserves.
POWER = {"preserve": "apl-56", "seal": "pql-18", "seize": "pql-18"}
TOYS = {
    "item-0-name": "塑料玩具枪", "item-0-specification": "无标识", "item-0-quantity": "30",
    "item-0-unit_name": "件", "item-0-value_fen": "900",
}  # fmt: skip
STORE = {"item-0-name": "成品仓库", "item-0-quantity": "1", "item-0-unit_name": "间"}


def supplied_by(bureau, case):
    """The enterprise that supplied the shop becomes the second party."""
    bureau.handler.act(
        case, "parties", address(case, "add_party"), kind="enterprise",
        name="池州市彩虹玩具有限公司", uscc="91341700MA2TQ12A4E",
        address="池州市贵池区齐山大道18号", violation="供货无厂名厂址玩具。",
    )  # fmt: skip


def taken(bureau, row, kind, goods, *, hurried=False):
    """先行登记保存、查封、扣押: proposed, signed by two, carried out with its list on the spot."""
    people = (bureau.handler, bureau.unit_head, bureau.leader)
    handler, *signers = [person.hurried() for person in people] if hurried else people
    case = row.case
    handler.act(
        case, "measures", address(case, "impose_measure"), case_party=row.pk, kind=kind,
        power=POWER[kind], reason="有证据证明不符合保障人身安全的要求。", when="before", **goods,
    )  # fmt: skip
    measure = Measure.objects.get(case=case, case_party=row, kind=kind)
    for signer in signers:
        signer.sign(measure)
    measure = reload(measure)
    handler.step(measure, "measure.carry_out", place="县局物证室", keeper="吴承办", witness="店主")
    return reload(measure)


def lifted(bureau, measure, ground, reason):
    """解除: signed by two, all of it goes back."""
    people = [person.hurried() for person in (bureau.unit_head, bureau.leader)]
    return bureau.signed(
        measure, "measure.lift", by=bureau.handler.hurried(), signers=people, ground=ground,
        reason=reason,
    )  # fmt: skip


def confiscated(bureau, measure, row):
    """没收: all of it leaves under the decision, and nothing is held any more."""
    item = measure.items.get()
    bureau.handler.act(
        measure, "overview", address(measure, "move_item", item.pk, "confiscated"),
        decision=row.decisions.get().pk, receiver="县局罚没仓库", acted_at=moment(),
        second_officer=bureau.world.second.pk,
    )  # fmt: skip


def investigated(bureau, case):
    """调查取证 to 提交审核, with one record of the inspection."""
    handler = bureau.handler
    evidence(bureau, case, "现场笔录", "inspection")
    handler.act(case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW)
    handler.step(case, "case.conclude", report="事实清楚，证据充分。", proposal="分别罚款。")
    handler.step(case, "case.submit_review")
    return reload(case)


def evidence(bureau, case, title, kind):
    """Upload a file; returns its number."""
    bureau.handler.act(
        case, "documents", address(case, "add_evidence"), title=title, kind=kind,
        upload=(f"{title}.txt", f"{title}全文。".encode()), acted_at=moment(),
        collectors="吴承办、钱协办",
    )  # fmt: skip
    return case.evidence.get(title=title).pk


def notified(bureau, case, fines):
    """告知 of every party, signed once; the shop loses its goods too."""
    goods = {next(iter(fines)): {"penalty-1-kind": "goods", "penalty-1-goods": "塑料玩具枪30件"}}
    for row, yuan in fines.items():
        bureau.handler.act(
            case, "parties", address(case, "draft_notice", row.pk), reasons=f"违反{LAW}。",
            basis="《中华人民共和国产品质量法》第五十四条", hearing_right=int(yuan) >= 100_000,
            **{"penalty-0-kind": "fine", "penalty-0-amount_fen": yuan, **goods.get(row, {})},
        )  # fmt: skip
    return bureau.signed(case, "case.notify")


def serve(bureau, case, row, paper):
    bureau.handler.act(
        case, "parties", address(case, "record_service", row.pk), paper=paper, method="direct",
        acted_at=moment(), receiver="负责人", publication_told=True,
    )  # fmt: skip


def answer(bureau, case, row, **fields):
    path = address(case, "record_answer", row.notices.get().pk)
    bureau.handler.act(case, "parties", path, acted_at=moment(), **fields)


def hearing_opened(bureau, case):
    bureau.reviewer.step(
        case, "case.schedule_hearing", chair=bureau.world.reviewer.pk, notified_at=moment(),
        scheduled_at="2021-09-24T09:00", place="县局二楼会议室",
    )  # fmt: skip
    return reload(case)


def hearing_held(bureau, case):
    bureau.reviewer.step(
        case, "case.close_hearing", held_at=moment(), record="双方陈述、质证、辩论。",
        report="建议维持拟处罚意见。",
    )  # fmt: skip
    return reload(case)


def deliberated(bureau, case, rows):
    for row in rows:
        path = address(case, "draft_decision", row.pk)
        bureau.handler.act(
            case, "parties", path, kind="penalty", breached="《产品质量法》第二十七条"
        )
    bureau.handler.step(case, "case.deliberate")
    return reload(case)


def discussed(bureau, case):
    """集体讨论: after a hearing the leaders decide together."""
    world = bureau.world
    bureau.jurist.act(
        case, "documents", address(case, "record_discussion"), acted_at=moment(),
        chair=world.head.pk, participants=[world.head.pk, world.leader.pk, world.jurist.pk],
        minutes="与会人员一致认为事实清楚、程序合法。", conclusion="同意拟处罚意见。",
    )  # fmt: skip


def pay(bureau, case, row, yuan):
    penalty = row.decisions.get().penalties.get(kind="fine")
    bureau.handler.act(
        case, "parties", address(case, "record_payment", penalty.pk), amount=yuan,
        paid_on=moment()[:10], voucher=f"皖财罚{penalty.pk:04d}",
    )  # fmt: skip
