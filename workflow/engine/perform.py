"""The only code that moves a record from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.access import forget
from accounts.clock import now
from accounts.models import User
from workflow.engine.announce import announce
from workflow.engine.bind import CORE, Bound, catalogue
from workflow.engine.dates import date_refusals
from workflow.engine.lines import follow_line, write_line
from workflow.engine.locking import lock
from workflow.engine.papers import owe_documents
from workflow.engine.raw import raw_data
from workflow.engine.refusals import (
    TransitionRefused,
    attempt_of,
    bound_of,
    logger,
    most_telling,
    refusals,
)
from workflow.models import JournalLine
from workflow.numbering import issue_number
from workflow.plugin import Attempt, Refusal, Transition


def perform(
    record: Any,
    transition: str | Transition,
    *,
    actor: User,
    data: Mapping[str, Any] | None = None,
    files: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> JournalLine:
    """Lock the record, ask everything again, move it, write the journal; or change nothing.

    ``data`` is what the transition's form takes (as typed, or Python values); ``seen`` the
    record's version on the page the person acted from. The record passed in is not changed:
    read it again. Raises ``TransitionRefused`` with every reason.
    """
    with transaction.atomic():
        locked = lock(record)
        bound = bound_of(transition)
        if seen is not None and seen != locked.version:
            raise TransitionRefused([stale()])
        if bound.transition.approval:
            raise TransitionRefused([_needs_approval(bound.transition)])
        forget(actor)
        return act(locked, bound, actor=actor, data=data, files=files)


def open_record(
    record: Any,
    *,
    verb: str,
    number: str,
    actor: User | None,
    acted_at: datetime,
    created_by: User | None = None,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
    late_reason: str = "",
) -> JournalLine:
    """Save a new record in its first state, with its number and its first journal line.

    Part of the caller's transaction; the number of class ``number`` is of the act's year.
    """
    record.created_by = created_by or actor
    record.state_since = acted_at
    record.number = issue_number(
        number, on=timezone.localdate(acted_at), unit=record.unit, record=record
    )
    record.save(force_insert=True)
    line = write_line(
        record,
        verb=verb,
        actor=actor,
        acted_at=acted_at,
        target=record.state,
        data={"number": record.number, **(data or {})},
        reason=reason,
        late_reason=late_reason,
    )
    follow_line(line)
    return line


def stale() -> Refusal:
    return Refusal(
        "stale",
        _("Somebody changed this record since you opened the page. Look again, then decide."),
    )


def act(
    record: Any,
    bound: Bound,
    *,
    actor: User | None,
    data: Mapping[str, Any] | None,
    files: Mapping[str, Any] | None = None,
    signer: User | None = None,
    approval: Any = None,
    by_effect: bool = False,
) -> JournalLine:
    """Move a record that is locked already. Part of the engine: others call ``perform``."""
    attempt = attempt_of(record, bound.transition, actor)
    attempt.signer, attempt.approval = signer, approval
    if by_effect:
        attempt.memo["by_effect"] = True
    attempt.move = partial(_move, by=attempt)
    if reasons := fill(attempt, data, files) + refusals(attempt):
        raise TransitionRefused(most_telling(reasons))
    attempt.open = partial(
        open_record, actor=signer or actor, created_by=actor, acted_at=attempt.acted_at
    )
    attempt.note = partial(_note, by=attempt)
    line = _write(attempt)
    _run_effects(attempt, bound, line)
    owe_documents(attempt, line)
    for owner, task in bound.announcements:
        announce(line, task, owner)
    return line


def fill(
    attempt: Attempt, data: Mapping[str, Any] | None, files: Mapping[str, Any] | None = None
) -> list[Refusal]:
    """Validate ``data`` with the transition's form and put the clean data into the attempt.

    Returns a refusal beside each bad field; the attempt then keeps what could be cleaned.
    """
    form = form_for(attempt, raw_data(data), files)
    valid = form.is_valid()
    attempt.data = form.cleaned_data
    attempt.acted_at = form.cleaned_data.get("acted_at") or attempt.now
    wrong = (
        []
        if valid
        else [
            Refusal("invalid", message, field="" if name == "__all__" else name)
            for name, messages in form.errors.items()
            for message in messages
        ]
    )
    if "acted_at" in form.errors:
        return wrong
    late = form.cleaned_data.get("late_reason", "")
    return wrong + date_refusals(attempt.record, attempt.acted_at, late, now=attempt.now)


def form_for(
    attempt: Attempt, data: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
) -> Any:
    """The transition's form for this record and person; unbound when ``data`` is None."""
    form_class = import_string(attempt.transition.form)
    return form_class(data, files, attempt=attempt)


def _write(attempt: Attempt) -> JournalLine:
    """The state, by the fsm, and the journal line that tells of it."""
    record, transition = attempt.record, attempt.transition
    source = record.state
    record.__dict__["_cleared"] = transition
    try:
        getattr(record, transition.method)(attempt)
    finally:
        record.__dict__.pop("_cleared", None)
    if record.state != source:
        record.previous_state = source
        record.state_since = attempt.acted_at
    data = {**(attempt.data or {}), "acted_at": attempt.acted_at}
    for name, datum in transition.sets:
        setattr(record, name, data[datum] if datum else None)
    save_moved(record, *(name for name, _datum in transition.sets))
    line = write_line(
        record,
        verb=transition.name,
        actor=attempt.signer or attempt.actor,
        acted_at=attempt.acted_at,
        source=source,
        target=record.state,
        data=_kept(attempt),
        reason=(attempt.data or {}).get("note", ""),
        late_reason=(attempt.data or {}).get("late_reason", ""),
    )
    follow_line(line)
    return line


def save_moved(record: Any, *more: str) -> None:
    """Save what the engine writes, and no column more."""
    record.version += 1
    record.updated_at = now()
    written = ["state", "previous_state", "state_since", "version", "updated_at", *more]
    record.save(update_fields=written)


def _kept(attempt: Attempt) -> dict[str, Any]:
    data = attempt.data or {}
    kept = {name: data[name] for name in attempt.transition.keeps if name in data}
    if attempt.approval is not None:
        kept["approval"] = attempt.approval.pk
        kept["proposer"] = attempt.actor.pk if attempt.actor else None
    return kept


def _run_effects(attempt: Attempt, bound: Bound, line: JournalLine) -> None:
    for owner, effect in bound.effects:
        # What an effect of the core raises ends the whole act; a plugin's may be a message.
        part = nullcontext() if owner == CORE else transaction.atomic()
        try:
            with part:
                effect(attempt, line)
        except (TransitionRefused, ValidationError):
            raise
        except Exception as error:
            if owner == CORE:
                raise
            logger.exception("Effect %s of plugin %s failed", effect, owner)
            message = _("The plugin “%(plugin)s” could not do its part, so nothing was done.")
            refusal = Refusal("plugin_failed", message % {"plugin": owner})
            raise TransitionRefused([refusal]) from error


def _move(
    record: Any,
    name: str,
    *,
    actor: User | None,
    data: Mapping[str, Any] | None = None,
    acted_at: datetime | None = None,
    by: Attempt,
) -> JournalLine:
    """How an effect moves another record: no right of its own is asked, every guard is."""
    values = dict(data or {})
    values.setdefault("acted_at", acted_at or by.acted_at)
    values.setdefault("late_reason", (by.data or {}).get("late_reason", ""))
    return act(
        lock(record),
        catalogue()[name],
        actor=actor,
        data=values,
        signer=by.signer,
        by_effect=True,
    )


def _note(
    record: Any, verb: str, *, data: Mapping[str, Any] | None = None, by: Attempt
) -> JournalLine:
    """One more line of the same act, of the same moment and person; the clocks follow it."""
    line = write_line(
        record, verb=verb, actor=by.signer or by.actor, acted_at=by.acted_at, data=data,
        late_reason=(by.data or {}).get("late_reason", ""),
    )  # fmt: skip
    follow_line(line)
    return line


def _needs_approval(transition: Transition) -> Refusal:
    return Refusal(
        "needs_approval",
        _("“%(act)s” is proposed first and happens with the last signature.")
        % {"act": transition.label},
        transition.law,
    )
