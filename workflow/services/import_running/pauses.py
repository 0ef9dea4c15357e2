"""扣除期间: spans of days that do not count, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from workflow.clocks.reasons import WORDS
from workflow.services.import_running import cells

#: Reasons that a step of the case says: such a period is over, or it is where the case stands.
OF_STEPS = ("suspension", "hearing", "transfer")
_SPAN = re.compile(r"(?P<reason>\S+?)[\s:：]*(?P<start>\d{4}\D\d{1,2}\D\d{1,2}日?)至(?P<end>\S*)")


@dataclass(frozen=True, slots=True)
class Span:
    """A pause of the time to decide, both days included; ``end`` None while it runs."""

    reason: str
    start: date
    end: date | None


def read_pauses(cell: Any) -> list[Span]:
    """The spans of a cell, in their order; they do not overlap and only the last one may run."""
    typed = cells.text(cell, longest=2000)
    spans = [_span(part.strip()) for part in re.split(r"[;；\n]+", typed) if part.strip()]
    spans.sort(key=lambda span: span.start)
    for before, after in pairwise(spans):
        if before.end is None or before.end >= after.start:
            raise cells.WrongCellError(_("Two of the periods overlap: correct their dates."))
    return spans


def _span(typed: str) -> Span:
    match = _SPAN.fullmatch(typed)
    if match is None or match["reason"] not in WORDS:
        message = _("Write each period as: 检验 2026-03-01至2026-03-20. Reasons: %(reasons)s.")
        raise cells.WrongCellError(message % {"reasons": "、".join(WORDS)})
    start = cells.day(match["start"])
    end = cells.day(match["end"]) if match["end"] else None
    if end is not None and end < start:
        raise cells.WrongCellError(_("A period ends before it begins: correct its dates."))
    reason = WORDS[match["reason"]]
    if end is None and reason in OF_STEPS:
        message = _(
            "Give the last day of “%(reason)s”: what still runs is the state of the file, or is "
            "entered on its page once it is taken over."
        )
        raise cells.WrongCellError(message % {"reason": match["reason"]})
    return Span(reason, start, end)
