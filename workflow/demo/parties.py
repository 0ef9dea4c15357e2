"""What happened to one party of a demo case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from workflow.guards.execution import Account
from workflow.models import Article, ArticleCitation, CaseParty, Decision, Notice
from workflow.services import case_file, execution
from workflow.services.answers import record_answer
from workflow.services.evidence import add_evidence

if TYPE_CHECKING:
    from workflow.demo.case_acts import CaseActs

_NUMBER = re.compile(r"第[^条]+条(之[一二三四五])?")
ROLES = {
    "breach": ArticleCitation.Role.BREACHED, "penalty": ArticleCitation.Role.PENALTY,
    "discretion": ArticleCitation.Role.DISCRETION,
}  # fmt: skip
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议，"
    "也可以在六个月内向人民法院提起行政诉讼。"
)


class PartyStory:
    """One entry of a case's parties, as acts."""

    def __init__(self, story: CaseActs, row: dict[str, Any]) -> None:
        self.story, self.row = story, row

    @property
    def case_party(self) -> CaseParty:
        return self.story.case.parties.get(party__name=self.row["name"])

    @property
    def notice(self) -> Notice:
        return self.case_party.notices.filter(superseded_at=None).latest("round")

    @property
    def decision(self) -> Decision:
        return self.case_party.decisions.latest("round")

    def draft_notice(self) -> None:
        proposed = self.row["proposed"]
        case_file.draft_notice(
            self.case_party,
            actor=self.story.handler,
            facts=self.story.row["facts"],
            reasons=proposed["reason"],
            basis="；".join(dict.fromkeys(p["basis"] for p in proposed["penalties"])),
            hearing_right=self.row["notice"]["hearing_right"],
            citations=self.citations(),
            penalties=_penalties(proposed["penalties"], proposed["tier"]),
        )

    def serve_notice(self) -> None:
        served = [s for s in self.row["services"] if s["document"] == "notice"]
        self._serve(served[0] if served else {}, notice=self.notice)

    def serve_decision(self, service: dict[str, Any]) -> None:
        self._serve(service, decision=self.decision, publication_told=True)

    def _serve(self, service: dict[str, Any], **document: Any) -> None:
        case_file.record_service(
            self.case_party,
            actor=self.story.handler,
            method=service.get("method", "direct"),
            served_at=clock.now(),
            receiver=service.get("receiver") or self.row["name"],
            witness=service.get("witness", ""),
            **document,
        )

    def answer(self) -> None:
        answer = self.row["notice"]["answer"]
        proof = None
        if answer["kind"] == "waived":
            proof = add_evidence(
                self.story.case, actor=self.story.handler, kind="statement",
                title=f"{self.row['name']}放弃陈述申辩声明", collected_at=clock.now(),
                upload=SimpleUploadedFile("放弃声明.txt", (answer["text"] or "自愿放弃").encode()),
            )  # fmt: skip
        record_answer(
            self.notice, actor=self.story.handler, answer=answer["kind"], acted_at=clock.now(),
            text=answer["text"], considered=answer["considered"], proof=proof,
        )  # fmt: skip

    def draft_decision(self) -> None:
        row = self.row["decision"] or {
            "outcome": "penalty", "facts_summary": self.story.row["cause"],
            "penalties": self.row["proposed"]["penalties"],
        }  # fmt: skip
        code = f"，统一社会信用代码{self.row['uscc']}" if self.row["uscc"] else ""
        case_file.draft_decision(
            self.case_party,
            actor=self.story.handler,
            fields={
                "kind": row["outcome"],
                "party_identity": f"{self.row['name']}{code}，{self.row['address'] or ''}",
                "facts": row["facts_summary"],
                "basis": "；".join(dict.fromkeys(p["basis"] for p in row["penalties"])),
                "performance": "自收到本决定书之日起十五日内到指定银行缴纳罚没款。",
                "remedies": REMEDIES,
                "authority": "东至县市场监督管理局",
            },
            citations=self.citations(),
            penalties=_penalties(row["penalties"], self.row["proposed"]["tier"]),
        )

    def pay(self, payment: dict[str, Any]) -> None:
        left = {"fine": payment["fine_fen"], "gains": payment["confiscation_fen"]}
        for penalty in self.decision.penalties.filter(kind__in=left):
            amount = min(left[penalty.kind], penalty.amount_fen or 0)
            if amount:
                case_file.record_payment(
                    penalty, actor=self.story.handler, amount_fen=amount, paid_on=clock.today()
                )
        if self.row["instalment"]:
            self.pay_surcharge()

    def pay_surcharge(self) -> None:
        """What a late instalment owes is paid with it (行政处罚法 art. 72)."""
        owed = Account(self.decision).surcharge(clock.today())
        if owed:
            execution.record_surcharge(
                self.decision.penalties.get(kind="fine"), actor=self.story.handler,
                amount_fen=owed, paid_on=clock.today(),
            )  # fmt: skip

    def citations(self) -> list[tuple[Article, str]]:
        """The articles of the data that the library has, in the version of the day."""
        found: dict[tuple[Article, str], None] = {}
        for law in self.story.row["laws"]:
            numbers = [match[0] for text in law["articles"] if (match := _NUMBER.match(text))]
            articles = Article.objects.in_force(clock.today()).filter(
                version__law__name=law["law"], number__in=numbers, paragraph=""
            )
            found |= dict.fromkeys((article, ROLES[law["purpose"]]) for article in articles)
        return list(found) or self._by_procedure()

    def _by_procedure(self) -> list[tuple[Article, str]]:
        """Where the library has none of the case's own articles: how it was decided."""
        rows = Article.objects.in_force(clock.today()).filter(
            version__law__short_name="行政处罚法", number="第五十七条", paragraph=""
        )
        return [(article, ArticleCitation.Role.PROCEDURE) for article in rows]

    def perform_rest(self) -> None:
        """Goods were taken and warnings given when the case is closed."""
        for penalty in self.decision.penalties.filter(amount_fen=None, performed_on=None):
            case_file.record_performed(
                penalty, actor=self.story.handler, performed_on=clock.today()
            )


def _penalties(rows: list[dict[str, Any]], tier: str) -> list[dict[str, Any]]:
    return [
        {"kind": row["kind"], "amount_fen": row["amount_fen"] or None, "goods": row["goods"] or "",
         "tier": tier if tier in {"reduced", "lenient", "ordinary", "severe"} else ""}
        for row in rows
    ]  # fmt: skip
