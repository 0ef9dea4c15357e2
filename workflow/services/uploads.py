"""Large files in parts: a broken connection goes on where it stopped, nothing half is kept."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.engine.acts import begin
from workflow.engine.refusals import TransitionRefused
from workflow.models import EvidenceFile, Upload
from workflow.plugin import Refusal
from workflow.services import evidence

#: Bytes of one part at most.
PART = 1024 * 1024
#: Hours after the last part at which ``tick`` forgets an upload, and how many one person may have.
FORGET_HOURS = 24
MOST = 10
_DIGEST = re.compile(r"[0-9a-f]{64}")


def start_upload(record: Any, *, actor: User, name: str, size: int, sha256: str) -> Upload:
    """Room for a file of that size; the same file begun before by the same person goes on.

    Raises ``TransitionRefused`` before the first byte is sent: no right, too large, an ending that
    is never taken in, too many at once.
    """
    if not _DIGEST.fullmatch(sha256):
        raise _refused("digest", _("The digest of the file is missing."))
    clean = evidence.clean_name(name)
    evidence.require_size(size)
    evidence.require_ending(clean)
    with transaction.atomic():
        locked = begin(record, actor=actor, permission="add_evidence")
        mine = Upload.objects.filter(user=actor)
        same = mine.filter(**{locked.machine: locked}, sha256=sha256, size=size, name=clean)
        if begun := same.first():
            return begun
        if mine.count() >= MOST:
            raise _refused("too_many", _("Too many files are on their way: finish one first."))
        return Upload.objects.create(
            **{locked.machine: locked}, user=actor, token=secrets.token_urlsafe(32), name=clean,
            size=size, sha256=sha256,
        )  # fmt: skip


def append_part(upload: Upload, *, offset: int, content: bytes) -> Upload:
    """The part is kept when it starts where the last one ended; returns the upload as it stands.

    Raises ``TransitionRefused``: ``wrong_offset`` (ask how far it came, go on from there), an
    empty or too large part, more than was announced.
    """
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if offset != locked.received:
            raise _refused("wrong_offset", _("The parts do not follow on one another."))
        if not content or len(content) > PART or offset + len(content) > locked.size:
            raise _refused("part_size", _("This part is empty or too large."))
        place = path_of(locked)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        with place.open("r+b" if place.exists() else "w+b") as file:
            file.seek(offset)
            file.truncate()  # what a request that died left behind
            file.write(content)
        locked.received += len(content)
        locked.touched_at = now()
        locked.save(update_fields=["received", "touched_at"])
        return locked


def finish_upload(
    upload: Upload, record: Any, *, actor: User, fields: Mapping[str, Any]
) -> EvidenceFile:
    """The whole file becomes evidence as if it had come in one piece; its parts are gone then.

    A file that is not the one announced is forgotten: it starts anew. Any other refusal (a field
    left out, a late date) leaves it here, so that only the form is sent again.
    """
    if upload.received != upload.size:
        raise _refused("not_whole", _("The file has not arrived as a whole yet."))
    place = path_of(upload)
    if not place.exists():
        forget_upload(upload)
        raise _refused("digest", _("The file changed on its way: send it again."))
    with place.open("rb") as file:
        whole = UploadedFile(file, name=upload.name, size=upload.size)
        if evidence.digest(whole) != upload.sha256:
            forget_upload(upload)
            raise _refused("digest", _("The file changed on its way: send it again."))
        added = evidence.add_evidence(record, actor=actor, upload=whole, **fields)
    forget_upload(upload)
    return added


def forget_upload(upload: Upload) -> None:
    """The row and the bytes are gone."""
    path_of(upload).unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk).delete()


def sweep_uploads(moment: datetime) -> int:
    """Forget what nobody went on with for a day; returns how many."""
    old = Upload.objects.filter(touched_at__lt=moment - timedelta(hours=FORGET_HOURS))
    found = list(old)
    for upload in found:
        forget_upload(upload)
    return len(found)


def path_of(upload: Upload) -> Path:
    """Where the bytes lie: in the private store, under a name nobody chose."""
    return Path(settings.PRIVATE_ROOT) / "uploads" / f"{upload.pk}-{upload.sha256[:16]}"


def _refused(code: str, message: str) -> TransitionRefused:
    return TransitionRefused([Refusal(code, message, field="upload")])
