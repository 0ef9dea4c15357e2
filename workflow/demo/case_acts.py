"""The acts of a demo case, each through the engine as its people would do it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from accounts.models import Authority, User
from workflow.demo.leads import AGREED, LeadStory
from workflow.demo.parties import PartyStory
from workflow.effects.parties import find_or_create_party
from workflow.engine.approvals import propose, sign
from workflow.engine.perform import perform
from workflow.forms.case import REVIEW_POINTS
from workflow.models import Case, Party, Transfer
from workflow.services import case_file, challenges, side
from workflow.services.evidence import add_evidence

MATERIALS = ["transfer_letter", "report", "goods_list", "test_report"]


class CaseActs:
    """One case of the data, its lead, and what is done in it."""

    def __init__(self, row: dict[str, Any], lead: LeadStory, people: dict[str, User]) -> None:
        self.row, self.lead_story, self.people = row, lead, people
        self.key = row["key"]
        self.parties = [PartyStory(self, party) for party in row["parties"]]

    @property
    def case(self) -> Case:
        return Case.objects.get(lead=self.lead_story.known[self.lead_story.key])

    @property
    def handlers(self) -> list[User]:
        return [self.people[name] for name in self.row["handlers"]]

    @property
    def handler(self) -> User:
        return self.handlers[0]

    def file(self) -> None:
        row, party = self.row, self.row["parties"][0]
        self.lead_story.signed("lead.file", {
            "breach_shown": True, "penalty_due": True, "own_jurisdiction": True, "in_time": True,
            "title": row["title"], "cause": row["cause"], "party_kind": party["kind"],
            "category": self.lead_story.category(),
            "reason": "初步证据证明存在违法行为，建议立案。",
        })  # fmt: skip
        case = self.case
        for number, entry in enumerate(row["parties"]):
            first = case.parties.get(order=1).party
            known = first if not number and first.uscc == entry["uscc"] else self._party(entry)
            known.legal_representative = entry["legal_rep"] or ""
            known.address, known.phone = entry["address"] or "", entry["phone"] or ""
            known.id_number = entry["id_number"] or ""
            known.save()
            if number == 0:
                case.parties.update(party=known)
            else:
                case_file.add_party(case, actor=self.handler, party=known)
        self.write_facts()

    def _party(self, entry: dict[str, Any]) -> Party:
        return find_or_create_party(
            unit=self.case.unit, kind=entry["kind"], name=entry["name"], uscc=entry["uscc"] or ""
        )

    def write_facts(self) -> None:
        row = self.row
        basis = "；".join(f"《{law['law']}》{'、'.join(law['articles'])}" for law in row["laws"])
        case_file.edit_case(self.case, actor=self.handler, fields={
            "facts": row["facts"], "legal_basis": basis,
            "goods_value_fen": row["goods_value_fen"],
            "illegal_gains_fen": row["illegal_gains_fen"],
        })  # fmt: skip

    def add_evidence(self, entry: dict[str, Any]) -> None:
        text = f"{entry['title']}\n（演示文件，内容为虚构）\n"
        add_evidence(
            self.case, actor=self.handler, kind=entry["kind"], title=entry["title"],
            upload=SimpleUploadedFile(f"{entry['title']}.txt", text.encode()),
            collected_at=clock.now(),
        )  # fmt: skip

    def conclude(self) -> None:
        row = self.row
        proofs = "、".join(entry["title"] for entry in row["evidence"])
        reasons = "；".join(p.row["proposed"]["reason"] for p in self.parties if p.row["proposed"])
        legal = any(review["kind"] == "legal_review" for review in row["reviews"])
        flagged = row["major_public_interest"] or row["complex_relations"]
        collective = bool(row["deliberation"] and row["deliberation"]["collective"])
        perform(self.case, "case.conclude", actor=self.handler, data={
            "report": f"{row['facts']}\n以上事实有{proofs}等证据证明。",
            "proposal": reasons or "建议依法处理",
            "major_public_interest": row["major_public_interest"],
            "complex_relations": row["complex_relations"],
            "review_by_statute": legal and not flagged,
            "complex_or_major": row["complex_or_major"] or collective,
        })  # fmt: skip

    def submit(self) -> None:
        perform(self.case, "case.submit_review", actor=self.handler)

    def take_back(self) -> None:
        reviewer = self.people[self.row["reviews"][0]["reviewer"]]
        data = {"reason": "按审核意见补充调查。"}
        perform(self.case, "case.reinvestigate", actor=reviewer, data=data)

    def opinion(self, review: dict[str, Any]) -> None:
        agrees = review["outcome"] == "agree"
        points = [code for code, _label in REVIEW_POINTS]
        perform(self.case, "case.give_opinion", actor=self.people[review["reviewer"]], data={
            "points": points if agrees else points[:-2], "opinion": review["outcome"],
            "text": review["opinion"],
        })  # fmt: skip

    def signed(self, name: str, data: dict[str, Any] | None = None) -> None:
        approval = propose(self.case, name, actor=self.handler, data=data)
        for signer in (self.lead_story.unit_head, self.people["fenguan"]):
            approval = sign(approval, actor=signer, opinion=AGREED)

    def notify(self) -> None:
        self.signed("case.notify")

    def open_hearing(self, hearing: dict[str, Any]) -> None:
        days = (hearing["notice_served_days_ago"] - hearing["held_days_ago"]
                if hearing["held_days_ago"] is not None
                else hearing["notice_served_days_ago"] + hearing["planned_in_days"])  # fmt: skip
        chair = self.people[hearing["presider"]]
        perform(self.case, "case.schedule_hearing", actor=chair, data={
            "chair": chair, "notified_at": clock.now(),
            "scheduled_at": clock.now() + timedelta(days=days), "place": hearing["place"],
        })  # fmt: skip

    def close_hearing(self, hearing: dict[str, Any]) -> None:
        days = hearing["held_days_ago"] - hearing["report_days_ago"]
        perform(self.case, "case.close_hearing", actor=self.people[hearing["presider"]], data={
            "held_at": clock.now() - timedelta(days=days), "record": "听证笔录经各方核对签字。",
            "report": hearing["opinion"],
        })  # fmt: skip

    def deliberate(self) -> None:
        perform(self.case, "case.deliberate", actor=self.handler)

    def discuss(self) -> None:
        row = self.row["deliberation"]["collective"]
        present = [self.people[name] for name in row["attendees"]]
        side.record_discussion(
            self.case, actor=self.people["fazhi1"], held_at=clock.now(), chair=present[0],
            participants=present, minutes=row["opinion"], conclusion=row["opinion"],
        )  # fmt: skip

    def decide(self) -> None:
        self.signed("case.decide")

    def enforce(self) -> None:
        perform(self.case, "case.enforce", actor=self.handler)

    def extend(self, row: dict[str, Any]) -> None:
        self.signed("case.extend", {"reason": row["reason"]})

    def suspend(self) -> None:
        row = self.row["suspension"]
        self.signed("case.suspend", {"ground": row["reason_code"], "reason": row["reason"]})

    def terminate(self) -> None:
        row = self.row["termination"]
        self.signed("case.terminate", {"ground": row["reason_code"], "reason": row["reason"]})

    def challenge(self) -> None:
        row = self.row["challenge"]
        decision = self.parties[0].case_party.decisions.latest("round")
        challenges.file_challenge(
            decision, actor=self.handler, kind=row["kind"], body=row["body"],
            filed_on=clock.today(),
        )  # fmt: skip

    def settle(self) -> None:
        row = self.row["challenge"]
        challenge = self.parties[0].case_party.decisions.latest("round").challenges.get()
        challenges.settle_challenge(
            challenge, actor=self.handler, outcome=row["outcome"], outcome_on=clock.today(),
            note=row["text"],
        )  # fmt: skip

    def reopen(self) -> None:
        self.signed("case.reopen", {"reason": self.row["reopened"]["reason"]})

    def close(self) -> None:
        row = self.row["closure"]
        for party in self.parties:
            party.perform_rest()
        self.signed("case.close", {"ground": row["ground"], "reason": row["text"]})

    def archive(self) -> None:
        taken = Case.objects.exclude(archive_number="").count()
        number = f"{clock.today().year}{taken + 1:04d}"
        perform(self.case, "case.archive", actor=self.handler, data={"archive_number": number})

    def transfer_step(self, row: dict[str, Any], step: dict[str, Any]) -> None:
        crime: dict[str, str] = row["crime"] or {}
        if step["act"] == "propose":
            # Of a party that stays, some acts go: then nobody is named.
            named = self.parties[:1] if row["scope"] == "whole" or len(self.parties) > 1 else []
            side.propose_transfer(
                self.case, actor=self.handler, kind=row["kind"], facts=step["text"],
                authority=Authority.objects.get(name=row["authority"]),
                team=[self.people[name] for name in row["team"]], whole=row["scope"] == "whole",
                part=row["part"],
                crime_articles=" ".join(crime[k] for k in ("article", "name") if crime),
                parties=[party.case_party for party in named],
            )  # fmt: skip
            return
        transfer = Transfer.objects.get(case=self.case, kind=row["kind"])
        if step["act"] == "approve":
            approval = propose(transfer, "transfer.approve", actor=self.handler)
            sign(approval, actor=self.people["juzhang"], opinion=AGREED)
            return
        perform(transfer, f"transfer.{step['act']}", actor=self.handler, data={
            "materials": MATERIALS, "receipt_number": row["receipt_number"] or "回执",
            "outcome_number": row["outcome_number"] or "复函", "reason": step["text"],
        })  # fmt: skip
