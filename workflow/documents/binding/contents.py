"""卷内文件目录: a row for every paper, with the pages it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from workflow.documents.binding.order import section
from workflow.documents.binding.taking import Taken

SEALED = "密封材料（另行保管）"
#: Says nothing and is not nothing: an empty cell of a row that names a volume.
_VOID = "\u2060"


@dataclass(frozen=True, slots=True)
class Row:
    """One paper as the contents list it; ``first`` and ``last`` are pages of the whole, or None."""

    n: int
    volume: str
    section: str
    title: str
    number: str
    date: str
    first: int | None = None
    last: int | None = None

    @property
    def span(self) -> str:
        """Its pages, as 3 or 3-5; "" where none were counted."""
        if self.first is None:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def as_data(self) -> dict[str, Any]:
        """As the record of the dossier keeps it."""
        return asdict(self) | {"span": self.span}


def rows_of(takens: Sequence[Taken], *, lengths: Sequence[int] | None, before: int) -> list[Row]:
    """The rows; ``lengths``: pages of each paper, ``before``: pages of the whole before the first.

    Without ``lengths`` no page is named.
    """
    rows, page = [], before
    for n, taken in enumerate(takens, start=1):
        first = last = None
        if lengths is not None:
            first, last = page + 1, page + lengths[n - 1]
            page = last
        rows.append(_row(n, taken, first, last))
    return rows


def _row(n: int, taken: Taken, first: int | None, last: int | None) -> Row:
    piece, on = taken.piece, timezone.localdate(taken.piece.at)
    title = f"{piece.title}（已有更好的副本）" if piece.replaced else piece.title
    return Row(
        n=n, volume=piece.place[0], section=section(piece.place), first=first, last=last,
        title=SEALED if taken.sealed else title, number="" if taken.sealed else piece.number,
        date=f"{on.year}.{on.month}.{on.day}",
    )  # fmt: skip


def for_form(rows: Sequence[Row]) -> list[dict[str, str]]:
    """The rows as the form prints them, each volume under its name."""
    printed: list[dict[str, str]] = []
    volume = ""
    for row in rows:
        if row.volume != volume:
            volume = row.volume
            printed.append({"序号": _VOID, "文号": _VOID, "题名": f"【{volume}】", "日期": _VOID})
        printed.append({
            "序号": str(row.n), "文号": row.number, "题名": row.title, "日期": row.date,
            "页次": row.span,
        })  # fmt: skip
    return printed
