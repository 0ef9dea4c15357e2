"""What people enter on a time limit itself: pauses, extensions, its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.clocks.deadlines import next_step
from workflow.clocks.follow import END, EXTEND, PAUSE, RESUME
from workflow.clocks.reasons import reason_label
from workflow.clocks.rule import ExtensionStep
from workflow.engine.bind import catalogue
from workflow.engine.refusals import TransitionRefused
from workflow.models import (
    Deadline,
    DeadlinePause,
    Discussion,
    EvidenceFile,
    JournalLine,
)  # fmt: skip
from workflow.plugin import Refusal
from workflow.services.on_a_day import begin_on, record_on
from workflow.services.recompute import record_of

COLLECTIVE = "collective"
"""The approver of a step that the leaders fix together (集体讨论)."""
STEP_OF = {"payment.plan_granted": "case.grant_plan"}
"""The signed step behind an act that is noted as its consequence."""


def may_pause_for(deadline: Deadline) -> list[tuple[str, str]]:
    """(code, words) of the reasons the law allows for a pause of this limit."""
    return [(code, reason_label(code)) for code in deadline.rule.stop_reasons]


def act_that_resumes(pause: DeadlinePause) -> str:
    """The step that ends a pause which a step began; "" for one entered by hand."""
    rule, started = pause.deadline.rule, pause.started_by
    if started is None or started.act not in rule.pauses_on:
        return ""
    ends = [verb for verb, reason in rule.resumes_on.items() if reason == pause.reason]
    return ends[0] if ends else ""


def act_that_extends(deadline: Deadline) -> str:
    """The signed step by which the law's next extension of this limit is granted; "" for none."""
    step = next_step(deadline)
    if step is not None and step.approver == COLLECTIVE:
        return ""
    verbs = [STEP_OF.get(verb, verb) for verb in deadline.rule.extends_on]
    return next((verb for verb in verbs if verb in catalogue()), "")


def act_to_end(deadline: Deadline) -> str:
    """The permission to end the limit: who may start one by hand also says that it was met."""
    return "manage_limits" if deadline.is_by_hand else "end_limit"


def pause_limit(
    deadline: Deadline,
    *,
    actor: User,
    reason: str,
    start_on: date,
    end_on: date | None = None,
    evidence: EvidenceFile | None = None,
    document: str = "",
    late_reason: str = "",
) -> JournalLine:
    """The days from ``start_on`` (to ``end_on``, or on) do not count; both ends included.

    Only for a reason the rule names, and with the document that shows it. ``end_on`` may lie
    ahead: the period of a test is fixed when it begins (强制法 25). Raises ``TransitionRefused``.
    """
    with transaction.atomic():
        record, limit = _begin(deadline, actor, "manage_limits", start_on, late_reason, "start_on")
        refused = _unfit_pause(limit, reason, start_on, end_on)
        if not document.strip() and evidence is None:
            message = _("Name the document that shows the pause, or choose it from the file.")
            refused.append(Refusal("document_missing", message, field="document"))
        if evidence is not None and not _is_on_file(evidence, limit):
            message = _("That document is not on this file.")
            refused.append(Refusal("not_on_file", message, field="evidence"))
        if refused:
            raise TransitionRefused(refused)
        return _write(
            record, limit, PAUSE, actor=actor, on=start_on, late_reason=late_reason,
            data={
                "reason": reason, "from": start_on, "until": end_on, "document": document.strip(),
                "evidence": evidence.pk if evidence is not None else None,
            },
        )  # fmt: skip


def _unfit_pause(
    deadline: Deadline, reason: str, start_on: date, end_on: date | None
) -> list[Refusal]:
    refused = []
    if reason not in deadline.rule.stop_reasons:
        message = _("The law names no such pause for this limit.")
        refused.append(Refusal("no_such_reason", message, deadline.rule.source, field="reason"))
    if end_on is not None and end_on < start_on:
        message = _("A pause does not end before it starts.")
        refused.append(Refusal("turned_round", message, field="end_on"))
    if deadline.pauses.filter(reason=reason, end_on=None).exists():
        message = _("A pause for this reason is running already: end it first.")
        refused.append(Refusal("pause_runs", message, field="reason"))
    return refused


def _is_on_file(evidence: EvidenceFile, deadline: Deadline) -> bool:
    if evidence.case_id is not None:
        return evidence.case_id == deadline.case_id
    lead = deadline.lead_id or (deadline.case.lead_id if deadline.case else None)
    return evidence.lead_id == lead


def end_pause(
    pause: DeadlinePause, *, actor: User, end_on: date, late_reason: str = ""
) -> JournalLine:
    """The pause ends with ``end_on``, which still does not count. Raises ``TransitionRefused``."""
    with transaction.atomic():
        record, limit = _begin(
            pause.deadline, actor, "manage_limits", end_on, late_reason, "end_on"
        )
        pause = limit.pauses.select_related("started_by", "deadline__rule").get(pk=pause.pk)
        if pause.end_on is not None:
            raise TransitionRefused([Refusal("ended", _("This pause has ended already."))])
        if end_on < pause.start_on:
            message = _("A pause does not end before it starts.")
            raise TransitionRefused([Refusal("turned_round", message, field="end_on")])
        if verb := act_that_resumes(pause):
            message = _("This pause ends with the step “%(act)s”, not by hand.")
            label = catalogue()[verb].transition.label if verb in catalogue() else verb
            raise TransitionRefused([Refusal("ends_by_step", message % {"act": label})])
        return _write(
            record, limit, RESUME, actor=actor, on=end_on, late_reason=late_reason,
            data={"reason": pause.reason, "until": end_on},
        )  # fmt: skip


def extend_limit(
    deadline: Deadline,
    *,
    actor: User,
    amount: int,
    granted_on: date,
    reason: str,
    discussion: Discussion | None = None,
    late_reason: str = "",
) -> JournalLine:
    """The law's next extension, by the leader who acts, within its ceiling.

    One granted after the limit had passed is kept but heals nothing: the old date stands. A step
    that the leaders fix together names their discussion (程序规定 64). Raises
    ``TransitionRefused``; where a signed step grants the extension, that step is the way.
    """
    with transaction.atomic():
        record, limit = _begin(
            deadline, actor, "extend_limit", granted_on, late_reason, "granted_on"
        )
        step = next_step(limit)
        refused = [*_no_extension(limit, step), *_unfit_extension(limit, step, amount, granted_on)]
        if step is not None and step.approver == COLLECTIVE:
            refused += _no_discussion(limit, discussion, granted_on)
        if not reason.strip():
            message = _("Say why more time is needed.")
            refused.append(Refusal("reason_missing", message, field="reason"))
        if refused:
            raise TransitionRefused(refused)
        return _write(
            record, limit, EXTEND, actor=actor, on=granted_on, late_reason=late_reason,
            reason=reason.strip(),
            data={
                "amount": amount, "step": step.code if step else "",
                "discussion": discussion.pk if discussion is not None else None,
            },
        )  # fmt: skip


def _no_extension(deadline: Deadline, step: ExtensionStep | None) -> list[Refusal]:
    if not deadline.is_open:
        return [Refusal("not_running", _("This limit is not running any more."))]
    if step is None:
        message = _("The law allows no further extension of this limit.")
        return [Refusal("no_step", message, deadline.rule.source)]
    if verb := act_that_extends(deadline):
        message = _("This limit is extended by the signed step “%(act)s”.")
        return [Refusal("by_step", message % {"act": catalogue()[verb].transition.label})]
    return []


def _unfit_extension(
    deadline: Deadline, step: ExtensionStep | None, amount: int, granted_on: date
) -> list[Refusal]:
    refused = []
    if amount < 1 or (step is not None and step.ceiling is not None and amount > step.ceiling):
        most = step.ceiling if step is not None else None
        message = _("At most %(most)s.") % {"most": most} if most else _("At least one.")
        law = deadline.rule.source
        refused.append(Refusal("over_ceiling", message, law, field="amount"))
    if granted_on < timezone.localdate(deadline.starts_at):
        message = _("An extension is not granted before the limit starts.")
        refused.append(Refusal("before_start", message, field="granted_on"))
    return refused


def _no_discussion(
    deadline: Deadline, discussion: Discussion | None, granted_on: date
) -> list[Refusal]:
    message = ""
    if discussion is None or discussion.case_id != deadline.case_id:
        message = _("Name the joint discussion that fixed the new limit; record it first.")
    elif timezone.localdate(discussion.held_at) > granted_on:
        message = _("The joint discussion was held after that day.")
    law = _("Procedure Rules art. 64")
    return [Refusal("no_discussion", message, law, field="discussion")] if message else []


def end_limit(
    deadline: Deadline,
    *,
    actor: User,
    ended_on: date,
    reason: str,
    dropped: bool = False,
    late_reason: str = "",
) -> JournalLine:
    """The limit ends by hand: it was met on that day, or ``dropped`` because it does not apply."""
    with transaction.atomic():
        act = act_to_end(deadline)
        record, limit = _begin(deadline, actor, act, ended_on, late_reason, "ended_on")
        refused = []
        if not limit.is_open:
            refused.append(Refusal("not_running", _("This limit is not running any more.")))
        if ended_on < timezone.localdate(limit.starts_at) and not limit.rule.backwards:
            message = _("A limit does not end before it starts.")
            refused.append(Refusal("before_start", message, field="ended_on"))
        if not reason.strip():
            message = _("Say what was done, or why the limit does not apply.")
            refused.append(Refusal("reason_missing", message, field="reason"))
        if refused:
            raise TransitionRefused(refused)
        return _write(
            record, limit, END, actor=actor, on=ended_on, late_reason=late_reason,
            reason=reason.strip(), data={"dropped": dropped},
        )  # fmt: skip


def _begin(
    deadline: Deadline, actor: User, permission: str, on: date, late_reason: str, field: str
) -> tuple[Any, Deadline]:
    """The record locked for the act, and the limit fresh."""
    record = begin_on(
        on, record_of(deadline), actor=actor, permission=permission, late_reason=late_reason,
        field=field,
    )  # fmt: skip
    rows = Deadline.objects.select_for_update(of=("self",)).select_related("rule", "case")
    limit = rows.get(pk=deadline.pk)
    if limit.state == Deadline.State.CANCELLED:
        raise TransitionRefused([Refusal("dropped", _("This limit was dropped."))])
    return record, limit


def _write(
    record: Any,
    deadline: Deadline,
    verb: str,
    *,
    actor: User,
    on: date,
    data: dict[str, Any],
    late_reason: str,
    reason: str = "",
) -> JournalLine:
    own = {"deadline": deadline.pk, "code": deadline.code}
    return record_on(
        on, record, verb, actor=actor, data=own | data, late_reason=late_reason, reason=reason
    )
