"""A list as a table for a spreadsheet: the lines of the screen, a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import now
from workflow.clocks.wording import due_shown, hours_left
from workflow.models import Case, Deadline
from workflow.selectors.due import due_rows
from workflow.selectors.lists import Line, lines_for, with_columns

LONGEST = 10000
CHUNK = 500
#: A cell that begins so would be run as a formula by the program that opens the file.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(rows: QuerySet[Any]) -> Iterator[list[str]]:
    """The heading, then a row per record, at most ``LONGEST``; as many queries for any chunk."""
    records = with_columns(rows)[:LONGEST].iterator(chunk_size=CHUNK)
    heading = False
    while chunk := list(islice(records, CHUNK)):
        columns, lines = lines_for(chunk)
        if not heading:
            yield [*_heading(rows.model), *(str(column.label) for column in columns)]
            heading = True
        for line in lines:
            yield [safe_cell(cell) for cell in _cells(line)]
    if not heading:
        yield _heading(rows.model)


def _heading(model: type[Any]) -> list[str]:
    if model is Case:
        own = [_("Case number"), _("Case name"), _("Parties"), _("Cause of action"), _("Stage")]
    else:
        own = [_("Lead number"), _("Title"), _("About whom"), _("Source"), _("Place")]
    return [
        *own, _("State"), _("Handling unit"), _("Focus category"), _("Handlers"),
        _("Next time limit"), _("Due on"), _("Days left"),
        _("Filed at") if model is Case else _("Received at"), _("Updated"),
    ]  # fmt: skip


def _cells(line: Line) -> Iterable[Any]:
    record = line.record
    if isinstance(record, Case):
        own = [record.number, record.title, line.parties, record.cause, record.stage.label]
        began = record.filed_at
    else:
        own = [
            record.number,
            record.title,
            line.parties,
            record.get_channel_display(),
            record.place,
        ]
        began = record.received_at
    due = line.deadline
    return [
        *own, record.get_state_display(), record.unit, record.category or "", line.handlers,
        due.rule.name if due else "", due_shown(due) if due else "",
        _left(due, line.days) if due else "", _moment(began), _moment(record.updated_at),
        *line.more,
    ]  # fmt: skip


def _left(deadline: Deadline, days: int | None) -> int | str:
    """Days as a number; of a limit of hours near its minute the hours, in words."""
    return hours_left(deadline, now()) or ("" if days is None else days)


def _moment(value: Any) -> str:
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")


def safe_cell(cell: Any) -> str:
    """The text of a cell that no program runs as a formula."""
    text = str(cell)
    harmless = isinstance(cell, int) or not text.startswith(_FORMULA)
    return text if harmless else f"'{text}"


def limits_table(rows: QuerySet[Deadline]) -> Iterator[list[str]]:
    """The heading, then a row per time limit of the list, at most ``LONGEST``."""
    yield [
        _("Days left"), _("Due on"), _("Holidays known"), _("What"), _("Legal source"),
        _("Record"), _("Unit"), _("Who must act"), _("State"),
    ]  # fmt: skip
    for row in due_rows(rows[:LONGEST]):
        limit = row.deadline
        cells = [
            _left(limit, row.days), due_shown(limit),
            _("no") if limit.is_guess else _("yes"), limit.rule.name, limit.rule.source,
            row.record, limit.unit or "", limit.get_obliged_display(), limit.get_state_display(),
        ]  # fmt: skip
        yield [safe_cell(cell) for cell in cells]
