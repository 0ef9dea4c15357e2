"""A small bureau at work, for tests: units, people by role, and files walked to any state.

Everything goes through the public services and the engine, so what a test finds could be there.

How a test stays fast: walk first, at the fixture's moment, and write rows of your own afterwards.
What an earlier test walked to from the same writes then costs milliseconds (``tests.remembered``).
Mark a module's own longer walks ``remembered``, and go no further than the test needs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts import clock
from accounts.models import Authority, Unit, User
from tests.accounts.people import make_unit, make_user, post
from tests.citing import broken
from tests.remembered import remembered, remembering
from workflow import api
from workflow.models import Case, EvidenceFile, Lead
from workflow.services import answers, case_file, leads

_numbers = count(1)
#: A Tuesday morning in a year whose calendar is known, well after July 2021.
START = datetime(2022, 3, 1, 9, 0, tzinfo=timezone.get_fixed_timezone(480))

USCC = "91341721MA2N0ABC4X"


@remembered
def units() -> tuple[Unit, ...]:
    bureau = make_unit("bureau", parent=None, name="县市场监督管理局", kind="bureau")
    squad = make_unit("squad", parent=bureau, name="综合行政执法中队", kind="squad")
    station = make_unit("station", parent=bureau, name="大渡口所", kind="station")
    other = make_unit("other", parent=bureau, name="东流所", kind="station")
    return bureau, squad, station, other, make_unit("legal", parent=bureau, name="法规科")


@remembering
class World:
    """County bureau → squad, two stations; people are made when first asked for."""

    is_a_world = True

    def __init__(self) -> None:
        self.bureau, self.squad, self.station, self.other, self.legal = units()

    def person(self, username: str, role: str, unit, **fields) -> User:
        """The person of that name, made and posted the first time."""
        if found := User.objects.filter(username=username).first():
            return found
        if role == "handler":
            fields = {"qualification_no": f"皖{next(_numbers):08d}", **fields}
        user = make_user(username, **fields)
        post(user, role, unit)
        return user

    @cached_property
    def handler(self) -> User:
        return self.person("handler", "handler", self.station, name="吴承办")

    @cached_property
    def second(self) -> User:
        return self.person("second", "handler", self.station, name="钱协办")

    @cached_property
    def stranger(self) -> User:
        """A handler of another station."""
        return self.person("stranger", "handler", self.other, name="孙外所")

    @cached_property
    def unit_head(self) -> User:
        return self.person("unit_head", "unit_head", self.station, name="李所长")

    @cached_property
    def leader(self) -> User:
        return self.person("leader", "leader", self.bureau, name="周分管")

    @cached_property
    def head(self) -> User:
        return self.person("head", "head", self.bureau, name="郑局长")

    @cached_property
    def reviewer(self) -> User:
        return self.person("reviewer", "case_reviewer", self.bureau, name="王审核")

    @cached_property
    def jurist(self) -> User:
        return self.person(
            "jurist", "legal_reviewer", self.bureau, name="冯法制", has_legal_qualification=True
        )

    @cached_property
    def office(self) -> User:
        return self.person("office", "campaign_office", self.bureau, name="陈专班")

    @cached_property
    def editor(self) -> User:
        return self.person("editor", "editor", self.bureau, name="褚宣传")

    @cached_property
    def checker(self) -> User:
        return self.person("checker", "secrecy_reviewer", self.bureau, name="卫保密")

    @cached_property
    def system_admin(self) -> User:
        return self.person("sysadmin", "system_admin", self.bureau, name="蒋系统")

    @cached_property
    def security_admin(self) -> User:
        return self.person("secadmin", "security_admin", self.bureau, name="沈安全")

    @cached_property
    def auditor(self) -> User:
        return self.person("auditor", "auditor", self.bureau, name="韩审计")

    @cached_property
    def police(self) -> Authority:
        return Authority.objects.create(
            code="police", name="县公安局", kind="police", level="county", valid_from="2019-01-01"
        )

    # ---- files -----------------------------------------------------------------------------------

    def lead(self, *, unit=None, by: User | None = None, reporter=None, restricted=False, **fields):
        """A registered lead, received now."""
        fields = {
            "channel": "self_found",
            "title": "销售三无儿童玩具",
            "content": "检查发现货架上有无厂名厂址的塑料玩具枪。",
            "place": "大渡口镇",
            "subject_name": "某某县小星星玩具店",
            **fields,
        }
        return leads.register_lead(
            actor=by or self.handler, unit=unit or self.station, received_at=clock.now(),
            fields=fields, reporter=reporter, restricted=restricted,
        )  # fmt: skip

    def verifying(self, **fields) -> Lead:
        lead = self.lead(**fields)
        api.perform(
            lead,
            "lead.accept",
            actor=self.unit_head,
            data={"handlers": [self.handler, self.second]},
        )
        return reload(lead)

    def filing(self) -> dict[str, object]:
        """The data of 立案."""
        return {
            "breach_shown": True, "penalty_due": True, "own_jurisdiction": True, "in_time": True,
            "title": "小星星玩具店销售三无玩具案", "cause": "销售无厂名厂址的产品",
            "party_kind": "individual_business", "reason": "现场检查发现三无玩具 30 件。",
        }  # fmt: skip

    def signed(self, record, name: str, data=None, *, actor=None, signers=None, acted_at=None):
        """Propose and sign an act through all its roles; returns the record as it stands."""
        approval = api.propose(record, name, actor=actor or self.handler, data=data)
        for signer in signers or (self.unit_head, self.leader):
            approval = api.sign(approval, actor=signer, opinion="同意", acted_at=acted_at)
        return reload(record)

    def investigating(self, **fields) -> Case:
        lead = self.verifying(**fields)
        self.signed(lead, "lead.file", self.filing())
        return Case.objects.get(lead=lead)

    def evidence(self, case: Case, title: str = "现场笔录") -> EvidenceFile:
        return EvidenceFile.objects.create(
            case=case, kind="inspection", title=title, original_name="笔录.txt", size=4,
            sha256="982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1",
            mime_type="text/plain", collected_at=clock.now(), collectors=["吴承办", "钱协办"],
            uploaded_by=self.handler, file=ContentFile(b"text", name=f"{next(_numbers)}.txt"),
        )  # fmt: skip

    def concluded(self, **flags) -> Case:
        case = self.investigating()
        self.evidence(case)
        case_file.edit_case(
            case, actor=self.handler,
            fields={
                "facts": "经查，当事人销售三无玩具 30 件。",
                "legal_basis": "产品质量法第二十七条",
            },
        )  # fmt: skip
        data = {"report": "事实清楚，证据充分。", "proposal": "罚款 5000 元", **flags}
        api.perform(case, "case.conclude", actor=self.handler, data=data)
        return reload(case)

    def reviewing(self, **flags) -> Case:
        case = self.concluded(**flags)
        api.perform(case, "case.submit_review", actor=self.handler)
        return reload(case)

    def opinion(self, case: Case, *, by: User | None = None, opinion: str = "agree") -> Case:
        points = [code for code, _ in form_points()]
        api.perform(
            case, "case.give_opinion", actor=by or self.reviewer,
            data={"points": points, "opinion": opinion, "text": "同意拟处罚意见。"},
        )  # fmt: skip
        return reload(case)

    def reviewed(self, **flags) -> Case:
        return self.opinion(self.reviewing(**flags), by=self.jurist if flags else None)

    def draft_notice(self, case: Case, *, fine_fen: int = 500_000, hearing_right: bool = False):
        return case_file.draft_notice(
            case.parties.get(), actor=self.handler, facts="销售三无玩具 30 件。",
            reasons="违反产品质量法第二十七条。", basis="产品质量法第五十四条",
            hearing_right=hearing_right, penalties=[{"kind": "fine", "amount_fen": fine_fen}],
        )  # fmt: skip

    def noticed(self, *, fine_fen: int = 500_000, hearing_right: bool = False, **flags) -> Case:
        """Notice issued and served, not yet answered."""
        case = self.reviewed(**flags)
        notice = self.draft_notice(case, fine_fen=fine_fen, hearing_right=hearing_right)
        case = self.signed(case, "case.notify")
        notice.refresh_from_db()
        case_file.record_service(
            case.parties.get(), actor=self.handler, method="direct", served_at=clock.now(),
            receiver="店主", notice=notice,
        )  # fmt: skip
        return reload(case)

    def answer(self, case: Case, answer: str = "waived", text: str = "", considered: str = ""):
        notice = case.parties.get().notices.get(superseded_at=None)
        answers.record_answer(
            notice, actor=self.handler, answer=answer, acted_at=clock.now(), text=text,
            considered=considered,
            proof=self.evidence(case, "放弃陈述申辩声明") if answer == "waived" else None,
        )  # fmt: skip
        return reload(case)

    def draft_decision(self, case: Case, *, fine_fen: int = 500_000, kind: str = "penalty"):
        fields = {
            "kind": kind, "party_identity": "小星星玩具店", "facts": "销售三无玩具 30 件。",
            "basis": "产品质量法第五十四条", "performance": "十五日内到指定银行缴纳",
            "remedies": "六十日内申请复议，六个月内起诉", "authority": "县市场监督管理局",
        }  # fmt: skip
        if kind == "no_penalty":
            fields |= {"ground": "minor", "education": "已当面教育"}
        penalties = [{"kind": "fine", "amount_fen": fine_fen}] if kind == "penalty" else []
        more = {"fields": fields, "penalties": penalties, "citations": broken()}
        return case_file.draft_decision(case.parties.get(), actor=self.handler, **more)

    def deliberating(self, **more) -> Case:
        case = self.answer(self.noticed(**more))
        self.draft_decision(case, fine_fen=more.get("fine_fen", 500_000))
        api.perform(case, "case.deliberate", actor=self.handler)
        return reload(case)

    def decided(self, **more) -> Case:
        return self.signed(self.deliberating(**more), "case.decide")

    def enforcing(self, **more) -> Case:
        case = self.decided(**more)
        row = case.parties.get()
        case_file.record_service(
            row, actor=self.handler, method="direct", served_at=clock.now(), receiver="店主",
            decision=row.decisions.latest("round"),
        )  # fmt: skip
        api.perform(case, "case.enforce", actor=self.handler)
        return reload(case)

    def closed(self, **more) -> Case:
        case = self.enforcing(**more)
        penalty = case.parties.get().decisions.latest("round").penalties.get()
        case_file.record_payment(
            penalty, actor=self.handler, amount_fen=penalty.amount_fen, paid_on=clock.today()
        )
        data = {"ground": "performed", "reason": "罚款已缴清。"}
        return self.signed(case, "case.close", data)

    def archived(self, **more) -> Case:
        case = self.closed(**more)
        number = f"2022{next(_numbers):04d}"
        api.perform(case, "case.archive", actor=self.handler, data={"archive_number": number})
        return reload(case)


def reload(record):
    return type(record)._base_manager.get(pk=record.pk)


def form_points():
    from workflow.forms.case import REVIEW_POINTS

    return REVIEW_POINTS


def later(**delta):
    """A context in which that much more time has passed."""
    return clock.at(clock.now() + timedelta(**delta))
