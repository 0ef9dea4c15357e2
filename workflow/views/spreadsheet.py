"""Rows of text as a file that a spreadsheet program opens."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from openpyxl import Workbook

_BOM = "\ufeff"  # without it the program reads Chinese in the wrong encoding


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


def spreadsheet(rows: Iterable[list[str]], kind: str, name: str) -> StreamingHttpResponse:
    """The rows as ``name.csv``, streamed, or ``name.xlsx``."""
    return _xlsx(rows, name) if kind == "xlsx" else _csv(rows, name)


def _csv(rows: Iterable[list[str]], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(_csv_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv_lines(rows: Iterable[list[str]]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield _BOM
    for row in rows:
        yield writer.writerow(row)


def _xlsx(rows: Iterable[list[str]], name: str) -> FileResponse:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    workbook.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")
