"""A lead taken over: by itself, or as the beginning of a case."""

from __future__ import annotations

from typing import Any

from workflow.effects.handlers import set_handlers
from workflow.engine.take_over import PastAct, Source, record_past, settle, take_over
from workflow.models import Lead, Party
from workflow.services.import_running.moments import at
from workflow.services.import_running.rows import RunningFile
from workflow.states import LeadState as S


def write_lead(found: RunningFile, *, party: Party | None, by: Source) -> Lead:
    """The lead with its past acts and their limits; a case's lead is filed."""
    state = S.FILED if found.is_case else S(found.state)
    acts = _acts(found)
    moved = [act for act in acts if act.target != act.source]
    lead = Lead(number=found.values["lead_number"], party=party, **_content(found))
    take_over(
        lead, state=state, previous=moved[-1].source, since=moved[-1].acted_at, number="lead",
        on=found.values["received_on"], by=by,
    )  # fmt: skip
    for act in acts:
        record_past(lead, act, by=by)
    settle(lead)
    if (handlers := found.get("handlers")) and (lead.restricted or not found.is_case):
        set_handlers(lead, handlers, by=by.actor, on=moved[-1].acted_at)
    return lead


def _content(found: RunningFile) -> dict[str, Any]:
    content = found.get("content") or found.get("facts") or found.values["cause"]
    return {
        "unit": found.values["unit"],
        "channel": found.values["channel"],
        "source_number": found.get("source_number", ""),
        "received_at": at(found.values["received_on"]),
        "title": content.splitlines()[0][:200],
        "content": content[:8000],
        "category": found.get("category"),
        "address": found.get("address", ""),
        "subject_name": found.get("party_name", ""),
        "subject_uscc": found.get("uscc", ""),
        "subject_phone": found.get("phone", ""),
        "restricted": found.get("restricted", False),
    }


def _acts(found: RunningFile) -> list[PastAct]:
    """Register, take up, extend, file: those that happened, in the order of their days."""
    received = at(found.values["received_on"])
    remark = "" if found.is_case else found.get("remark", "")
    data = {"number": found.values["lead_number"], "channel": found.values["channel"]}
    acts = [PastAct("lead.register", received, "", S.REGISTERED, data, remark)]
    here = S.REGISTERED
    if accepted := found.get("accepted_on"):
        acts.append(PastAct("lead.accept", at(accepted), here, S.VERIFYING))
        here = S.VERIFYING
    if extended := found.get("lead_extended_on"):
        acts.append(PastAct("lead.extend", at(extended), here, here))
    if found.is_case:
        acts.append(PastAct("lead.file", at(found.values["filed_on"]), here, S.FILED))
    return acts
