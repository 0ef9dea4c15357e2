"""A docx as a page can show it: its paragraphs and tables, without its layout."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.table import Table

#: Blocks of a preview at most.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``text``), or a table (``rows`` of cells)."""

    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    is_title: bool = False


def preview(content: bytes) -> list[Block]:
    """The text of a docx in its order, empty paragraphs left out."""
    document = docx.Document(io.BytesIO(content))
    blocks = []
    for block in _blocks(document):
        blocks.append(block)
        if len(blocks) == LONGEST:
            break
    return blocks


def _blocks(document: Any) -> Iterator[Block]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield Block(rows=tuple(_cells(row) for row in item.rows))
        elif item.text.strip():
            yield Block(item.text, is_title=item.alignment == 1)


def _cells(row: Any) -> tuple[str, ...]:
    """The cells of a row, merged ones once."""
    seen: dict[int, str] = {}
    for cell in row.cells:
        seen.setdefault(id(cell._tc), cell.text)
    return tuple(seen.values())
