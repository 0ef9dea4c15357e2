"""Restricting, sharing, naming handlers, recusal: who may see and who may handle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now, today
from accounts.models import Unit, User
from workflow.effects.handlers import name_to_know, set_handlers
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.models import AccessGrant, Handler, JournalLine
from workflow.plugin import Refusal
from workflow.services.looks import note_look


def restrict(record: Any, *, actor: User, people: Sequence[User], reason: str) -> JournalLine:
    """From now on only named people see the record: those given, its handlers and the actor."""
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="restrict_record")
        handlers = [h.user for h in locked.handlers.filter(ended_on=None).select_related("user")]
        locked.restricted = True
        locked.save(update_fields=["restricted"])
        name_to_know(locked, [actor, *people, *handlers], by=actor, reason=reason)
        return record_act(locked, "access.restricted", actor=actor, reason=reason)


def lift_restriction(record: Any, *, actor: User, reason: str) -> JournalLine:
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="restrict_record")
        locked.restricted = False
        locked.save(update_fields=["restricted"])
        return record_act(locked, "access.opened", actor=actor, reason=reason)


def share(
    record: Any,
    *,
    actor: User,
    kind: str,
    reason: str,
    user: User | None = None,
    unit: Unit | None = None,
    until_on: date | None = None,
) -> AccessGrant:
    """Let a person or a unit read the record until a day (null: until ended). Journalled.

    Raises ``TransitionRefused`` for a day that has passed and for opening a restricted record to
    a unit: it is opened to people by name.
    """
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="share_record")
        if until_on is not None and until_on < today():
            message = _("The last day lies in the past.")
            raise TransitionRefused([Refusal("past", message, field="until_on")])
        if locked.restricted and unit is not None:
            message = _("A restricted record is opened to people by name, not to a unit.")
            raise TransitionRefused([Refusal("restricted", message, field="unit")])
        grant = AccessGrant.objects.create(
            **{locked.machine: locked}, user=user, unit=unit, kind=kind, reason=reason,
            until_on=until_on, granted_by=actor,
        )  # fmt: skip
        data = {"grant": grant.pk, "user": user and user.pk, "unit": unit and unit.pk}
        record_act(locked, "access.granted", actor=actor, data=data, reason=reason)
        return grant


def end_share(grant: AccessGrant, *, actor: User, reason: str) -> JournalLine:
    """The right to read ends now; the grant stays in the file."""
    with transaction.atomic():
        record = grant.case or grant.lead
        locked = begin(record, actor=actor, permission="share_record")
        grant = AccessGrant.objects.select_for_update().get(pk=grant.pk)
        grant.ended_at = now()
        grant.save(update_fields=["ended_at"])
        return record_act(
            locked, "access.ended", actor=actor, data={"grant": grant.pk}, reason=reason
        )


def assign_handlers(
    record: Any, *, actor: User, users: Sequence[User], reason: str = ""
) -> list[Handler]:
    """Afterwards exactly these people handle the record, the first one leading; at least two.

    行政处罚法 art. 42. Each must be allowed to handle records of the unit.
    """
    chosen = list(dict.fromkeys(users))
    if len(chosen) < 2:
        message = _("Name at least two handlers (Administrative Penalty Law art. 42).")
        raise TransitionRefused([Refusal("two_handlers", message, field="handlers")])
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="assign_handlers")
        handlers = set_handlers(locked, chosen, by=actor, on=now())
        record_act(
            locked, "handlers.assigned", actor=actor, reason=reason,
            data={"handlers": [user.pk for user in chosen]},
        )  # fmt: skip
        return handlers


def recuse(handler: Handler, *, actor: User, reason: str) -> JournalLine:
    """A handler with an interest steps back; a leader decides (行政处罚法 art. 43)."""
    record = handler.case or handler.lead
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="decide_recusal")
        handler = Handler.objects.select_for_update().get(pk=handler.pk)
        handler.recused_on, handler.recusal_reason = today(), reason
        handler.save(update_fields=["recused_on", "recusal_reason"])
        return record_act(
            locked, "handler.recused", actor=actor, data={"handler": handler.user_id},
            reason=reason,
        )  # fmt: skip


def note_view(record: Any, *, actor: User) -> None:
    """Who opened a restricted record is kept with it, once a day and person."""
    if record.restricted:
        note_look(record, "access.viewed", actor=actor)
