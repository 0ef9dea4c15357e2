"""State codes of the core's machines and what they are called. Codes are stable: rows hold them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from workflow.plugin import State


class Stage(models.TextChoices):
    """The five stages of the public pipeline."""

    LEAD = "lead", _("Lead")
    INVESTIGATION = "investigation", _("Investigation")
    TRANSFER = "transfer", _("Transfer")
    CLOSURE = "closure", _("Closure")
    PUBLICITY = "publicity", _("Publicity")


class LeadState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    VERIFYING = "verifying", _("Under verification")
    FILED = "filed", _("Case filed")
    DECLINED = "declined", _("Not filed")
    REFERRED = "referred", _("Referred elsewhere")
    MERGED = "merged", _("Merged into another lead")


class CaseState(models.TextChoices):
    INVESTIGATING = "investigating", _("Investigating")
    CONCLUDED = "concluded", _("Investigation concluded")
    REVIEWING = "reviewing", _("Under review")
    NOTICED = "noticed", _("Parties notified")
    HEARING = "hearing", _("Hearing")
    DELIBERATING = "deliberating", _("Decision under approval")
    DECIDED = "decided", _("Decided")
    SUSPENDED = "suspended", _("Suspended")
    TRANSFERRED = "transferred", _("Transferred")
    ENFORCING = "enforcing", _("Enforcing")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")
    TERMINATED = "terminated", _("Terminated")


#: A lead that is still to be worked on.
OPEN_LEAD = (LeadState.REGISTERED, LeadState.VERIFYING)
#: A case nothing more is done in but binding and keeping it.
ENDED_CASE = (CaseState.CLOSED, CaseState.ARCHIVED, CaseState.TERMINATED)
#: A case that is not decided yet and stands neither still nor elsewhere.
BEFORE_DECISION = (
    CaseState.INVESTIGATING, CaseState.CONCLUDED, CaseState.REVIEWING, CaseState.NOTICED,
    CaseState.HEARING, CaseState.DELIBERATING,
)  # fmt: skip


class TransferState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    DECLINED = "declined", _("Transfer declined")
    APPROVED = "approved", _("Approved")
    HANDED_OVER = "handed_over", _("Handed over")
    RECEIPTED = "receipted", _("Receipt signed")
    ACCEPTED = "accepted", _("Filed by the receiver")
    REFUSED = "refused", _("Refused by the receiver")
    RECONSIDERING = "reconsidering", _("Reconsideration asked")
    RETURNED = "returned", _("Returned")


class MeasureState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    PROVISIONAL = "provisional", _("Carried out, approval due")
    IN_FORCE = "in_force", _("In force")
    EXTENDED = "extended", _("Extended")
    ENDED = "ended", _("Brought to an end")
    DROPPED = "dropped", _("Not carried out")


#: States in which goods are held.
RUNNING_MEASURES = frozenset(
    {MeasureState.PROVISIONAL, MeasureState.IN_FORCE, MeasureState.EXTENDED}
)

CASE_STAGES: dict[str, str] = {
    CaseState.TRANSFERRED: Stage.TRANSFER,
    CaseState.ENFORCING: Stage.CLOSURE,
    CaseState.CLOSED: Stage.CLOSURE,
    CaseState.ARCHIVED: Stage.CLOSURE,
    CaseState.TERMINATED: Stage.CLOSURE,
}

# What plugins added, per machine; filled once by ``bind()`` and read by the callable choices below.
_added: dict[str, dict[str, State]] = {}


def add_states(states: Iterable[State]) -> None:
    """Make plugin states known to choices, labels and stages."""
    for state in states:
        _added.setdefault(state.machine, {})[state.code] = state


def forget_added_states() -> None:
    """Back to the core's own states (the machines are about to be bound again)."""
    _added.clear()


def added_states(machine: str) -> dict[str, State]:
    return _added.get(machine, {})


def _choices(machine: str, core: type[models.TextChoices]) -> list[tuple[str, StrOrPromise]]:
    return [*core.choices, *((s.code, s.label) for s in added_states(machine).values())]


def lead_states() -> list[tuple[str, StrOrPromise]]:
    return _choices("lead", LeadState)


def case_states() -> list[tuple[str, StrOrPromise]]:
    return _choices("case", CaseState)


def transfer_states() -> list[tuple[str, StrOrPromise]]:
    return _choices("transfer", TransferState)


def measure_states() -> list[tuple[str, StrOrPromise]]:
    return _choices("measure", MeasureState)


def stage_of_case(state: str) -> str:
    """The public stage a case in ``state`` stands in."""
    if state in CASE_STAGES:
        return CASE_STAGES[state]
    added = added_states("case").get(state)
    return added.stage if added else Stage.INVESTIGATION
