"""Papers that would tell who reported the lead: found by what is known of the reporters.

市场监督管理投诉举报处理办法 art. 33: identity and contacts of a reporter are confidential.
A picture cannot be read here; whoever binds the file looks at the list before.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from workflow.models import Case, Lead, Reporter

_TAG = re.compile(rb"<[^>]+>")
#: Shorter ones would be found by accident.
_SHORTEST = {"name": 2, "phone": 7, "id_number": 8, "address": 6}
_MOST_PAGES = 300
_DAMAGE = (
    PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
    RecursionError, NotImplementedError, ZeroDivisionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identities:
    """What is known of those who reported the leads of a case, and which leads they reported."""

    terms: tuple[str, ...] = ()
    reported: frozenset[int] = frozenset()

    def told_by(self, *texts: str) -> bool:
        """Whether one of the texts names a reporter, whatever spaces stand in it."""
        if not self.terms:
            return False
        plain = ["".join(text.split()) for text in texts]
        return any(term in text for term in self.terms for text in plain)


def identities_of(case: Case) -> Identities:
    """The reporters of the case's leads. Who is a party or a handler of the case, as everybody
    reads in it, is no secret of the file.
    """
    rows = list(Reporter.objects.filter(lead__in=leads_of(case)))
    known = [
        *case.parties.values_list("party__name", flat=True),
        *case.handlers.values_list("user__name", flat=True),
    ]
    terms = {term for row in rows for term in _terms(row)}
    kept = [term for term in terms if not any(term in name for name in known)]
    return Identities(tuple(sorted(kept)), frozenset(row.lead_id for row in rows))


def leads_of(case: Case) -> QuerySet[Lead]:
    """The lead the case was filed from, and those that were merged into it."""
    if case.lead_id is None:
        return Lead.objects.none()
    found: QuerySet[Lead] = Lead.objects.filter(Q(pk=case.lead_id) | Q(merged_into=case.lead_id))
    return found.order_by("pk")


def _terms(row: Reporter) -> Iterable[str]:
    for name, shortest in _SHORTEST.items():
        term = "".join(getattr(row, name).split())
        if len(term) >= shortest:
            yield term


def text_in(content: bytes, mime_type: str) -> str:
    """What can be read in a file without looking at it; "" where nothing can."""
    if mime_type.startswith("text/"):
        return decoded(content)
    if mime_type == "application/pdf":
        return _text_of_pdf(content)
    if mime_type.startswith("application/vnd.openxmlformats"):
        return _text_of_office(content)
    return ""


def decoded(content: bytes) -> str:
    """A text file, in whichever of the usual ways it was written."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _text_of_pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        return "\n".join(page.extract_text() or "" for page in reader.pages[:_MOST_PAGES])
    except _DAMAGE:
        return ""


def _text_of_office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith(".xml")]
            if sum(part.file_size for part in parts) > 50_000_000:
                return ""
            texts = [_TAG.sub(b"", archive.read(part)) for part in parts]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return ""
    return b"\n".join(texts).decode("utf-8", errors="replace")
