"""Lines of a summary from the fields of a record; what is empty is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow.clocks.deadlines import next_step
from workflow.guards.file import case_file
from workflow.guards.limits import CODES
from workflow.plugin import Attempt, Shown


def fields(row: Any, *names: str, link: str = "") -> Iterator[Shown]:
    """A line for each of these fields that is filled in, called as the model calls it."""
    for name in names:
        if text := _text(row, name):
            yield Shown(row._meta.get_field(name).verbose_name, text, link)


def _text(row: Any, name: str) -> str:
    """The field as a person reads it: the label of a choice, a day in words, "" for nothing."""
    if display := getattr(row, f"get_{name}_display", None):
        return str(display())
    value = getattr(row, name)
    return date_format(value) if isinstance(value, date) else str(value or "").strip()


def names(rows: Any) -> str:
    """Parties or people, in their order."""
    return "、".join(str(row) for row in rows)


def limit_line(attempt: Attempt) -> Iterator[Shown]:
    """Until when the limit of the record runs, and by how much the step makes it longer."""
    code = CODES[attempt.transition.machine]
    running = [limit for limit in case_file(attempt).open_limits if limit.code == code]
    if not running or running[-1].due_on is None:
        return
    step = next_step(running[-1])
    yield Shown(_("Limit until now"), date_format(running[-1].due_on))
    if step is not None and step.amount:
        yield Shown(_("Longer by"), f"{step.amount} {running[-1].rule.get_unit_display()}")
