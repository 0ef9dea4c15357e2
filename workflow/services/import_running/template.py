"""The empty spreadsheet: headings, a row that explains each, widths that can be read."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from workflow.services.import_running.columns import EXPLANATION, columns

_PLAIN_TEXT = frozenset({"number", "uscc", "id_number", "text"})


def template() -> bytes:
    """An xlsx workbook with the headings, an explanation under each, and text columns as text."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "在办案件"
    sheet.append([column.title for column in columns().values()])
    sheet.append(
        [EXPLANATION if n == 0 else column.help for n, column in enumerate(columns().values())]
    )
    for place, column in enumerate(columns().values(), start=1):
        head, help_cell = sheet.cell(1, place), sheet.cell(2, place)
        head.font = Font(bold=True)
        help_cell.alignment = Alignment(wrap_text=True, vertical="top")
        dimension = sheet.column_dimensions[head.column_letter]
        dimension.width = max(14, len(column.title) * 2 + 2)
        if column.kind in _PLAIN_TEXT:  # or Excel rounds a credit code
            dimension.number_format = "@"
    sheet.freeze_panes = "A3"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
