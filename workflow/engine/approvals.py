"""Approvals: propose, sign, return, withdraw. The act happens once, with the last signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import forget, has_act, roles_on
from accounts.clock import now
from accounts.models import User
from workflow.engine.bind import catalogue
from workflow.engine.dates import signature_refusals
from workflow.engine.lines import write_line
from workflow.engine.locking import lock
from workflow.engine.perform import act, fill, form_for, stale
from workflow.engine.raw import raw_data
from workflow.engine.refusals import (
    TransitionRefused,
    attempt_of,
    bound_of,
    most_telling,
    refusals,
)
from workflow.models import Approval, ApprovalStep
from workflow.models.scope import sees
from workflow.plugin import Attempt, Refusal, Transition


def propose(
    record: Any,
    transition: str | Transition,
    *,
    actor: User,
    data: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Approval:
    """Freeze the form and the record and ask the first role to sign.

    Everything ``perform`` asks is asked now, and again with the last signature. Raises
    ``TransitionRefused``; one approval of an act may be pending at a time.
    """
    with transaction.atomic():
        locked = lock(record)
        bound = bound_of(transition)
        if seen is not None and seen != locked.version:
            raise TransitionRefused([stale()])
        forget(actor)
        attempt = attempt_of(locked, bound.transition, actor)
        raw = raw_data(data)
        reasons = fill(attempt, raw) + refusals(attempt)
        if pending_for(locked, bound.transition.name):
            message = _("This act is proposed already and waits for signature.")
            reasons.append(Refusal("already_proposed", message))
        if reasons:
            raise TransitionRefused(most_telling(reasons))
        approval = _frozen_proposal(attempt, raw)
        _tell(locked, "approval.proposed", actor, approval)
        return approval


def _frozen_proposal(attempt: Attempt, raw: Any) -> Approval:
    record, transition = attempt.record, attempt.transition
    approval = Approval.objects.create(
        record_type=record._meta.label_lower,
        record_id=record.pk,
        case_id=record.journal_case_id,
        lead_id=record.journal_lead_id,
        unit_id=record.scope_unit_id,
        transition=transition.name,
        proposer=attempt.person,
        data=_frozen(raw),
        summary=_summary(attempt),
        fingerprint=record.fingerprint(),
    )
    for order, role in enumerate(transition.approval, start=1):
        ApprovalStep.objects.create(approval=approval, order=order, role=role)
    return approval


def sign(
    approval: Approval,
    *,
    actor: User,
    opinion: str = "",
    acted_at: datetime | None = None,
    late_reason: str = "",
) -> Approval:
    """Sign the step that waits; the last signature performs the act, dated ``acted_at``.

    A signature lies neither in the future nor before the one it follows; an old one says why.

    Returns the approval as it stands now. Raises ``TransitionRefused`` and leaves the signature
    out when the act is refused; when the record changed under it, the approval is voided for good.
    """
    voided = False
    with transaction.atomic():
        record, approval, step = _open(approval, actor)
        if record.fingerprint() != approval.fingerprint:
            _end(record, approval, Approval.Outcome.VOIDED, actor, _("The record was changed."))
            voided = True
        else:
            if acted_at and (wrong := signature_refusals(approval, record, acted_at, late_reason)):
                raise TransitionRefused(wrong)
            _answer(step, ApprovalStep.Outcome.SIGNED, actor, opinion, acted_at, record)
            if approval.steps.filter(outcome=ApprovalStep.Outcome.WAITING).exists():
                _tell(record, "approval.signed", actor, approval, opinion)
            else:
                _perform(record, approval, actor, acted_at, late_reason)
    if voided:
        raise TransitionRefused(
            [
                Refusal(
                    "approval_void",
                    _("The record was changed after this was proposed: it is void."),
                )
            ]
        )
    return approval


def send_back(approval: Approval, *, actor: User, reason: str) -> Approval:
    """Return the proposal to its proposer with a reason; it ends, nothing else happens."""
    if not reason.strip():
        raise TransitionRefused(
            [Refusal("reason_missing", _("Say why you return it."), field="opinion")]
        )
    with transaction.atomic():
        record, approval, step = _open(approval, actor)
        _answer(step, ApprovalStep.Outcome.RETURNED, actor, reason, None, record)
        _end(record, approval, Approval.Outcome.RETURNED, actor, reason)
    return approval


def withdraw(approval: Approval, *, actor: User, reason: str = "") -> Approval:
    """Take one's own proposal back while it waits."""
    with transaction.atomic():
        record = lock(_record_of(approval))
        approval = Approval.objects.select_for_update().get(pk=approval.pk)
        if approval.proposer_id != actor.pk:
            raise TransitionRefused(
                [Refusal("not_proposer", _("Only the proposer takes it back."))]
            )
        if not approval.is_pending:
            raise TransitionRefused([_ended()])
        _end(record, approval, Approval.Outcome.WITHDRAWN, actor, reason)
    return approval


def void_if_changed(record: Any, *, actor: User) -> None:
    """End every pending approval whose frozen content is no longer what stands here."""
    pending = pending_of(record)
    if not pending:
        return
    fingerprint = record.fingerprint()
    for approval in pending:
        if approval.fingerprint != fingerprint:
            _end(record, approval, Approval.Outcome.VOIDED, actor, _("The record was changed."))


def pending_of(record: Any) -> list[Approval]:
    found = Approval.objects.filter(
        record_type=record._meta.label_lower, record_id=record.pk, outcome=Approval.Outcome.PENDING
    )
    return list(found.select_related("proposer").prefetch_related("steps"))


def pending_for(record: Any, name: str) -> Approval | None:
    return next((a for a in pending_of(record) if a.transition == name), None)


def signing_refusal(
    approval: Approval, step: ApprovalStep, actor: User, record: Any
) -> Refusal | None:
    """Why ``actor`` may not answer this step; the page and the engine ask the same."""
    if not approval.is_pending:
        return _ended()
    if not sees(actor, record):
        return Refusal("out_of_scope", _("You have no access to this record."))
    if not has_act(actor, f"sign_{step.role}", record.scope_unit_id):
        return Refusal("no_permission", _("This signature is not yours to give."))
    if approval.proposer_id == actor.pk:
        return Refusal("own_proposal", _("Nobody signs their own proposal."))
    if approval.steps.filter(signer=actor).exists():
        return Refusal(
            "signed_already", _("You signed an earlier step: the next one is another's.")
        )
    return None


def waiting_step(approval: Approval) -> ApprovalStep | None:
    return approval.steps.filter(outcome=ApprovalStep.Outcome.WAITING).order_by("order").first()


def _open(approval: Approval, actor: User) -> tuple[Any, Approval, ApprovalStep]:
    """Lock record, then approval (always in this order); refuse who may not answer."""
    record = lock(_record_of(approval))
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    forget(actor)
    step = waiting_step(approval)
    if step is None or not approval.is_pending:
        raise TransitionRefused([_ended()])
    if refusal := signing_refusal(approval, step, actor, record):
        raise TransitionRefused([refusal])
    return record, approval, step


def _perform(
    record: Any, approval: Approval, signer: User, acted_at: datetime | None, late_reason: str
) -> None:
    data = raw_data(approval.data)
    data.setlist("acted_at", [acted_at] if acted_at else [])
    data.setlist("late_reason", [late_reason])
    proposer = approval.proposer
    forget(proposer)
    approval.outcome, approval.ended_at = Approval.Outcome.PERFORMED, now()
    approval.save(update_fields=["outcome", "ended_at"])
    act(
        record,
        catalogue()[approval.transition],
        actor=proposer,
        data=data,
        signer=signer,
        approval=approval,
    )


def _answer(
    step: ApprovalStep,
    outcome: str,
    actor: User,
    opinion: str,
    acted_at: datetime | None,
    record: Any,
) -> None:
    step.outcome, step.signer, step.opinion = outcome, actor, opinion
    step.signer_role = "、".join(str(role.label) for role in roles_on(actor, record.unit))[:100]
    step.signed_at, step.recorded_at = acted_at or now(), now()
    step.save()


def _end(record: Any, approval: Approval, outcome: str, actor: User, reason: str) -> None:
    approval.outcome, approval.outcome_reason, approval.ended_at = outcome, reason[:500], now()
    approval.save(update_fields=["outcome", "outcome_reason", "ended_at"])
    _tell(record, f"approval.{outcome}", actor, approval, reason)


def _tell(record: Any, verb: str, actor: User, approval: Approval, reason: str = "") -> None:
    write_line(
        record,
        verb=verb,
        actor=actor,
        acted_at=now(),
        data={"approval": approval.pk, "transition": approval.transition},
        reason=reason,
    )


def _frozen(raw: Any) -> dict[str, Any]:
    dates = {"acted_at", "late_reason", "csrfmiddlewaretoken", "seen"}
    return {
        name: [v if isinstance(v, str | int | None) else str(v) for v in values]
        for name, values in raw.lists()
        if name not in dates
    }


def _summary(attempt: Attempt) -> list[list[str]]:
    """What the signers read: each field of the form, then what the act declares of the record.

    In the language of the files. A row: label, value ("" heads what follows), link if there is one.
    """
    with translation.override(settings.LANGUAGE_CODE):
        rows = [[str(k), str(v)] for k, v in form_for(attempt).summary(attempt.data or {})]
        for shown in attempt.transition.summary(attempt) if attempt.transition.summary else ():
            row = [str(shown.label), str(shown.value), shown.link]
            rows.append(row if shown.link else row[:2])
    return rows


def _record_of(approval: Approval) -> Any:
    model = apps.get_model(approval.record_type)
    return model._base_manager.get(pk=approval.record_id)


def _ended() -> Refusal:
    return Refusal("approval_ended", _("This proposal is not waiting for a signature any more."))
