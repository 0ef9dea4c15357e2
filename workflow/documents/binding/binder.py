"""Binds a dossier into a folder: takes the files, makes their pages, counts, lists, packs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from workflow.documents.binding import sheets
from workflow.documents.binding.archive import Written, write_archive
from workflow.documents.binding.contents import Row, for_form, rows_of
from workflow.documents.binding.converting import paged
from workflow.documents.binding.merging import Part, count_pages, merge
from workflow.documents.binding.pieces import Plan
from workflow.documents.binding.taking import Taken, sha256_of, take
from workflow.documents.pdf import program, to_pdfs

#: Seconds a binding waits for LibreOffice: nobody sits before it.
PATIENCE = 300
#: Rows on a page of contents, about: a first guess that is then measured.
_ROWS_A_PAGE = 22
COVER, CONTENTS, REMARKS = "卷宗封面", "卷内文件目录", "卷内备考表"
#: How far the binding is: (done, of how many).
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What whoever binds said, and what the manifest says of the whole."""

    retention: str
    remarks: str
    at: datetime
    about: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bound:
    """What came of it. ``pdf`` is None without LibreOffice."""

    rows: Sequence[Row]
    archive: Path
    pdf: Path | None = None
    pages: int | None = None


@dataclass(slots=True)
class _Binding:
    plan: Plan
    order: Order
    folder: Path
    takens: list[Taken] = field(default_factory=list)

    def fronts(self, rows: Sequence[Row], pages: int | None) -> dict[str, bytes]:
        """Cover, contents and remarks as docx, for so many pages."""
        cover = self.plan.cover
        return {
            COVER: sheets.cover_sheet(cover, retention=self.order.retention, pages=pages),
            CONTENTS: sheets.contents_sheet(cover, for_form(rows)),
            REMARKS: sheets.remarks_sheet(cover, remarks=self.remarks(), pages=pages),
        }

    def remarks(self) -> str:
        """What was typed, and what whoever opens the volume has to know."""
        said = [self.order.remarks]
        if sealed := sum(taken.sealed for taken in self.takens):
            said.append(f"密封材料 {sealed} 件另行保管，不随卷装订。")
        if self.plan.lead_left_out:
            said.append("限制知悉的线索材料由线索单独保管，未装入本卷。")
        return "\n".join(filter(None, said))


def bind(plan: Plan, order: Order, folder: Path, progress: Progress) -> Bound:
    """Bind the plan. The result lies in ``folder``.

    Raises ``BindError`` for a stored file that is gone or altered, ``PdfError`` and
    ``PdfBusyError`` when LibreOffice fails.
    """
    binding = _Binding(plan, order, folder)
    steps = 2 * len(plan.pieces) + 3
    for n, piece in enumerate(plan.pieces, start=1):
        binding.takens.append(take(piece, folder, number=n, identities=plan.identities))
        progress(n, steps)
    if not program():
        rows = rows_of(binding.takens, lengths=None, before=0)
        return _packed(binding, rows, binding.fronts(rows, None), None)
    done = len(plan.pieces)
    papers = paged(
        binding.takens, folder, wait=PATIENCE, progress=lambda n: progress(done + n, steps)
    )
    return _merged(binding, papers, lambda n: progress(2 * done + n, steps))


def _merged(binding: _Binding, papers: Sequence[Path], progress: Callable[[int], None]) -> Bound:
    lengths = [count_pages(paper.read_bytes()) for paper in papers]
    rows, fronts, made = _numbered(binding, lengths)
    progress(1)
    places = {name: binding.folder / f"front-{n}.pdf" for n, name in enumerate(made)}
    for name, content in made.items():
        places[name].write_bytes(content)
    parts = [Part(COVER, places[COVER]), Part(CONTENTS, places[CONTENTS])]
    parts += [
        Part(f"{row.n} {row.title}", paper, group=row.volume)
        for row, paper in zip(rows, papers, strict=True)
    ]
    parts.append(Part(REMARKS, places[REMARKS]))
    target = binding.folder / "dossier.pdf"
    pages = merge(parts, target, title=str(binding.plan.cover["案件"]["名称"]))
    progress(2)
    return _packed(binding, rows, fronts, (target, pages))


def _numbered(
    binding: _Binding, lengths: Sequence[int]
) -> tuple[list[Row], dict[str, bytes], dict[str, bytes]]:
    """Contents whose pages are right with their own length, with the cover and the remarks.

    Their length is guessed, made and measured; a wrong guess is made again with what was measured.
    """
    guess = (1, max(math.ceil(len(lengths) / _ROWS_A_PAGE), 1), 1)
    for _attempt in range(4):
        before = guess[0] + guess[1]
        rows = rows_of(binding.takens, lengths=lengths, before=before)
        fronts = binding.fronts(rows, before + sum(lengths) + guess[2])
        made = dict(zip(fronts, to_pdfs(list(fronts.values()), wait=PATIENCE), strict=True))
        measured = tuple(count_pages(content) for content in made.values())
        if measured == guess:
            break
        guess = (measured[0], measured[1], measured[2])
    return rows, fronts, made


def _packed(
    binding: _Binding, rows: Sequence[Row], fronts: Mapping[str, bytes],
    pdf: tuple[Path, int] | None,
) -> Bound:  # fmt: skip
    archive = binding.folder / "dossier.zip"
    path, pages = pdf or (None, None)
    about = {**binding.order.about, "pages": pages}
    if path is not None:
        about["pdf"] = {"size": path.stat().st_size, "sha256": sha256_of(path)}
    named = {f"{name}.docx": content for name, content in fronts.items()}
    written = Written(about, binding.order.at, named)
    write_archive(archive, written, takens=binding.takens, rows=rows)
    return Bound(rows, archive, path, pages)
