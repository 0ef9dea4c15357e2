"""Acts nobody's hand does: what falls due, and what a change elsewhere forces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from workflow.engine.locking import lock
from workflow.engine.perform import act
from workflow.engine.refusals import bound_of
from workflow.models import JournalLine


def move_by_system(
    record: Any, name: str, *, actor: User | None = None, data: Mapping[str, Any] | None = None
) -> JournalLine:
    """Move a record by an internal transition: no right is asked, every guard is.

    ``actor`` is whose act elsewhere forces it, None for the clock. Raises ``TransitionRefused``,
    and ``ValueError`` for a transition that people do by hand.
    """
    bound = bound_of(name)
    if not bound.transition.internal:
        raise ValueError(f"{name} is done by a person, through perform().")
    with transaction.atomic():
        return act(lock(record), bound, actor=actor, data=data, by_effect=True)
