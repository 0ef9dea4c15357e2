"""Evidence files: stored outside the web root, known by their digest, every act journalled."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from accounts.models import User
from workflow.engine.acts import begin, record_act
from workflow.engine.refusals import TransitionRefused
from workflow.models import EvidenceFile
from workflow.plugin import Refusal
from workflow.services.looks import note_look
from workflow.services.photo import read_photo
from workflow.services.scan import require_clean
from workflow.services.sniff import ENDINGS, sniff

MB = 1024 * 1024


def add_evidence(
    record: Any,
    *,
    actor: User,
    upload: UploadedFile[Any],
    kind: str,
    title: str,
    collected_at: datetime,
    collectors: Sequence[str] = (),
    replaces: EvidenceFile | None = None,
    late_reason: str = "",
) -> EvidenceFile:
    """Store the file under a random name, with its sha256, its size and its type by content.

    Raises ``TransitionRefused`` for an empty or too large file, for one whose content is no type
    on the list or not what its name says, and for a date that cannot be. Nothing is stored then.
    """
    name, mime = checked(upload)
    sha256 = digest(upload)
    when: Any = {"acted_at": collected_at, "late_reason": late_reason}
    stored = ""
    try:
        with transaction.atomic():
            locked = begin(record, actor=actor, permission="add_evidence", **when)
            evidence = EvidenceFile(
                **{locked.machine: locked}, kind=kind, title=title, original_name=name,
                mime_type=mime, size=upload.size or 0, sha256=sha256, collected_at=collected_at,
                collectors=list(collectors), replaces=replaces, uploaded_by=actor,
                photo=read_photo(_binary(upload), mime),
            )  # fmt: skip
            evidence.file.save(f"{locked.machine}-{locked.pk}/{uuid4().hex}", upload, save=False)
            stored = evidence.file.name or ""
            evidence.save()
            record_act(
                locked, "evidence.added", actor=actor, **when,
                data={"evidence": evidence.pk, "sha256": sha256, "size": evidence.size,
                      "title": title, "replaces": replaces and replaces.pk},
            )  # fmt: skip
    except BaseException:
        if stored:
            EvidenceFile._meta.get_field("file").storage.delete(stored)
        raise
    return evidence


def note_download(evidence: EvidenceFile, *, actor: User) -> None:
    """Who opened a file is kept with its record."""
    record = evidence.case or evidence.lead
    if record is not None:
        data = {"evidence": evidence.pk, "title": evidence.title}
        note_look(record, "evidence.viewed", actor=actor, data=data)


def checked(upload: UploadedFile[Any]) -> tuple[str, str]:
    """The cleaned name and the type of a file that may be stored; else ``TransitionRefused``."""
    name, mime = fitting(upload)
    require_clean(_binary(upload))
    return name, mime


def fitting(upload: UploadedFile[Any]) -> tuple[str, str]:
    """The same before it is scanned for viruses: size, type and ending."""
    name = clean_name(upload.name or "")
    require_size(upload.size or 0)
    mime = sniff(_binary(upload))
    if not mime:
        message = _("This kind of file is not accepted: use PDF, pictures, sound, video, Office.")
        raise _refused("unknown_type", message)
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in ENDINGS[mime]:
        message = _("The name ends in “%(ending)s” but the content is of another kind.")
        raise _refused("wrong_ending", message % {"ending": ending or "—"})
    require_ending(name)
    return name, mime


def require_size(size: int) -> None:
    """Refuse an empty file and one larger than the installation takes in."""
    if size <= 0:
        raise _refused("empty", _("The file is empty."))
    if size > settings.EVIDENCE_MB * MB:
        message = _("The file is larger than %(mb)d MB: split or compress it.")
        raise _refused("too_large", message % {"mb": settings.EVIDENCE_MB})


def require_ending(name: str) -> None:
    """Refuse a name whose ending the installation, or anybody, never takes in."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    known = {each for endings in ENDINGS.values() for each in endings}
    if ending not in (known & set(settings.EVIDENCE_TYPES) if settings.EVIDENCE_TYPES else known):
        message = _("Files ending in “%(ending)s” are not accepted here.")
        raise _refused("type_not_accepted", message % {"ending": ending or "—"})


def clean_name(name: str) -> str:
    """The name as it came, without folders and control characters; at most 255 characters."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    kept = "".join(c for c in base if unicodedata.category(c) not in {"Cc", "Cf", "Cs"}).strip()
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[: 254 - len(ending)]}{dot}{ending}" if dot else kept[:255]
    return short[:255] or get_valid_filename("file")


def digest(upload: UploadedFile[Any]) -> str:
    """The sha256 of the content; leaves the file at its start."""
    upload.seek(0)
    found = hashlib.sha256()
    for chunk in upload.chunks():
        found.update(chunk)
    upload.seek(0)
    return found.hexdigest()


def _binary(upload: UploadedFile[Any]) -> BinaryIO:
    return upload.file if upload.file is not None else upload  # type: ignore[return-value]  # a binary file


def _refused(code: str, message: str) -> TransitionRefused:
    return TransitionRefused([Refusal(code, message, field="upload")])
