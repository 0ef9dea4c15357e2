"""A docx as PDF, by LibreOffice: a process and a profile of its own, a limit and a slot."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from workflow.documents.slots import NoSlotError, slot

#: Seconds one call may take; its start makes the profile.
LIMIT = 60
#: Seconds somebody who looks at a page waits for a slot.
PATIENCE = 10


class PdfError(RuntimeError):
    """No PDF was made; the text says why and what to do."""


class PdfBusyError(PdfError):
    """Others are having PDFs made; a little later it works."""


def program() -> str:
    """Where LibreOffice is; "" when it is not installed."""
    return shutil.which("soffice") or ""


def to_pdf(content: bytes, *, limit: float = LIMIT, wait: float = PATIENCE) -> bytes:
    """The docx as PDF. Raises ``PdfError`` without LibreOffice, when it fails and when it hangs."""
    return to_pdfs([content], limit=limit, wait=wait)[0]


def to_pdfs(
    contents: Sequence[bytes], *, limit: float = LIMIT, wait: float = PATIENCE
) -> list[bytes]:
    """Several docx in one call, in their order, once a slot is free.

    Raises ``PdfError`` when one of them fails, ``PdfBusyError`` after ``wait`` seconds in vain.
    """
    office = program()
    if not office:
        raise PdfError(
            _("PDF needs LibreOffice on the server (libreoffice-writer-nogui): download the docx.")
        )
    try:
        with slot(wait=wait):
            return _converted(office, contents, limit)
    except NoSlotError as error:
        raise PdfBusyError(
            _("Other PDFs are being made just now: try again in a minute.")
        ) from error


def _converted(office: str, contents: Sequence[bytes], limit: float) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="tiequan-pdf-") as folder:
        sources = [Path(folder, f"{n}.docx") for n in range(len(contents))]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        command = [
            office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless",
            "--norestore", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder,
            *map(str, sources),
        ]  # fmt: skip
        _run(command, folder, limit)
        made = [source.with_suffix(".pdf") for source in sources]
        if not all(file.is_file() for file in made):
            raise PdfError(_("LibreOffice could not turn the document into a PDF."))
        return [file.read_bytes() for file in made]


def _run(command: list[str], folder: str, limit: float) -> None:
    """Run to the end, or end it at the limit with every process it started."""
    environment = {"HOME": folder, "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 -- no shell, and every word of it is ours
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise PdfError(_("LibreOffice took too long.")) from error
