"""Reads a form's description: one mark at the start of a line says what the line is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: Width of the text on a page of GB/T 9704, in millimetres.
TEXT_WIDTH = 156

MARKS = {
    "^ ": "agency",
    "# ": "title",
    "@ ": "number",
    "## ": "heading",
    ": ": "flush",
    "> ": "right",
    "- ": "note",
    "% ": "logic",
}
_ROW = re.compile(r"^\|(?P<cells>.*)\|(?:\s*(?P<height>\d+)mm)?$")
_SPAN = re.compile(r"(?:^|\s)×(\d+)$")
_ABOVE = "↑"
#: ``{{ 名.字? }}``: "／" where nobody filled it in; ``??``: room to write by hand.
_OPTIONAL = re.compile(r"\{\{ ([^{}?]+)(\?\??) \}\}")
_ROOM = {"?": "／", "??": "　　　　"}


class SourceError(ValueError):
    """A line of a description that says nothing the builder knows; names file and line."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """``span`` columns wide; ``above``: goes on from the cell of the row above."""

    lines: tuple[str, ...]
    span: int = 1
    above: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """``logic``: a row that is a loop or a condition over rows; ``height`` in mm at least."""

    cells: tuple[Cell, ...] = ()
    height: int = 0
    logic: str = ""


@dataclass(slots=True)
class Table:
    """Widths in millimetres, drawn to fill the width of the text."""

    widths: tuple[int, ...]
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Break:
    """The next block starts a page."""


Block = Paragraph | Table | Break


@dataclass(slots=True)
class Description:
    """A form as described. ``small``: text in 四号 for records; ``foot``: a line on every page."""

    blocks: list[Block] = field(default_factory=list)
    small: bool = False
    foot: str = ""


def read(text: str, *, name: str = "") -> Description:
    """The form a description describes. Raises ``SourceError`` for a line it cannot read."""
    found = Description()
    table: Table | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        where = f"{name}:{number}"
        line = line.rstrip()
        if table is not None and (line.startswith("|") or line.startswith("%tr ")):
            table.rows.append(_row(line, table, where))
            continue
        table = None
        if line.startswith("["):
            table = Table(_widths(line, where))
            found.blocks.append(table)
        elif line.startswith("!"):
            _option(found, line, where)
        elif block := _block(line, where):
            found.blocks.append(block)
    return found


def _filled(text: str) -> str:
    return _OPTIONAL.sub(lambda found: f"{{{{ {found[1]}|default('{_ROOM[found[2]]}') }}}}", text)


def _block(line: str, where: str) -> Block | None:
    if not line or line.startswith("~"):
        return None
    if line == "===":
        return Break()
    if line == ":":
        return Paragraph("flush", "")
    if line[0] in "|[":
        raise SourceError(f"{where}: a row without a table")
    for mark, style in MARKS.items():
        if line.startswith(mark):
            return Paragraph(style, _filled(line[len(mark) :].strip()))
    return Paragraph("text", _filled(line.strip()))


def _option(found: Description, line: str, where: str) -> None:
    word, _space, rest = line[1:].partition(" ")
    if word == "small":
        found.small = True
    elif word == "foot":
        found.foot = rest.strip()
    else:
        raise SourceError(f"{where}: unknown option {word!r}")


def _widths(line: str, where: str) -> tuple[int, ...]:
    try:
        given = [int(part) for part in line.strip("[]").split()]
    except ValueError as error:
        raise SourceError(f"{where}: widths are whole millimetres") from error
    if not given or min(given) < 1:
        raise SourceError(f"{where}: a table needs columns")
    return tuple(given)


def _row(line: str, table: Table, where: str) -> Row:
    if line.startswith("%tr "):
        return Row(logic=line[4:].strip())
    match = _ROW.match(line)
    if match is None:
        raise SourceError(f"{where}: a row ends in | or | 30mm")
    cells = tuple(_cell(text.strip()) for text in match["cells"].split("|"))
    if sum(cell.span for cell in cells) != len(table.widths):
        raise SourceError(f"{where}: the row does not fill the {len(table.widths)} columns")
    return Row(cells, int(match["height"] or 0))


def _cell(text: str) -> Cell:
    span = 1
    if match := _SPAN.search(text):
        span, text = int(match[1]), text[: match.start()].strip()
    if text == _ABOVE:
        return Cell((), span, above=True)
    return Cell(tuple(_filled(part.strip()) for part in text.split("//")), span)
