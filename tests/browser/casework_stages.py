"""The stages of casework at the screens, each by the people it needs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts import clock
from tests.browser.officer import address
from tests.casework import reload
from workflow.forms.case import REVIEW_POINTS
from workflow.models import Case, Lead, Transfer

TITLE = "小星星玩具店销售三无玩具案"
FACTS = "经查，当事人自2026年3月起销售无厂名厂址的塑料玩具枪30件，货值金额900元。"
LAW = "《中华人民共和国产品质量法》第二十七条"


class Bureau:
    """The people of the journey, each at their own browser."""

    def __init__(self, world: Any, house: Any) -> None:
        self.world, self.house = world, house

    def __getattr__(self, name: str) -> Any:
        """The officer whom ``World`` knows by that name."""
        return self.house.officer(getattr(self.world, name))

    def signed(self, record: Any, name: str, *, by: Any = None, signers: Any = None, **fields: Any):
        """Proposed by the handler, signed by the head of the unit and the leader."""
        (by or self.handler).step(record, name, **fields)
        for signer in signers or (self.unit_head, self.leader):
            signer.sign(record)
        return reload(record)


def moment() -> str:
    """Now, as the field of a form takes it."""
    return f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}"


def register(bureau: Bureau) -> Lead:
    """线索登记 from the list, then 核查 by two handlers."""
    handler, station = bureau.handler, bureau.world.station
    page = handler.visitor.visit("/admin/leads/")
    handler.visitor.press(page.locator('main a[href$="/leads/new/"]').first)
    handler.fill(
        channel="self_found", received_at=moment(), title="销售三无儿童玩具", place="大渡口镇",
        content="检查发现货架上有无厂名厂址的塑料玩具枪。", subject_name="某某县小星星玩具店",
        unit=station.pk,
    )  # fmt: skip
    handler.submit()
    lead = Lead.objects.get(title="销售三无儿童玩具")
    people = [bureau.world.handler.pk, bureau.world.second.pk]
    bureau.unit_head.step(lead, "lead.accept", handlers=people)
    return reload(lead)


def file(bureau: Bureau, lead: Lead) -> Case:
    """立案: proposed with the four conditions, signed by two."""
    bureau.signed(
        lead, "lead.file", breach_shown=True, penalty_due=True, own_jurisdiction=True,
        in_time=True, title=TITLE, cause="销售无厂名厂址的产品", party_kind="individual_business",
        reason="现场检查发现三无玩具30件。",
    )  # fmt: skip
    return Case.objects.get(lead=lead)


def investigate(bureau: Bureau, case: Case) -> Case:
    """调查取证 to 调查终结; a file is uploaded."""
    handler = bureau.handler
    handler.act(
        case, "documents", address(case, "add_evidence"),
        upload=("现场笔录.txt", "检查时间、地点、在场人员。".encode()), title="现场笔录",
        kind="inspection", acted_at=moment(),
    )  # fmt: skip
    handler.act(
        case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW, goods_value_fen="900"
    )
    handler.step(case, "case.conclude", report="事实清楚，证据充分。", proposal="罚款5000元。")
    handler.step(case, "case.submit_review")
    return reload(case)


def review(bureau: Bureau, case: Case) -> Case:
    """审核 by somebody who is no handler."""
    bureau.reviewer.step(
        case, "case.give_opinion", points=[code for code, _label in REVIEW_POINTS],
        opinion="agree", text="同意拟处罚意见。",
    )  # fmt: skip
    return reload(case)


def notify(bureau: Bureau, case: Case) -> Case:
    """告知: drafted, signed, served, waived with proof."""
    handler, party = bureau.handler, case.parties.get()
    handler.act(
        case, "parties", address(case, "draft_notice", party.pk), reasons=f"违反{LAW}。",
        basis="《中华人民共和国产品质量法》第五十四条",
        **{"penalty-0-kind": "fine", "penalty-0-amount_fen": "5000"},
    )  # fmt: skip
    case = bureau.signed(case, "case.notify")
    notice = party.notices.get()
    serve(bureau, case, f"notice-{notice.pk}")
    handler.act(
        case, "documents", address(case, "add_evidence"), title="放弃陈述申辩声明",
        upload=("放弃声明.txt", "自愿放弃陈述、申辩。".encode()), kind="statement",
        acted_at=moment(),
    )  # fmt: skip
    proof = case.evidence.get(title="放弃陈述申辩声明")
    handler.act(
        case, "parties", address(case, "record_answer", notice.pk), answer="waived",
        acted_at=moment(), proof=proof.pk,
    )  # fmt: skip
    return reload(case)


def serve(bureau: Bureau, case: Case, paper: str) -> None:
    """送达 in person."""
    party = case.parties.get()
    bureau.handler.act(
        case, "parties", address(case, "record_service", party.pk), paper=paper, method="direct",
        acted_at=moment(), receiver="店主", publication_told=True,
    )  # fmt: skip


def decide(bureau: Bureau, case: Case) -> Case:
    """审批决定, served; from then on it is carried out."""
    handler, party = bureau.handler, case.parties.get()
    handler.act(
        case, "parties", address(case, "draft_decision", party.pk), kind="penalty",
        breached="《产品质量法》第二十七条",
    )  # fmt: skip
    handler.step(case, "case.deliberate")
    case = bureau.signed(reload(case), "case.decide")
    serve(bureau, case, f"decision-{party.decisions.get().pk}")
    handler.step(case, "case.enforce")
    return reload(case)


def pay_and_close(bureau: Bureau, case: Case) -> Case:
    """缴款 and 结案."""
    penalty = case.parties.get().decisions.get().penalties.get()
    bureau.handler.act(
        case, "parties", address(case, "record_payment", penalty.pk), amount="5000",
        paid_on=f"{clock.today():%Y-%m-%d}", voucher="皖财罚0001",
    )  # fmt: skip
    return bureau.signed(case, "case.close", ground="performed", reason="罚款已缴清。")


def hand_over(bureau: Bureau, case: Case, *, whole: bool) -> Transfer:
    """移送 to the police, approved by the head in person, received by them."""
    world, handler = bureau.world, bureau.handler
    extent = {"extent": "whole"} if whole else {"extent": "part", "part": "涉嫌假冒注册商标部分"}
    handler.act(
        case, "transfers", address(case, "propose_transfer"), kind="criminal",
        authority=world.police.pk, **extent, crime_articles="《刑法》第二百一十四条",
        facts="货值金额较大，涉嫌犯罪。", team=[world.handler.pk, world.second.pk],
    )  # fmt: skip
    transfer = Transfer.objects.latest("pk")
    transfer = bureau.signed(transfer, "transfer.approve", signers=[bureau.head])
    materials = ["transfer_letter", "report", "goods_list", "test_report"]
    handler.step(transfer, "transfer.hand_over", materials=materials)
    handler.step(transfer, "transfer.receipt", receipt_number="东公接〔2026〕1号")
    return reload(transfer)
