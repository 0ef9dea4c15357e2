"""The steps a person sees on a record: open, waiting for signature, blocked and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accounts.access import has_act
from accounts.acts import roles_giving
from accounts.models import User
from accounts.roles import ROLES
from workflow.engine.approvals import pending_of, signing_refusal, waiting_step
from workflow.engine.bind import transitions_of
from workflow.engine.refusals import attempt_of, refusals
from workflow.models import Approval
from workflow.plugin import Refusal, Transition


@dataclass(slots=True)
class Step:
    """One transition as a person meets it; no refusals: it is open."""

    transition: Transition
    refusals: list[Refusal]
    approval: Approval | None = None
    signing: Refusal | None = None
    may_sign: bool = False
    waiting_role: str = ""
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return not self.refusals and self.approval is None


def steps_for(record: Any, user: User, *, memo: dict[str, Any] | None = None) -> list[Step]:
    """Every transition that leaves the record's state and that ``user`` may ever do or sign.

    Blocked ones carry every reason. One read of the file serves all guards, and whoever else
    uses the same ``memo``.
    """
    memo = {} if memo is None else memo
    pending = {approval.transition: approval for approval in pending_of(record)}
    steps = []
    for bound in transitions_of(record.machine):
        transition = bound.transition
        if record.state not in transition.sources or transition.internal:
            continue
        if not transition.exists_for(record):
            continue
        approval = pending.get(transition.name)
        permitted = has_act(user, transition.permission, record.scope_unit_id)
        if not permitted and approval is None:
            continue
        found = refusals(attempt_of(record, transition, user, memo=memo))
        steps.append(_step(transition, found, approval, user, record))
    return steps


def steps_of_others(record: Any, user: User) -> list[tuple[Transition, list[str]]]:
    """Each ordinary step out of the record's state that only others may do, and their roles.

    So nobody whose own part is done is left to guess for whom the record waits.
    """
    return [
        (bound.transition, [str(role.label) for code, role in ROLES.items() if code in givers])
        for bound in transitions_of(record.machine)
        if record.state in bound.transition.sources
        and not (bound.transition.internal or bound.transition.heavy)
        and bound.transition.exists_for(record)
        and (givers := roles_giving(bound.transition.permission))
        and not has_act(user, bound.transition.permission, record.scope_unit_id)
    ]


def _step(
    transition: Transition,
    found: list[Refusal],
    approval: Approval | None,
    user: User,
    record: Any,
) -> Step:
    step = Step(transition, found, approval)
    if approval is not None and (waiting := waiting_step(approval)):
        step.waiting_role = waiting.role
        step.signing = signing_refusal(approval, waiting, user, record)
        step.may_sign = step.signing is None
    return step
