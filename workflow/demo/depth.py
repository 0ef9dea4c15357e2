"""What goes deeper than the life of a case: plans, reminders, remarks, documents, short cases."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from accounts import clock
from accounts.models import Unit, User
from accounts.organisation import find_unit
from workflow.demo.cases import CaseStory
from workflow.demo.leads import AGREED, LeadStory
from workflow.demo.measures import MeasureStory
from workflow.demo.schedule import Schedule
from workflow.engine.approvals import propose, sign
from workflow.engine.perform import perform
from workflow.engine.subjects import Subject
from workflow.models import Case, Category, DocumentForm, Measure, Party
from workflow.services import case_file, documents, execution, on_the_spot
from workflow.services.merging import merge_parties
from workflow.services.parties import recognise_party
from workflow.services.remarks import add_remark

Row = dict[str, Any]


class Depth:
    """The entries of ``depth.json``, as acts on the schedule."""

    def __init__(
        self, stories: dict[str, CaseStory], leads: dict[str, LeadStory], people: dict[str, User]
    ) -> None:
        self.stories, self.leads, self.people = stories, leads, people

    def schedule(self, rows: dict[str, list[Row]], plan: Schedule) -> None:
        """Put everything on the plan, each entry as a thread of its own."""
        for row in rows["measures"]:
            MeasureStory(row, self.stories[row["case"]]).schedule(plan)
        for row in rows["duplicates"]:
            plan.add(f"{row['lead']}:known", row["days_ago"], partial(self.know_twice, row))
            plan.add(f"{row['lead']}:merge", row["merge_days_ago"], partial(self.merge, row))
        for row in rows["plans"]:
            days_ago = self._party(row).row["instalment"]["approved_days_ago"]
            plan.add(f"{row['case']}:plan", days_ago, partial(self.grant_plan, row))
        for name, act in (
            ("reminders", self.remind), ("remarks", self.remark), ("documents", self.issue),
            ("pending", self.leave_waiting),
        ):  # fmt: skip
            for number, row in enumerate(rows[name]):
                plan.add(f"{name}:{number}", row["days_ago"], partial(act, row))
        for row in rows["on_the_spot"]:
            ShortStory(row, self.people).schedule(plan)

    def _party(self, row: Row) -> Any:
        return self.stories[row["case"]].parties[row["party"]]

    def know_twice(self, row: Row) -> None:
        """A lead is noted under another name of a party that a case will know by its code."""
        lead = self.leads[row["lead"]].lead
        party = Party.objects.create(kind=row["kind"], name=row["name"])
        actor = self.leads[row["lead"]].handlers[0]
        recognise_party(lead, actor=actor, party=party, match=row["match"])

    def merge(self, row: Row) -> None:
        kept = self.stories[row["case"]].parties[0].case_party.party
        merge_parties(
            kept, Party.objects.get(name=row["name"]), actor=self.people[row["by"]],
            reason=row["reason"],
        )  # fmt: skip

    def grant_plan(self, row: Row) -> None:
        """The fine may be paid in parts, each by its day."""
        party = self._party(row)
        plan = party.row["instalment"]
        lines = [
            f"{clock.today() + timedelta(days=plan['approved_days_ago'] - part['due_days_ago'])}"
            f" {part['fine_fen'] // 100}"
            for part in plan["parts"]
        ]
        fine = party.decision.penalties.get(kind="fine")
        data = {"penalty": fine, "schedule": "\n".join(lines), "reason": row["reason"]}
        self.stories[row["case"]].signed("case.grant_plan", data)

    def remind(self, row: Row) -> None:
        execution.remind(
            self._party(row).decision, actor=self.stories[row["case"]].handler,
            served_at=clock.now(), receiver=row["receiver"], method=row["method"],
            answer=row["answer"],
        )  # fmt: skip

    def remark(self, row: Row) -> None:
        case = self.stories[row["case"]].case
        add_remark(case, actor=self.people[row["by"]], text=row["text"])

    def issue(self, row: Row) -> None:
        """Drafted and issued: from then on it has its number and its file."""
        case = self.stories[row["case"]].case
        if row.get("measure"):
            subject = Subject(case=case, measure=Measure.objects.get(case=case))
        else:
            subject = Subject(case=case, case_party=self._party(row).case_party)
        form, actor = DocumentForm.objects.get(code=row["form"]), self.people[row["by"]]
        draft = documents.save_draft(form, subject, actor=actor, written=row["written"])
        documents.issue_document(draft, actor=actor)

    def leave_waiting(self, row: Row) -> None:
        """Proposed, signed by some, and waiting for the next one's signature today."""
        story: Any = self.leads[row["lead"]] if "lead" in row else self.stories[row["case"]]
        record = story.lead if "lead" in row else story.case
        if kind := row.get("transfer"):
            record = record.transfers.get(kind=kind)
        data = dict(row.get("data") or {})
        if row["name"] == "lead.file":
            data["category"] = story.category()
        approval = propose(record, row["name"], actor=story.handlers[0], data=data or None)
        for name in row["signed_by"]:
            approval = sign(approval, actor=self.people[name], opinion=AGREED)


class ShortStory:
    """A case decided on the spot (简易程序), and the short way it goes."""

    def __init__(self, row: Row, people: dict[str, User]) -> None:
        self.row, self.people = row, people
        self.pk = 0

    def schedule(self, plan: Schedule) -> None:
        """Punished, registered, paid, closed: as far as the data goes."""
        steps = (
            ("days_ago", self.punish), ("register_days_ago", self.register),
            ("pay_days_ago", self.pay), ("close_days_ago", self.close),
        )  # fmt: skip
        for name, act in steps:
            if self.row[name] is not None:
                plan.add(f"spot:{self.row['key']}", self.row[name], act)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def officers(self) -> list[User]:
        return [self.people[name] for name in self.row["officers"]]

    def punish(self) -> None:
        row, (actor, second) = self.row, self.officers
        category = Category.objects.filter(
            campaign__code="tiequan-2021", number=row["category"]
        ).first()
        made = on_the_spot.punish_on_the_spot(
            actor=actor, second=second, unit=find_unit(row["unit"]) or Unit.get_first_root_node(),
            party=row["party"], case={"cause": row["cause"], "category": category},
            decision=row["decision"],
        )  # fmt: skip
        self.pk = made.pk

    def register(self) -> None:
        head = {"大渡口市场监管所": "dadukou_head", "东流市场监管所": "dongliu_head"}
        actor = self.people[head[self.row["unit"]]]
        perform(self.case, "case.register_on_the_spot", actor=actor)

    def pay(self) -> None:
        penalty = self.case.parties.get().decisions.get().penalties.get()
        case_file.record_payment(
            penalty, actor=self.officers[0], amount_fen=penalty.amount_fen or 0,
            paid_on=clock.today(),
        )  # fmt: skip

    def close(self) -> None:
        perform(self.case, "case.close_simple", actor=self.officers[0])
