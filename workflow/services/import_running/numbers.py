"""Numbers given out before the system: each once, in the file and in the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from accounts.clock import today
from workflow.clocks.sane import EARLIEST
from workflow.models import Measure
from workflow.numbering import LARGEST_SERIAL, read_number
from workflow.services.import_running.columns import columns
from workflow.services.import_running.reference import Reference


def number_errors(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the row's numbers. Afterwards those of ours are spelled our way."""
    unit = values.get("unit")
    for column in columns().values():
        if column.kind != "number" or column.name not in values or unit is None:
            continue
        series = series_of(column.series, values)
        found = read_number(series, values[column.name], unit=unit)
        if found is None:
            continue
        year, serial, spelled = found
        values[column.name] = spelled
        if serial > LARGEST_SERIAL or not EARLIEST.year <= year <= today().year:
            yield column.name, _("Year or serial of this number cannot be: correct it.")


def series_of(series: str, values: dict[str, Any]) -> str:
    """The class of a number: a decision's depends on what was decided, a measure's on its kind."""
    if series == "measure":
        return "preserve" if values.get("measure_kind") == Measure.Kind.PRESERVE else "measure"
    if series != "decision":
        return series
    return "no_penalty" if values.get("decision_kind") == "no_penalty" else "penalty"


def taken_errors(
    values: dict[str, Any], row: int, known: Reference, seen: dict[str, int]
) -> Iterator[tuple[str, str]]:
    """Numbers that another row of the file, or a file of the system, has already."""
    for column in columns().values():
        number = values.get(column.name) if column.kind == "number" else None
        if number is None:
            continue
        if (other := seen.setdefault(number, row)) != row:
            message = _("Row %(row)d has this number too: correct one of them.")
            yield column.name, message % {"row": other}
        elif number in known.issued:
            yield column.name, _("This number is given out already in the system: correct it.")
