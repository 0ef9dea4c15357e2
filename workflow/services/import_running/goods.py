"""强制措施 of a row: goods that are held, or premises sealed, when the file is taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from workflow.models import Measure
from workflow.services.import_running import cells
from workflow.services.import_running.columns import titled
from workflow.states import CaseState as S

#: Every column of the measure; what one of them needs besides itself.
COLUMNS = (
    "measure_kind", "measure_number", "measure_on", "measure_basis", "measure_place",
    "measure_keeper", "measure_items", "measure_extended_on", "measure_extended_days",
)  # fmt: skip
_OWED = frozenset({
    "measure_kind", "measure_number", "measure_on", "measure_place", "measure_items",
})  # fmt: skip
_OF_COERCION = frozenset({"measure_extended_on", "measure_extended_days"})
#: 行政强制法 art. 25.
_MOST_DAYS_MORE = 30
_ITEM = re.compile(r"(?P<name>.+?)[\s\u3000]+(?P<quantity>\d+(?:\.\d{1,3})?)\s*(?P<unit>\D\S*)")
_MOST_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list of goods."""

    name: str
    quantity: Decimal
    unit_name: str


def read_items(cell: Any) -> list[Item]:
    """The goods of a cell, as 玩具枪 30 件；包装盒 12.5 公斤, in their order."""
    typed = cells.text(cell, longest=20_000)
    parts = [part.strip() for part in re.split(r"[;；\n]+", typed) if part.strip()]
    if len(parts) > _MOST_ITEMS:
        raise cells.WrongCellError(_("More than 500 items: enter this measure on its page."))
    return [_item(part) for part in parts]


def _item(typed: str) -> Item:
    match = _ITEM.fullmatch(typed)
    fits = match is not None and len(match["name"]) <= 200 and len(match["unit"]) <= 20
    if match is None or not fits or not 0 < Decimal(match["quantity"]) < 10**11:
        message = _("“%(typed)s”: write each item as 玩具枪 30 件, name, quantity and unit.")
        raise cells.WrongCellError(message % {"typed": typed[:60]})
    return Item(match["name"].strip(), Decimal(match["quantity"]), match["unit"].strip())


def measure_errors(
    state: str, present: Set[str], values: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """What the measure of a row lacks, and what cannot be of it."""
    mine = {name for name in COLUMNS if name in present}
    if not mine:
        return
    if state == S.CLOSED:
        message = _("A closed file holds no goods: delete the measure, or correct the state.")
        yield min(mine, key=COLUMNS.index), message
        return
    coercive = values.get("measure_kind") != Measure.Kind.PRESERVE
    owed = {*_OWED} | ({"measure_basis"} if coercive else set())
    owed |= {*_OF_COERCION} if coercive and mine & _OF_COERCION else set()
    for name in sorted(owed - mine, key=COLUMNS.index):
        yield name, _("Fill this in: the row has a measure.")
    if not coercive:
        for name in sorted(mine & _OF_COERCION, key=COLUMNS.index):
            yield name, _("Preservation is not extended: it is disposed of within 7 working days.")
    yield from _extension_errors(values)


def _extension_errors(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if values.get("measure_extended_days", 0) > _MOST_DAYS_MORE:
        yield "measure_extended_days", _("At most 30 calendar days.")
    start, extended = values.get("measure_on"), values.get("measure_extended_on")
    if start and extended and extended < start:
        message = _("The date lies before “%(title)s”: correct one of them.")
        yield "measure_extended_on", message % {"title": titled("measure_on")}
