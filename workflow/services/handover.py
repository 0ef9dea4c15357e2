"""Handover (移交承办): the open files of one handler go to another, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import users_with
from accounts.models import User
from workflow.effects.handlers import name_to_know
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.guards.handlers import NEEDED, qualified
from workflow.models import AccessGrant, Approval, Handler, UserNotice
from workflow.plugin import Refusal


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became, or would become, of one file; no refusals: it moved."""

    record: Any
    leads: bool
    void: Sequence[Approval]
    refusals: Sequence[Refusal]


@dataclass(frozen=True, slots=True)
class Handover:
    """From whom to whom, since when, why."""

    giver: User
    taker: User
    reason: str
    acted_at: datetime
    late_reason: str = ""


def hand_over_files(
    records: Iterable[Any], handover: Handover, *, actor: User, apply: bool
) -> list[HandedOver]:
    """Each file goes over wholly or stays wholly; the outcomes say which, and why.

    Without ``apply`` everything is tried and nothing kept.
    """
    with transaction.atomic():
        found = [_try(record, handover, actor) for record in records]
        if not apply:
            transaction.set_rollback(True)
    return found


def hand_over(record: Any, handover: Handover, *, actor: User) -> HandedOver:
    """The taker handles the file from that day on, in the giver's place; its limits go on.

    The giver's row ends, proposals that wait on the file become void, unread notices go along, and
    of a restricted file the taker is named to know and the giver no longer. Raises
    ``TransitionRefused`` for a taker without 执法资格, of another unit, recused or handling it
    already with nobody else, so that fewer than two would stay (行政处罚法 arts. 42-43).
    """
    with transaction.atomic():
        locked = begin(
            record, actor=actor, permission="assign_handlers", acted_at=handover.acted_at,
            late_reason=handover.late_reason,
        )  # fmt: skip
        row = locked.handlers.select_for_update().filter(
            user=handover.giver, ended_on=None
        ).first()  # fmt: skip
        day = timezone.localdate(handover.acted_at)
        if wrong := list(_refusals(locked, row, handover, day)):
            raise TransitionRefused(wrong)
        void = _pending(locked)
        _exchange(locked, row, handover, day, actor)
        _move_notices(locked, handover)
        record_act(
            locked, "handlers.handed_over", actor=actor, acted_at=handover.acted_at,
            reason=handover.reason, late_reason=handover.late_reason,
            data={"from": handover.giver.pk, "to": handover.taker.pk},
        )  # fmt: skip
        return HandedOver(record, row.is_lead_handler, void, [])


def _try(record: Any, handover: Handover, actor: User) -> HandedOver:
    try:
        with transaction.atomic():
            return hand_over(record, handover, actor=actor)
    except TransitionRefused as refused:
        return HandedOver(record, False, [], list(refused.refusals))


def _refusals(record: Any, row: Handler | None, handover: Handover, day: date) -> Iterator[Refusal]:
    giver, taker = handover.giver, handover.taker
    if row is None:
        yield Refusal("not_handler", _("%(name)s does not handle it.") % {"name": giver.name})
        return
    if day < row.assigned_on:
        message = _("%(name)s did not handle it yet on that day.")
        yield Refusal("before_assigned", message % {"name": giver.name}, field="acted_at")
    if giver.pk == taker.pk:
        yield Refusal("same_person", _("Name somebody else."), field="taker")
        return
    name = {"name": taker.name}
    if not users_with("investigate_case", record.unit).filter(pk=taker.pk).exists():
        message = _("%(name)s may not handle files of this unit.")
        yield Refusal("wrong_unit", message % name, field="taker")
    if not taker.is_qualified_on(day):
        message = _("%(name)s holds no valid enforcement certificate.")
        yield Refusal("not_qualified", message % name, field="taker")
    if record.handlers.filter(user=taker, recused_on__isnull=False).exists():
        yield Refusal("recused", _("%(name)s is recused from it.") % name, field="taker")
    if record.machine == "case" and record.reviews.filter(reviewer=taker).exists():
        message = _("%(name)s reviewed it and therefore does not handle it.")
        yield Refusal("reviewed", message % name, field="taker")
    others = record.handlers.filter(ended_on=None).exclude(user=giver).select_related("user")
    stay = {h.user_id for h in others if qualified(h, day)} | {taker.pk}
    if len(stay) < NEEDED:
        message = _("Fewer than two qualified handlers would stay.")
        yield Refusal("two_handlers", message, _("Administrative Penalty Law art. 42"))


def _exchange(record: Any, row: Handler, handover: Handover, day: date, actor: User) -> None:
    """The giver's row ends on the day; the taker's begins, leading where the giver led."""
    row.ended_on = day
    row.save(update_fields=["ended_on"])
    taker = handover.taker
    taken = record.handlers.filter(user=taker, ended_on=None).first()
    if taken is None:
        taken = Handler(**{record.machine: record}, user=taker, assigned_on=day, assigned_by=actor)
    taken.is_lead_handler = taken.is_lead_handler or row.is_lead_handler
    taken.qualification_no = taker.qualification_no
    taken.save()
    if record.restricted:
        name_to_know(record, [taker], by=actor, reason=_("Handover"))
        named = record.grants.live().filter(user=handover.giver, kind=AccessGrant.Kind.NAMED)
        named.update(ended_at=handover.acted_at)


def _move_notices(record: Any, handover: Handover) -> None:
    """What the giver has not read about the file, the taker gets; each notice once a person."""
    mine = UserNotice.objects.filter(**{record.machine: record}, read_at=None)
    for notice in mine.filter(user=handover.giver).order_by("pk"):
        if UserNotice.objects.filter(user=handover.taker, key=notice.key).exists():
            notice.read_at = handover.acted_at
            notice.save(update_fields=["read_at"])
        else:
            notice.user = handover.taker
            notice.save(update_fields=["user"])


def _pending(record: Any) -> list[Approval]:
    kind = record._meta.label_lower
    waiting = Approval.objects.filter(record_type=kind, record_id=record.pk)
    return list(waiting.filter(outcome=Approval.Outcome.PENDING).order_by("pk"))
