"""Every paper of a dossier as a PDF of its own, a stand-in where it cannot be pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from workflow.documents.binding import pages, sheets
from workflow.documents.binding.pieces import DOCX
from workflow.documents.binding.sealed import decoded
from workflow.documents.binding.taking import Taken
from workflow.documents.docx_file import TemplateUnfitError, require_harmless
from workflow.documents.pdf import LIMIT, PdfBusyError, PdfError, to_pdfs

#: Documents LibreOffice gets at once, and seconds more for each.
_BATCH = 20
_EACH = 5


def paged(
    takens: Sequence[Taken], folder: Path, *, wait: float, progress: Callable[[int], None]
) -> list[Path]:
    """A PDF for every paper, in their order. Raises ``PdfError`` when LibreOffice fails at all."""
    made: list[bytes | None] = [None] * len(takens)
    to_convert: dict[int, bytes] = {}
    for n, taken in enumerate(takens):
        found = _ready(taken)
        if found is None:
            to_convert[n] = _docx_of(taken)
        else:
            made[n] = found
    progress(len(takens) - len(to_convert))
    for n, content in _converted(to_convert, wait, len(takens), progress).items():
        made[n] = content
    missing = {n: sheets.stand_in(takens[n]) for n, content in enumerate(made) if content is None}
    for n, content in zip(missing, _batched(list(missing.values()), wait), strict=True):
        made[n] = content
    return [_kept(folder / f"paper-{n}.pdf", content) for n, content in enumerate(made)]


def _ready(taken: Taken) -> bytes | None:
    """The pages of a picture or a PDF; None for all that LibreOffice has to make."""
    mime = taken.piece.originals[0].mime_type
    if taken.sealed:
        return None
    if mime.startswith("image/"):
        return pages.pages_of_picture(taken.paths[0])
    if mime == "application/pdf":
        return pages.pages_of_pdf(taken.paths[0])
    return None


def _docx_of(taken: Taken) -> bytes:
    """The docx that becomes the pages: the paper itself, its text, or a page that stands for it."""
    mime = taken.piece.originals[0].mime_type
    if not taken.sealed and mime == DOCX:
        content = taken.paths[0].read_bytes()
        try:
            require_harmless(content)
        except TemplateUnfitError:
            return sheets.stand_in(taken)
        return content
    if not taken.sealed and mime == "text/plain":
        return sheets.text_sheet(taken.piece.title, decoded(taken.paths[0].read_bytes()))
    return sheets.stand_in(taken)


def _converted(
    contents: dict[int, bytes], wait: float, total: int, progress: Callable[[int], None]
) -> dict[int, bytes]:
    """What LibreOffice could make; a document it stumbles over is left out, the others are not."""
    done: dict[int, bytes] = {}
    keys = list(contents)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        try:
            made = _batched([contents[n] for n in batch], wait)
            done.update(zip(batch, made, strict=True))
        except PdfBusyError:
            raise
        except PdfError:
            for n in batch:
                if found := _alone(contents[n], wait):
                    done[n] = found
        progress(total - len(keys) + start + len(batch))
    return done


def _alone(content: bytes, wait: float) -> bytes | None:
    try:
        return _batched([content], wait)[0]
    except PdfBusyError:
        raise
    except PdfError:
        return None


def _batched(contents: Sequence[bytes], wait: float) -> list[bytes]:
    if not contents:
        return []
    return to_pdfs(contents, limit=LIMIT + _EACH * len(contents), wait=wait)


def _kept(path: Path, content: bytes | None) -> Path:
    if content is None:
        raise PdfError
    path.write_bytes(content)
    return path
