"""One row as a file: its cells understood, its dates in order, what its state demands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from workflow.services.import_running import cells
from workflow.services.import_running.chain import chain_errors, owed_errors
from workflow.services.import_running.columns import Column, columns, titled
from workflow.services.import_running.goods import measure_errors, read_items
from workflow.services.import_running.numbers import number_errors
from workflow.services.import_running.pauses import read_pauses
from workflow.services.import_running.reading import Row
from workflow.services.import_running.reference import Reference


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell of one row, and what to do."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class RunningFile:
    """A row that can be taken over. ``values`` by column name; what is absent was empty."""

    row: int
    is_case: bool
    state: str
    values: dict[str, Any]
    digest: str

    @property
    def number(self) -> str:
        return str(self.values["number" if self.is_case else "lead_number"])

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)


def check_row(number: int, row: Row, known: Reference) -> RunningFile | list[RowError]:
    """The row as a file, or everything that is wrong with it."""
    values, errors = _understood(number, row, known)
    machine, _colon, state = str(values.get("state", "")).partition(":")
    if "category" in row:
        _category(number, row, values, known, errors)
    found = RunningFile(number, machine == "case", state, values, _digest(row))
    if machine:
        present = {*row, *values}
        errors += [
            RowError(number, titled(name), message)
            for name, message in (
                *owed_errors(machine, state, present, values),
                *chain_errors(machine, state, values),
                *(measure_errors(state, present, values) if machine == "case" else ()),
                *number_errors(values),
                *_party_errors(values, known),
            )
        ]
    return errors or found


def _understood(number: int, row: Row, known: Reference) -> tuple[dict[str, Any], list[RowError]]:
    values: dict[str, Any] = {}
    errors = []
    for name, cell in row.items():
        column = columns().get(name)
        if column is None:
            errors.append(RowError(number, "", _("There is a cell without a heading: delete it.")))
        elif column.kind != "category":
            try:
                values[name] = _read(column, cell, known)
            except cells.WrongCellError as error:
                errors.append(RowError(number, column.title, str(error)))
    errors += [
        RowError(number, column.title, _("Fill this in."))
        for column in columns().values()
        if column.required and column.name not in row
    ]
    return values, errors


def _read(column: Column, cell: Any, known: Reference) -> Any:
    if column.kind in ("text", "number"):
        return cells.text(cell, longest=60 if column.kind == "number" else column.longest)
    if column.kind == "choice":
        return cells.choice(cell, known.choices[column.name])
    if column.kind == "state":
        return _state(cell, known)
    readers: dict[str, Callable[[Any], Any]] = {
        "day": cells.day, "money": cells.money, "count": cells.count, "flag": cells.flag,
        "uscc": cells.credit_code, "id_number": cells.identity_number, "unit": known.unit,
        "people": known.handlers, "penalties": known.kinds_of_penalty, "pauses": read_pauses,
        "items": read_items,
    }  # fmt: skip
    return readers[column.kind](cell)


def _state(cell: Any, known: Reference) -> str:
    typed = cells.plain(cells.text(cell, longest=40))
    if typed in known.elsewhere:
        message = _(
            "Files at “%(state)s” are not taken over: take over the state before it and record "
            "the rest here, or leave a finished file out."
        )
        raise cells.WrongCellError(message % {"state": typed})
    return cells.choice(cell, known.states)


def _category(
    number: int, row: Row, values: dict[str, Any], known: Reference, errors: list[RowError]
) -> None:
    try:
        on = values.get("filed_on") or values.get("received_on")
        values["category"] = known.category(row["category"], on)
    except cells.WrongCellError as error:
        errors.append(RowError(number, titled("category"), str(error)))


def _party_errors(values: dict[str, Any], known: Reference) -> list[tuple[str, str]]:
    """One code, one party: under another name it is another's, or a slip of the pen."""
    found: list[tuple[str, str]] = []
    name = values.get("party_name")
    for code in ("uscc", "id_number"):
        if code in values and name:
            other = known.parties.setdefault(values[code], name)
            if other != name:
                message = _("This code belongs to “%(name)s” already: correct code or name.")
                found.append((code, message % {"name": other}))
    if values.get("party_kind") == "person" and "uscc" in values:
        message = _("A natural person has no code; choose “sole trader”.")
        found.append(("uscc", message))
    return found


def _digest(row: Row) -> str:
    said = "\x1f".join(f"{name}\x1e{row[name]}" for name in sorted(row) if name != "row_number")
    return sha256(said.encode(errors="surrogatepass")).hexdigest()
