"""One answer to "may I?" and "why not?" for button, API and engine alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import has_act
from accounts.clock import now
from accounts.models import User
from workflow.engine.bind import CORE, Bound, catalogue
from workflow.engine.registry import logger, savepoint
from workflow.models.scope import sees
from workflow.plugin import Attempt, Refusal, Transition


class TransitionRefused(Exception):
    """An act did not happen; ``refusals`` has every reason. Nothing was changed."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals
        super().__init__("; ".join(f"{r.code}: {r.message}" for r in refusals))


def attempt_of(
    record: Any,
    transition: str | Transition,
    actor: User | None,
    *,
    data: Mapping[str, Any] | None = None,
    memo: dict[str, Any] | None = None,
) -> Attempt:
    """An attempt to ask about. Pass one ``memo`` for all steps of a page: guards share reads."""
    moment = now()
    return Attempt(
        record=record,
        transition=bound_of(transition).transition,
        actor=actor,
        now=moment,
        acted_at=moment,
        data=data,
        memo={} if memo is None else memo,
    )


def bound_of(transition: str | Transition) -> Bound:
    """The bound transition by name or itself; ``LookupError`` for one nobody bound."""
    name = transition if isinstance(transition, str) else transition.name
    try:
        return catalogue()[name]
    except KeyError:
        raise LookupError(f"No transition {name!r} is bound.") from None


def refusals(attempt: Attempt) -> list[Refusal]:
    """All reasons against an attempt; an empty list means go.

    A wrong state, a record out of scope or a missing right end the questions at once: what else
    is missing is nobody's business then. With ``data`` None, data guards are not asked.
    """
    return list(_refusals(attempt))


def _refusals(attempt: Attempt) -> Iterator[Refusal]:
    bound = catalogue()[attempt.transition.name]
    if refusal := state_refusal(attempt):
        yield refusal
        return
    if not attempt.memo.get("by_effect") and (refusal := access_refusal(attempt)):
        yield refusal
        return
    reads = ("record", "actor") if attempt.data is None else ("record", "actor", "data")
    for kind in reads:
        yield from guard_refusals(attempt, bound, kind)


def state_refusal(attempt: Attempt) -> Refusal | None:
    record, transition = attempt.record, attempt.transition
    if not transition.exists_for(record):
        message = _("“%(act)s” is no step of this case's procedure.")
        return Refusal("wrong_state", message % {"act": transition.label})
    if record.state in transition.sources:
        return None
    return Refusal(
        "wrong_state",
        _("“%(act)s” is not possible now: the record stands at “%(state)s”.")
        % {"act": transition.label, "state": record.get_state_display()},
    )


def access_refusal(attempt: Attempt) -> Refusal | None:
    """Why this person may not do this act on this record, guards aside."""
    actor, transition = attempt.actor, attempt.transition
    if transition.internal:
        return Refusal("internal", _("This step follows from another one; it is not done by hand."))
    if actor is None or not sees(actor, attempt.record):
        return Refusal("out_of_scope", _("You have no access to this record."))
    if not has_act(actor, transition.permission, attempt.record.scope_unit_id):
        return Refusal(
            "no_permission",
            _("Your posting does not allow “%(act)s” in this unit.") % {"act": transition.label},
        )
    return None


def guard_refusals(attempt: Attempt, bound: Bound, reads: str) -> Iterator[Refusal]:
    for owner, guard in bound.guards:
        if guard.reads != reads:
            continue
        for refusal in _ask(attempt, owner, guard):
            yield refusal if refusal.law else _with_law(refusal, guard.law)


def _ask(attempt: Attempt, owner: str, guard: Any) -> list[Refusal]:
    if owner == CORE:
        return _answers(guard(attempt))
    try:
        with savepoint():
            return _answers(guard(attempt))
    except Exception:
        logger.exception("Guard %s of plugin %s failed", guard.__name__, owner)
        message = _("The plugin “%(plugin)s” could not answer; ask the system administrator.")
        return [Refusal("plugin_failed", message % {"plugin": owner})]


def _answers(answer: Any) -> list[Refusal]:
    if answer is None:
        return []
    return [answer] if isinstance(answer, Refusal) else list(answer)


def _with_law(refusal: Refusal, law: Any) -> Refusal:
    return Refusal(refusal.code, refusal.message, law, refusal.link, refusal.field)


def may_record(record: Any, bound: Bound) -> bool:
    """The fsm's condition: no record guard refuses. Already asked when the engine comes by."""
    if record.__dict__.get("_cleared") is bound.transition:
        return True
    if not bound.transition.exists_for(record):
        return False
    return not any(guard_refusals(attempt_of(record, bound.transition, None), bound, "record"))


def may_actor(record: Any, bound: Bound, user: Any) -> bool:
    """The fsm's permission: neither access nor a record or actor guard refuses."""
    attempt = attempt_of(record, bound.transition, user)
    if access_refusal(attempt):
        return False
    return not any(
        refusal
        for reads in ("record", "actor")
        for refusal in guard_refusals(attempt, bound, reads)
    )


def most_telling(reasons: list[Refusal]) -> list[Refusal]:
    """Without access or in the wrong state, what the form lacks is beside the point."""
    ending = {"wrong_state", "internal", "out_of_scope", "no_permission"}
    return [reason for reason in reasons if reason.code in ending] or reasons
