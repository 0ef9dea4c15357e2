"""Limits that no act of the machine starts: a reply asked of others, a dispute, a time bar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.clocks.follow import START
from workflow.clocks.rule import HOUR
from workflow.clocks.store import rulebook
from workflow.engine.refusals import TransitionRefused
from workflow.models import ClockRule, JournalLine
from workflow.plugin import Refusal
from workflow.services.on_a_day import begin_on, record_on


def started_by_hand(record: Any) -> list[ClockRule]:
    """The newest version of every rule that may be started by hand on a lead or a case."""
    newest: dict[str, ClockRule] = {}
    for row in sorted(rulebook().rows, key=lambda row: row.effective_from):
        newest[row.code] = row
    fits = ("record", "lead", record.machine)
    rows = [row for row in newest.values() if row.starts_by_hand and row.keyed_by in fits]
    return sorted((row for row in rows if row.unit != HOUR), key=_in_order)


def _in_order(row: ClockRule) -> tuple[str, int, str]:
    letter, digits = row.code[:1], "".join(sign for sign in row.code if sign.isdigit())
    return letter, int(digits or 0), row.code


def start_limit(
    record: Any, *, actor: User, code: str, started_on: date, document: str, late_reason: str = ""
) -> JournalLine:
    """The limit ``code`` runs from ``started_on``, by the version of that day.

    ``document`` says what started it. Limits of the same code that run already go on beside it.
    Raises ``TransitionRefused``, also for a rule that an act of the machine starts.
    """
    with transaction.atomic():
        locked = begin_on(
            started_on, record, actor=actor, permission="manage_limits", late_reason=late_reason,
            field="started_on",
        )  # fmt: skip
        if code not in {row.code for row in started_by_hand(locked)}:
            message = _("This limit is not started by hand.")
            raise TransitionRefused([Refusal("no_such_limit", message, field="code")])
        if not document.strip():
            message = _("Say which document or event started it.")
            raise TransitionRefused([Refusal("document_missing", message, field="document")])
        return record_on(
            started_on, locked, START, actor=actor, late_reason=late_reason, field="started_on",
            data={"code": code, "document": document.strip()},
        )  # fmt: skip
