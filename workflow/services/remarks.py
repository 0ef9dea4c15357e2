"""Remarks (备注): short notes on a lead or case, kept in its journal and never changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.engine.acts import begin
from workflow.engine.lines import write_line
from workflow.engine.refusals import TransitionRefused
from workflow.models import JournalLine
from workflow.plugin import Refusal

VERB = "remark.added"
#: Characters of one remark.
LONGEST = 1000


def add_remark(record: Any, *, actor: User, text: str) -> JournalLine:
    """The note stands in the journal with its author and moment; it moves nothing.

    No limit follows it, no proposal becomes void and the record keeps its version.
    """
    if not text.strip():
        message = _("Write the remark.")
        raise TransitionRefused([Refusal("text_missing", message, field="text")])
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="write_remark")
        return write_line(
            locked, verb=VERB, actor=actor, acted_at=now(), reason=text.strip()[:LONGEST]
        )
