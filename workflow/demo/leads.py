"""Leads of the demonstration, registered and led to where they stand."""

from __future__ import annotations

from functools import partial
from typing import Any

from accounts import clock
from accounts.models import Authority, Unit, User
from accounts.organisation import find_unit
from workflow.demo.people import holder
from workflow.demo.schedule import Schedule
from workflow.engine.acts import begin, record_act
from workflow.engine.approvals import propose, sign
from workflow.engine.perform import perform
from workflow.models import Category, Lead
from workflow.services import access, leads

AGREED = "同意"


class LeadStory:
    """What happened to one lead, as acts on the schedule."""

    def __init__(
        self, row: dict[str, Any], people: dict[str, User], known: dict[str, Lead]
    ) -> None:
        self.row, self.people, self.known = row, people, known
        self.unit = find_unit(row["unit"]) or Unit.get_first_root_node()
        self.key = row["key"]

    @property
    def lead(self) -> Lead:
        return Lead.objects.get(pk=self.known[self.key].pk)

    @property
    def handlers(self) -> list[User]:
        return [self.people[name] for name in self.row["handlers"]]

    @property
    def unit_head(self) -> User:
        return holder(self.people, "unit_head", self.unit) or self.people["zhongdui_head"]

    def schedule(self, plan: Schedule) -> None:
        """Put every act of this lead but the filing of its case on the plan."""
        row, add = self.row, partial(plan.add, self.key)
        add(row["received_days_ago"], self.register)
        if row["state"] in ("registered",):
            return
        if row["handlers"]:
            started = (row["verification"] or {}).get("started_days_ago", row["received_days_ago"])
            add(started, self.accept)
        if row["pause"]:
            add(row["pause"]["from_days_ago"], self.pause)
        if row["decline"]:
            add(row["decline"]["days_ago"], self.decline)
        if row["referral"]:
            add(row["referral"]["days_ago"], self.refer)
        if row["merged_into"]:
            add(row["merged_into"]["days_ago"], self.merge)
        ended = row["decline"] or row["referral"]
        if ended and self.is_reported_by_name:
            add(max(ended["days_ago"] - 1, 0), self.inform)

    @property
    def is_reported_by_name(self) -> bool:
        return bool(self.row["reporter"]) and self.row["reporter"]["kind"] != "anonymous"

    def inform(self) -> None:
        """The reporter is told the outcome, well within five working days."""
        leads.inform_reporter(
            self.lead, actor=self.handlers[0], acted_at=clock.now(), how="电话告知"
        )

    def register(self) -> None:
        row, subject = self.row, self.row["subject"]
        registrar = self.handlers[0] if row["handlers"] else self.people["zhuanban"]
        lead = leads.register_lead(
            actor=registrar,
            unit=self.unit,
            received_at=clock.now(),
            reporter=row["reporter"],
            restricted=row["restricted"],
            fields={
                "channel": row["channel"],
                "title": row["title"],
                "content": row["content"],
                "category": self.category(),
                "place": row["place"],
                "address": subject["address"] or "",
                "subject_name": subject["name"],
                "subject_uscc": subject["uscc"] or "",
                "subject_phone": subject["phone"] or "",
            },
        )
        self.known[self.key] = lead
        if row["restricted"]:
            named = [self.people[name] for name in row["named_people"]]
            access.name_to_know(lead, named, by=registrar, reason="知悉范围")

    def category(self) -> Category | None:
        return Category.objects.filter(
            campaign__code="tiequan-2021", number=self.row["category"]
        ).first()

    def accept(self) -> None:
        perform(self.lead, "lead.accept", actor=self.unit_head, data={"handlers": self.handlers})

    def pause(self) -> None:
        """检测: the days until the result do not count."""
        from django.db import transaction

        lead = self.lead
        with transaction.atomic():
            locked = begin(lead, actor=self.handlers[0], permission="edit_lead")
            deadline = lead.deadlines.get(code="C1")
            record_act(
                locked, "clock.pause", actor=self.handlers[0], reason=self.row["pause"]["text"],
                data={"deadline": deadline.pk, "reason": self.row["pause"]["reason"]},
            )  # fmt: skip

    def signed(self, name: str, data: dict[str, Any]) -> None:
        approval = propose(self.lead, name, actor=self.handlers[0], data=data)
        for signer in (self.unit_head, self.people["fenguan"]):
            approval = sign(approval, actor=signer, opinion=AGREED)

    def decline(self) -> None:
        row = self.row["decline"]
        self.signed("lead.decline", {"ground": row["ground"], "reason": row["reason"]})

    def refer(self) -> None:
        row = self.row["referral"]
        authority = Authority.objects.get(name=row["authority"])
        self.signed("lead.refer", {"authority": authority, "reason": row["reason"]})

    def merge(self) -> None:
        row = self.row["merged_into"]
        actor = self.handlers[0] if self.row["handlers"] else self.unit_head
        target = self.known[row["lead"]]
        # A lead of another unit is merged by somebody who sees both.
        data = {"merged_into": target.number, "reason": row["reason"]}
        perform(self.lead, "lead.merge", actor=actor, data=data)
