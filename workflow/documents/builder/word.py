"""Writes a description as WordprocessingML: A4, margins and type of GB/T 9704, page numbers."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from workflow.documents.builder.parts import PARTS, footer
from workflow.documents.builder.source import (
    TEXT_WIDTH,
    Break,
    Cell,
    Description,
    Paragraph,
    Row,
    Table,
    read,
)

#: Twentieths of a point in a millimetre.
TWIPS = 56.6929
#: One date for every part of every form: what is built twice is the same twice.
_DATE = (2021, 7, 15, 0, 0, 0)
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851"'
    ' w:footer="1134" w:gutter="0"/></w:sectPr>'
)
#: A label is short, says nothing of the case and ends no sentence: it is set in the middle.
_LONGEST_LABEL = 14
#: Lines in a cell that start so are set otherwise.
_ALIGNED = {"> ": "right", "= ": "center", "< ": "left"}


def build(text: str, *, name: str = "") -> bytes:
    """The ``.docx`` of a description, the same bytes every time and on every machine."""
    described = read(text, name=name)
    parts = {
        **PARTS,
        "word/document.xml": _document(described),
        "word/footer1.xml": _HEAD + footer(_NAMES, described.foot, even=False),
        "word/footer2.xml": _HEAD + footer(_NAMES, described.foot, even=True),
    }
    target = io.BytesIO()
    # Stored, not deflated: compressors differ between machines, and the forms are small.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in ("[Content_Types].xml", *sorted(set(parts) - {"[Content_Types].xml"})):
            info = zipfile.ZipInfo(path, date_time=_DATE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, parts[path].encode())
    return target.getvalue()


def _document(described: Description) -> str:
    body = []
    after_table = False
    for block in described.blocks:
        if isinstance(block, Table):
            if after_table:  # two tables that touch become one
                body.append(_paragraph("gap", ""))
            body.append(_table(block))
        elif isinstance(block, Break):
            body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        else:
            body.append(_block(block, small=described.small))
        after_table = isinstance(block, Table)
    if after_table:  # a document does not end in a table
        body.append(_paragraph("gap", ""))
    return f"{_HEAD}<w:document {_NAMES}><w:body>{''.join(body)}{_SECTION}</w:body></w:document>"


def _block(block: Paragraph, *, small: bool) -> str:
    if block.style == "logic":
        return _paragraph("gap", f"{{%p {block.text} %}}")
    wanted = block.style
    if small and wanted in ("text", "flush", "right"):
        wanted = f"small_{wanted}"
    return _paragraph(wanted, block.text)


def _paragraph(style: str, text: str, *, align: str = "") -> str:
    jc = f'<w:jc w:val="{align}"/>' if align else ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{jc}</w:pPr>{run}</w:p>'


def _table(table: Table) -> str:
    scale = TEXT_WIDTH / sum(table.widths) * TWIPS
    widths = [round(width * scale) for width in table.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, widths, table.rows, place) for place, row in enumerate(table.rows))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="form"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row(row: Row, widths: list[int], rows: list[Row], place: int) -> str:
    if row.logic:
        cell = Cell((f"{{%tr {row.logic} %}}",), span=len(widths))
        return f"<w:tr>{_cell(cell, sum(widths), starts=False)}</w:tr>"
    height = max(round(row.height * TWIPS), 454)  # 8 mm: a line of writing by hand fits
    below = rows[place + 1].cells if place + 1 < len(rows) else ()
    drawn, column = [], 0
    for cell in row.cells:
        width = sum(widths[column : column + cell.span])
        starts = not cell.above and _goes_on(below, column)
        drawn.append(_cell(cell, width, starts=starts))
        column += cell.span
    # A low row stays whole; a high one may run over the page with what is written in it.
    keep = "" if row.height else "<w:cantSplit/>"
    return (
        f'<w:tr><w:trPr>{keep}<w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
        f"{''.join(drawn)}</w:tr>"
    )


def _goes_on(below: tuple[Cell, ...], column: int) -> bool:
    """Whether the cell that starts in this column of the next row belongs to the one above."""
    place = 0
    for cell in below:
        if place == column:
            return cell.above
        place += cell.span
    return False


def _cell(cell: Cell, width: int, *, starts: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>" if cell.above else ""
    middle = "" if len(cell.lines) > 1 else '<w:vAlign w:val="center"/>'
    lines = "".join(_line(line, alone=len(cell.lines) == 1) for line in cell.lines or ("",))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{middle}</w:tcPr>'
        f"{lines}</w:tc>"
    )


def _line(text: str, *, alone: bool) -> str:
    for mark, align in _ALIGNED.items():
        if text.startswith(mark):
            return _paragraph("cell", text[len(mark) :].strip(), align=align)
    if alone and text and len(text) <= _LONGEST_LABEL and not any(c in text for c in "{。："):
        return _paragraph("label", text)
    return _paragraph("cell", text)
