"""A case taken over: its rows made and its past acts told, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from workflow.effects.handlers import set_handlers
from workflow.effects.parties import find_or_create_party
from workflow.engine.take_over import PastAct, Source, record_past, settle, take_over
from workflow.models import (
    Case,
    CaseParty,
    Deadline,
    Decision,
    Lead,
    Notice,
    Party,
    PartyAnswer,
    Penalty,
)
from workflow.services.import_running import papers
from workflow.services.import_running.chain import CASE_CHAIN
from workflow.services.import_running.moments import at
from workflow.services.import_running.rows import RunningFile
from workflow.services.import_running.write_lead import write_lead
from workflow.services.import_running.write_measure import write_measure
from workflow.states import CaseState as S

_TIME_TO_DECIDE = "C12"
#: A step of the file: its day, its place among those of one day, and how it is told.
Step = tuple[date, int, Callable[[], PastAct]]


def write_file(found: RunningFile, *, by: Source) -> Lead | Case:
    """The row as a record with all that hangs on it. Part of the caller's transaction."""
    if not found.is_case:
        party = _party(found) if found.get("party_name") else None
        return write_lead(found, party=party, by=by)
    party = _party(found)
    lead = write_lead(found, party=party, by=by) if found.get("lead_number") else None
    return _PastCase(found, lead, party, by).write()


def _party(found: RunningFile) -> Party:
    details = {n: found.get(n, "") for n in ("uscc", "id_number", "phone", "address")}
    return find_or_create_party(
        unit=found.values["unit"],
        kind=found.values["party_kind"],
        name=found.values["party_name"],
        **details,
    )


class _PastCase:
    """One case while it is written; ``here`` is where the acts told so far have led."""

    def __init__(self, found: RunningFile, lead: Lead | None, party: Party, by: Source) -> None:
        self.found, self.by, self.party = found, by, party
        self.here: str = ""
        self.case = Case(lead=lead, **_content(found))
        self.notice: Notice | None = None
        self.decision: Decision | None = None

    def write(self) -> Case:
        moves = self._moves()
        take_over(
            self.case, state=self.found.state, previous=moves[-2][1] if len(moves) > 1 else "",
            since=at(moves[-1][0]), number="filing", on=self.found.values["filed_on"], by=self.by,
        )  # fmt: skip
        self.row = CaseParty.objects.create(case=self.case, party=self.party, order=1)
        handlers, filed = self.found.values["handlers"], self.case.filed_at
        set_handlers(self.case, handlers, by=self.by.actor, on=filed)
        for _day, _order, tell in sorted(self._steps(), key=lambda step: step[:2]):
            act = tell()
            record_past(self.case, act, by=self.by)
            self.here = act.target or self.here
        settle(self.case)
        if "measure_on" in self.found.values:
            write_measure(self.found, self.row, by=self.by)
        return self.case

    def _moves(self) -> list[tuple[date, str]]:
        """The days and states the case passed, each state once."""
        values = self.found.values
        passed: list[tuple[date, str]] = []
        for name, _verb, state in CASE_CHAIN:
            if name in values and state and (not passed or passed[-1][1] != state):
                passed.append((values[name], str(state)))
        for name, state in (
            ("suspended_on", S.SUSPENDED), ("terminated_on", S.TERMINATED), ("closed_on", S.CLOSED)
        ):  # fmt: skip
            if name in values:
                passed.append((values[name], str(state)))
        return passed

    def _steps(self) -> list[Step]:
        values = self.found.values
        steps: list[Step] = []
        for order, (name, verb, state) in enumerate(CASE_CHAIN):
            if name in values:
                steps.append((values[name], order, self._teller(verb, values[name], str(state))))
        beside = (
            ("extended_on", "case.extend", 0), ("extended_again_on", "case.extend", 1),
            ("paid_on", "penalty.paid", 20), ("performed_on", "penalty.performed", 21),
            ("suspended_on", "case.suspend", 22), ("terminated_on", "case.terminate", 23),
            ("closed_on", "case.close", 24),
        )  # fmt: skip
        ends = {"case.suspend": S.SUSPENDED, "case.terminate": S.TERMINATED, "case.close": S.CLOSED}
        for name, verb, order in beside:
            if name in values:
                data = {"days": values["extended_again_days"]} if name.endswith("again_on") else {}
                teller = self._teller(verb, values[name], str(ends.get(verb, "")), data)
                steps.append((values[name], order, teller))
        for span in values.get("pauses", ()):
            steps.append((span.start, 2, partial(self._pause, span)))
        return steps

    def _teller(
        self, verb: str, day: date, target: str, data: dict[str, Any] | None = None
    ) -> Callable[[], PastAct]:
        def tell() -> PastAct:
            makers = {
                "case.open": self._open, "case.give_opinion": self._opinion,
                "case.notify": self._notify, "notice.served": self._notice_served,
                "notice.answered": self._answered, "case.decide": self._decide,
                "decision.served": self._decision_served, "penalty.paid": self._paid,
                "penalty.performed": self._performed,
            }  # fmt: skip
            said = {**(data or {}), **(makers[verb]() if verb in makers else {})}
            name = said.pop("verb", verb)
            source = self.here if target else ""
            reason = self.found.get("remark", "") if verb == "case.open" else ""
            return PastAct(name, at(day), source, target, said, reason)

        return tell

    def _open(self) -> dict[str, Any]:
        return {"number": self.case.number, "lead": self.case.lead_id}

    def _opinion(self) -> dict[str, Any]:
        return {"opinion": "agree", "round": self.case.review_round}

    def _notify(self) -> dict[str, Any]:
        self.notice = papers.keep_notice(self.row, self.found)
        return {}

    def _notice_served(self) -> dict[str, Any]:
        day = self.found.values["notice_served_on"]
        papers.keep_service(self.row, self.found, on=day, by=self.by, notice=self.notice)
        return {"party": self.row.pk, "method": self.found.values["service_method"]}

    def _answered(self) -> dict[str, Any]:
        stated = PartyAnswer.Kind.STATED
        if self.notice is not None:
            PartyAnswer.objects.create(
                notice=self.notice, kind=stated, answered_at=at(self.found.values["answered_on"]),
                text=self.found.get("answer_text"), considered=self.found.get("considered", ""),
                recorded_by=self.by.actor,
            )  # fmt: skip
        return {"party": self.row.pk, "answer": stated}

    def _decide(self) -> dict[str, Any]:
        self.decision = papers.keep_decision(self.row, self.found)
        return {}

    def _decision_served(self) -> dict[str, Any]:
        day = self.found.values["decision_served_on"]
        papers.keep_service(self.row, self.found, on=day, by=self.by, decision=self.decision)
        return {"party": self.row.pk, "method": self.found.values["service_method"]}

    def _paid(self) -> dict[str, Any]:
        all_paid = self.decision and papers.keep_payment(self.decision, self.found, by=self.by)
        return {
            "verb": "penalty.paid" if all_paid else "penalty.part_paid", "party": self.row.pk,
            "amount_fen": self.found.values["paid"], "on": self.found.values["paid_on"],
        }  # fmt: skip

    def _performed(self) -> dict[str, Any]:
        day = self.found.values["performed_on"]
        others = Penalty.objects.filter(decision=self.decision, amount_fen=None)
        others.update(performed_on=day)
        return {"party": self.row.pk, "on": day}

    def _pause(self, span: Any) -> PastAct:
        limit = Deadline.objects.get(
            code=_TIME_TO_DECIDE, record_type=Case._meta.label_lower, record_id=self.case.pk
        )
        data = {"deadline": limit.pk, "reason": span.reason, "from": span.start}
        if span.end:
            data["until"] = span.end
        return PastAct("clock.pause", at(span.start), data=data)


def _content(found: RunningFile) -> dict[str, Any]:
    values = found.values
    about = f"{values['party_name']}涉嫌{values['cause']}案"
    category = found.get("category")
    closed, decided = found.get("closed_on"), found.get("decided_on")
    return {
        "number": values["number"],
        "title": found.get("title") or about[:200],
        "cause": values["cause"],
        "unit": values["unit"],
        "category": category,
        "violation_type": category.violation_type if category else None,
        "restricted": found.get("restricted", False),
        "filed_at": at(values["filed_on"]),
        "place": found.get("address", ""),
        "facts": found.get("facts", ""),
        "legal_basis": found.get("legal_basis", ""),
        "goods_value_fen": found.get("goods_value"),
        "illegal_gains_fen": found.get("illegal_gains"),
        "review_round": 1 if found.get("submitted_on") else 0,
        "decided_at": at(decided) if decided else None,
        "closed_at": at(closed) if closed else None,
        "closure_ground": found.get("closure_ground", ""),
    }
