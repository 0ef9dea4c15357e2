"""The acts of a file in their order: which its state demands, and that no date runs backwards."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow.services.import_running.columns import titled
from workflow.services.import_running.goods import COLUMNS as MEASURE
from workflow.states import CaseState as S
from workflow.states import LeadState

#: (column of the date, verb, state it leads to), in the order of the procedure.
CASE_CHAIN = (
    ("filed_on", "case.open", S.INVESTIGATING),
    ("concluded_on", "case.conclude", S.CONCLUDED),
    ("submitted_on", "case.submit_review", S.REVIEWING),
    ("opinion_on", "case.give_opinion", S.REVIEWING),
    ("noticed_on", "case.notify", S.NOTICED),
    ("notice_served_on", "notice.served", ""),
    ("answered_on", "notice.answered", ""),
    ("deliberated_on", "case.deliberate", S.DELIBERATING),
    ("decided_on", "case.decide", S.DECIDED),
    ("decision_served_on", "decision.served", ""),
    ("enforced_on", "case.enforce", S.ENFORCING),
)
CHAINED = tuple(name for name, _verb, _state in CASE_CHAIN)
#: The last date of the chain that each state demands; all before it are owed too.
REACHED = {
    S.INVESTIGATING: "filed_on", S.CONCLUDED: "concluded_on", S.REVIEWING: "submitted_on",
    S.NOTICED: "noticed_on", S.DELIBERATING: "deliberated_on", S.DECIDED: "decided_on",
    S.ENFORCING: "enforced_on", S.CLOSED: "enforced_on",
}  # fmt: skip
#: Dates a file may go without, whatever its state.
OPTIONAL = frozenset({"answered_on"})
#: The last date of the chain a state may have besides those it demands.
UP_TO = {
    S.INVESTIGATING: "filed_on", S.CONCLUDED: "concluded_on", S.REVIEWING: "submitted_on",
    S.NOTICED: "answered_on", S.DELIBERATING: "deliberated_on", S.DECIDED: "decision_served_on",
    S.SUSPENDED: "deliberated_on", S.TERMINATED: "deliberated_on",
}  # fmt: skip
#: (later, earlier) beside the chain.
AFTER = (
    ("filed_on", "received_on"), ("accepted_on", "received_on"), ("filed_on", "accepted_on"),
    ("lead_extended_on", "received_on"), ("filed_on", "lead_extended_on"),
    ("extended_on", "filed_on"), ("extended_again_on", "extended_on"),
    ("paid_on", "decided_on"), ("performed_on", "decided_on"),
    ("closed_on", "paid_on"), ("closed_on", "performed_on"), ("closed_on", "enforced_on"),
    ("closed_on", "terminated_on"), ("closed_on", "filed_on"), ("decided_on", "extended_on"),
    ("decided_on", "extended_again_on"),
)  # fmt: skip
CASE_ONLY = frozenset(
    {
        *CHAINED, "number", "title", "cause", "goods_value", "illegal_gains", "facts",
        "legal_basis", "extended_on", "extended_again_on", "pauses", "paid_on", "paid",
        "performed_on", "suspended_on", "terminated_on", "closed_on", "closure_ground",
        "decision_number", "decision_kind", "notice_number", "penalties", "fine", "gains", "goods",
        *MEASURE,
    }
)  # fmt: skip

Errors = Iterator[tuple[str, str]]


def owed_errors(machine: str, state: str, present: Set[str], values: dict[str, Any]) -> Errors:
    """What the state demands and the row lacks, and what it has too early."""
    owed = _of_lead(state) if machine == "lead" else _of_case(state, present, values)
    for name in sorted(owed - present):
        yield name, _("At this state this is needed: fill it in.")
    for name in sorted(_too_early(machine, state) & present):
        yield name, _("At this state this cannot be yet: delete it, or correct the state.")
    if values.get("restricted") and not values.get("handlers"):
        message = _("A restricted file is seen by its handlers only: name them.")
        yield "handlers", message


def _of_lead(state: str) -> set[str]:
    owed = {"lead_number", "channel", "received_on", "content"}
    return owed | ({"accepted_on", "handlers"} if state == LeadState.VERIFYING else set())


def _of_case(state: str, present: Set[str], values: dict[str, Any]) -> set[str]:
    owed = {"number", "cause", "party_name", "party_kind", "handlers", "filed_on"}
    ended = "terminated_on" in present
    owed |= {"terminated_on"} if state == S.TERMINATED else set()
    owed |= {"suspended_on"} if state == S.SUSPENDED else set()
    owed |= {"closed_on", "closure_ground"} if state == S.CLOSED else set()
    if state in REACHED and not (state == S.CLOSED and ended):
        last = REACHED[S(state)]
        owed |= {*CHAINED[: CHAINED.index(last) + 1]} - OPTIONAL
    else:
        owed |= _before_what_is_there(present)
    if values.get("decision_kind") == "no_penalty":
        owed -= {"noticed_on", "notice_served_on"}
        owed |= {"no_penalty_ground"}
    if "decided_on" in owed:
        owed |= {"decision_number", "decision_kind"}
    if owed & {"noticed_on", "decided_on"} and values.get("decision_kind") != "no_penalty":
        owed |= {"penalties"}
    return owed | _companions(present, values)


def _before_what_is_there(present: Set[str]) -> set[str]:
    """A suspended or terminated file stood where its last date says."""
    last = max((CHAINED.index(name) for name in present if name in CHAINED), default=0)
    return {*CHAINED[: last + 1]} - OPTIONAL


def _companions(present: Set[str], values: dict[str, Any]) -> set[str]:
    """Columns that go together."""
    owed = set()
    together = {
        "lead_number": {"received_on", "channel"}, "answered_on": {"answer_text"},
        "noticed_on": {"notice_number"}, "notice_served_on": {"service_method"},
        "decision_served_on": {"service_method"},
        "paid_on": {"paid"}, "paid": {"paid_on"}, "received_on": {"lead_number"},
        "extended_again_on": {"extended_on", "extended_again_days"},
    }  # fmt: skip
    for name, others in together.items():
        owed |= others if name in present else set()
    kinds = values.get("penalties", ())
    owed |= {"fine"} if "fine" in kinds else set()
    return owed | ({"gains"} if "gains" in kinds else set())


def _too_early(machine: str, state: str) -> set[str]:
    if machine == "lead":
        return {*CASE_ONLY} | ({"accepted_on"} if state == LeadState.REGISTERED else set())
    early = set()
    if state in UP_TO:
        early |= {*CHAINED[CHAINED.index(UP_TO[S(state)]) + 1 :]}
    if state != S.CLOSED:
        early |= {"closed_on", "closure_ground"}
    if state not in (S.TERMINATED, S.CLOSED):
        early |= {"terminated_on"}
    if state != S.SUSPENDED:
        early |= {"suspended_on"}
    if state not in (S.DECIDED, S.ENFORCING, S.CLOSED):
        early |= {"paid_on", "paid", "performed_on", "decision_number"}
    return early


def chain_errors(machine: str, state: str, values: dict[str, Any]) -> Errors:
    """Dates that lie before an act they follow."""
    given = [(name, values[name]) for name in CHAINED if name in values]
    if machine == "case":
        for (before, first), (after, second) in pairwise(given):
            if second < first:
                yield after, _backwards(before, first)
        ends = [name for name in ("suspended_on", "terminated_on") if name in values]
        for name in ends:
            if given and values[name] < given[-1][1]:
                yield name, _backwards(*given[-1])
    for later, earlier in AFTER:
        if later in values and earlier in values and values[later] < values[earlier]:
            yield later, _backwards(earlier, values[earlier])
    for span in values.get("pauses", ()):
        if "filed_on" in values and span.start < values["filed_on"]:
            yield "pauses", _backwards("filed_on", values["filed_on"])
    yield from _money_errors(values)


def _money_errors(values: dict[str, Any]) -> Errors:
    owed = values.get("fine", 0) + values.get("gains", 0)
    if values.get("paid", 0) > owed:
        yield "paid", _("More than is owed.")
    for name in ("fine", "gains") if "penalties" in values else ():
        if values.get(name) and name not in values.get("penalties", ()):
            yield name, _("There is an amount, but this kind of penalty is not named: name it.")
        if values.get(name) == 0 and name in values.get("penalties", ()):
            yield name, _("A penalty of nothing: give the amount, or delete the kind.")
    if values.get("paid") == 0:
        yield "paid", _("Nothing was paid: leave amount and date empty.")


def _backwards(name: str, day: date) -> str:
    message = _("The date lies before “%(title)s” (%(day)s): correct one of them.")
    return message % {"title": titled(name), "day": date_format(day, "DATE_FORMAT")}
