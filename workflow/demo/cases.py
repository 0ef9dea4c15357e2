"""Cases of the demonstration, from filing to where they stand."""

from __future__ import annotations

from functools import partial
from typing import Any

from workflow.demo.case_acts import CaseActs
from workflow.demo.schedule import Schedule


class CaseStory(CaseActs):
    """When each act of one case happened."""

    def schedule(self, plan: Schedule) -> None:
        """Put the whole story on the plan, in the order of the machine."""
        row, add = self.row, partial(plan.add, self.lead_story.key)
        add(row["filed_days_ago"], self.file)
        if self.lead_story.is_reported_by_name and not row["overdue"]:
            told = max(row["filed_days_ago"] - 1, 0)
            plan.add(f"{self.key}:reporter", told, self.lead_story.inform)
        for evidence in sorted(row["evidence"], key=lambda e: -e["days_ago"]):
            plan.add(f"{self.key}:evidence", min(evidence["days_ago"], row["filed_days_ago"] - 1),
                     partial(self.add_evidence, evidence))  # fmt: skip
        for transfer in row["transfers"]:
            self._schedule_transfer(transfer, plan)
        for extension in row["extensions"]:
            add(extension["days_ago"], partial(self.extend, extension))
        if row["concluded_days_ago"] is not None:
            add(row["concluded_days_ago"], self.conclude)
        if row["submitted_days_ago"] is not None:
            add(row["submitted_days_ago"], self.submit)
        self._schedule_reviews(add, "before_notice")
        self._schedule_notices(add, plan)
        self._schedule_hearing(add)
        self._schedule_reviews(add, "after_hearing")
        self._schedule_end(add)

    def _schedule_reviews(self, add: Any, stage: str) -> None:
        reviews = [r for r in self.row["reviews"] if r["stage"] == stage]
        for number, review in enumerate(reviews):
            if review["finished_days_ago"] is None:
                continue
            add(review["finished_days_ago"], partial(self.opinion, review))
            if number + 1 < len(reviews):
                add(review["finished_days_ago"], self.take_back)
                again = reviews[number + 1]["started_days_ago"]
                add(again + 1, self.conclude)
                add(again, self.submit)

    def _schedule_notices(self, add: Any, plan: Schedule) -> None:
        served = [p.row["notice"]["served_days_ago"] for p in self.parties if p.row["notice"]]
        if not served:
            return
        for party in self.parties:
            add(max(served), party.draft_notice)
        add(max(served), self.notify)
        events = []
        for party in self.parties:
            events.append((party.row["notice"]["served_days_ago"], 0, party.serve_notice))
            answer = party.row["notice"]["answer"]
            if answer and answer["days_ago"] is not None:
                events.append((answer["days_ago"], 1, party.answer))
        for days_ago, _order, act in sorted(events, key=lambda event: (-event[0], event[1])):
            add(days_ago, act)

    def _schedule_hearing(self, add: Any) -> None:
        for party in self.parties:
            hearing = party.row["hearing"]
            if not hearing:
                continue
            add(hearing["notice_served_days_ago"], partial(self.open_hearing, hearing))
            if hearing["report_days_ago"] is not None:
                add(hearing["report_days_ago"], partial(self.close_hearing, hearing))

    def _schedule_end(self, add: Any) -> None:
        row = self.row
        if row["deliberation"]:
            for party in self.parties:
                add(row["deliberation"]["started_days_ago"], party.draft_decision)
            add(row["deliberation"]["started_days_ago"], self.deliberate)
            if row["deliberation"]["collective"]:
                add(row["deliberation"]["collective"]["days_ago"], self.discuss)
        self._schedule_decision(add)
        self._schedule_rare(add)

    def _schedule_decision(self, add: Any) -> None:
        decided = [p.row["decision"]["days_ago"] for p in self.parties if p.row["decision"]]
        if decided:
            add(min(decided), self.decide)
        for party in self.parties:
            for service in party.row["services"]:
                if service["document"] == "decision":
                    add(service["days_ago"], partial(party.serve_decision, service))
        if decided and self.row["state"] != "decided":
            add(min(s["days_ago"] for p in self.parties for s in p.row["services"]), self.enforce)
        for party in self.parties:
            for payment in party.row["payments"]:
                add(payment["days_ago"], partial(party.pay, payment))

    def _schedule_rare(self, add: Any) -> None:
        row = self.row
        for name, act in (
            ("suspension", self.suspend), ("termination", self.terminate),
            ("challenge", self.challenge), ("reopened", self.reopen), ("closure", self.close),
            ("archive", self.archive),
        ):  # fmt: skip
            if row[name]:
                add(row[name].get("days_ago", row[name].get("filed_days_ago")), act)
                if name == "challenge" and row[name]["state"] == "decided":
                    add(row[name]["decided_days_ago"], self.settle)

    def _schedule_transfer(self, row: dict[str, Any], plan: Schedule) -> None:
        for step in row["steps"]:
            plan.add(self.lead_story.key, step["days_ago"], partial(self.transfer_step, row, step))
