"""Rows of an xlsx or csv file (UTF-8 or GB 18030) as they were typed, one at a time."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from workflow.services.import_running.columns import EXPLANATION, Column, columns

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
Row = Mapping[str, Any]


class UnreadableFileError(ValueError):
    """The file as a whole cannot be taken: ``messages`` say why and what to do."""

    def __init__(self, *messages: str) -> None:
        self.messages = messages
        super().__init__(" ".join(messages))


class Formula(str):
    """A cell that would be computed: what it shows is in no file, so it is refused."""

    __slots__ = ()


def read_rows(file: BinaryIO) -> Iterator[tuple[int, Row]]:
    """(row number, cells by column name) of every row that has a cell; empty cells are absent.

    Raises ``UnreadableFileError`` for a file that is no table, has unknown or missing headings, is
    larger than 20 MB or longer than 20,000 rows.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableFileError(_("The file is larger than 20 MB: split it."))
    rows = _xlsx(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    heads: list[Column | None] | None = None
    for number, cells in rows:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if number > MAX_ROWS:
            raise UnreadableFileError(_("The file has more than 20,000 rows: split it."))
        if heads is None:
            heads = _heads(cells)
        elif not str(cells[0] or "").strip().startswith(EXPLANATION):
            yield number, _row(heads, cells)
    if heads is None:
        raise UnreadableFileError(_("The file is empty: fill in the template."))


def _row(heads: Sequence[Column | None], cells: Sequence[Any]) -> Row:
    found = {}
    for place, cell in enumerate(cells):
        blank = cell is None or (isinstance(cell, str) and not cell.strip(" \u3000"))
        if blank:
            continue
        column = heads[place] if place < len(heads) else None
        found[column.name if column else ""] = cell
    return found


def _heads(cells: Sequence[Any]) -> list[Column | None]:
    by_title = {column.title: column for column in columns().values()}
    titles = ["".join(str(cell or "").split()) for cell in cells]
    wrong = []
    for title in titles:
        if title and title not in by_title:
            near = get_close_matches(title[:40], by_title, n=1)
            hint = _(" Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
            wrong.append(_("There is no column “%(title)s”.") % {"title": title[:40]} + hint)
    for title in {title for title in titles if title and titles.count(title) > 1}:
        wrong.append(_("The column “%(title)s” is there twice.") % {"title": title})
    for column in columns().values():
        if column.required and column.title not in titles:
            wrong.append(_("The column “%(title)s” is missing.") % {"title": column.title})
    if wrong:
        raise UnreadableFileError(*wrong[:20])
    return [by_title.get(title) for title in titles]


def _xlsx(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    broken = UnreadableFileError(_("The file is no xlsx workbook: save it again as xlsx or csv."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableFileError(_("The file unpacks to more than 300 MB: split it."))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without styles reads all the same
            book = load_workbook(io.BytesIO(data), read_only=True)
    except UnreadableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it raise
        raise broken from error
    try:
        rows = book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS + 2)
        for number, cells in enumerate(rows, start=1):
            yield number, [_cell(cell) for cell in cells]
    except UnreadableFileError:
        raise
    except Exception as error:
        raise broken from error
    finally:
        book.close()


def _cell(cell: Any) -> Any:
    return Formula(cell.value) if cell.data_type in ("f", "e") else cell.value


def _csv(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    text = _decoded(data)
    before = csv.field_size_limit(MAX_BYTES)  # a cell too long is an error of its row
    try:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        yield from enumerate((row[:MAX_COLUMNS] or [""] for row in rows), start=1)
    except csv.Error as error:
        message = _("The file is no table (%(why)s): save it again as xlsx or csv.")
        raise UnreadableFileError(message % {"why": error}) from error
    finally:
        csv.field_size_limit(before)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(_("The file is neither UTF-8 nor GBK: save it again as xlsx."))
