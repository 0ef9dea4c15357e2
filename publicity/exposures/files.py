"""Files of an exposure: taken in private, copied clean at the release, gone with the withdrawal."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from accounts.models import User
from publicity.exposures.models import Exposure, ExposureAsset
from publicity.exposures.states import WRITABLE
from publicity.pages.models import ExposurePage, ReleasedFile
from publicity.pages.models.released_file import FOLDER
from workflow.api import Refusal, TransitionRefused, begin, record_act

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_SAVED_AS = {mime: name for name, mime in _FORMATS.items()}
_DAMAGE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
ORPHAN_AGE = timedelta(hours=1)


def add_asset(
    exposure: Exposure, *, actor: User, content: bytes, name: str, caption: str
) -> ExposureAsset:
    """Take a picture (JPEG, PNG, WebP) or PDF in; its type is read from its content.

    Raises ``TransitionRefused`` for another type, more than 20 MB, or no caption.
    """
    refused = []
    mime_type = sniffed(content)
    if not caption.strip():
        refused.append(Refusal("caption_missing", _("Say what is to be seen."), field="caption"))
    if (wrong := file_refusal(content, mime_type)) is not None:
        refused.append(wrong)
    if refused:
        raise TransitionRefused(refused)
    with transaction.atomic():
        locked = begin(exposure, actor=actor, permission="edit_exposure", states=WRITABLE)
        asset = ExposureAsset(
            exposure=locked, original_name=name[:255], mime_type=mime_type, size=len(content),
            sha256=sha256(content).hexdigest(), caption=caption.strip()[:200], uploaded_by=actor,
            order=locked.assets.count() + 1,
        )  # fmt: skip
        asset.file.save("file", ContentFile(content), save=False)
        asset.save(force_insert=True)
        data = {"file": asset.pk, "sha256": asset.sha256}
        record_act(locked, "exposure.add_file", actor=actor, data=data)
        return asset


def file_refusal(content: bytes, mime_type: str) -> Refusal | None:
    """Why a file of that type, as ``sniffed``, cannot go out; None when it can."""
    if len(content) > LARGEST:
        return Refusal("too_large", _("At most 20 MB per file."), field="file")
    if not mime_type:
        message = _("Only JPEG, PNG and WebP pictures and PDF files can go out.")
        return Refusal("wrong_type", message, field="file")
    return None


def remove_asset(asset: ExposureAsset, *, actor: User) -> None:
    """Take a file out of the draft for good."""
    with transaction.atomic():
        locked = begin(asset.exposure, actor=actor, permission="edit_exposure", states=WRITABLE)
        pk = asset.pk
        _delete(asset)
        record_act(locked, "exposure.remove_file", actor=actor, data={"file": pk})


def sniffed(content: bytes) -> str:
    """The type of a file by its content; "" for one that cannot go out."""
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    try:
        with Image.open(io.BytesIO(content)) as image:
            wide, high = image.size
            image.verify()
            fits = wide * high <= MOST_PIXELS
            return _FORMATS.get(image.format or "", "") if fits else ""
    except _DAMAGE:
        return ""


def publish(exposure: Exposure, page: ExposurePage) -> None:
    """Clean copies of all files go below the public media under random names."""
    for asset in exposure.assets.all():
        with asset.file.open("rb") as stored:
            content, size = clean_copy(stored.read(), asset.mime_type)
        released = ReleasedFile(
            page=page, caption=asset.caption, mime_type=asset.mime_type, size=len(content),
            width=size[0], height=size[1], order=asset.order,
        )  # fmt: skip
        released.file.save(f"file.{asset.extension}", ContentFile(content), save=False)
        released.save(force_insert=True)
        asset.public_name = str(released.file.name)
        asset.save(update_fields=["public_name"])


def unpublish(exposure: Exposure) -> None:
    """Every public copy goes with this transaction."""
    if exposure.page_id is not None:
        for released in ReleasedFile.objects.filter(page_id=exposure.page_id):
            released.remove()
    exposure.assets.update(public_name="")


def discard(exposure: Exposure) -> None:
    """The private files of what never was public go too."""
    for asset in exposure.assets.all():
        _delete(asset)


def clean_copy(content: bytes, mime_type: str) -> tuple[bytes, tuple[int | None, int | None]]:
    """The file drawn anew, without author, place, device or history; pixels for pictures.

    Raises ``TransitionRefused`` when it cannot be read.
    """
    try:
        if mime_type == "application/pdf":
            return _clean_pdf(content), (None, None)
        return _clean_image(content, mime_type)
    except (*_DAMAGE, PyPdfError, KeyError) as error:
        message = _("A file cannot be read: take it out or upload it again.")
        raise TransitionRefused([Refusal("unreadable_file", message)]) from error


def sweep(at: datetime) -> int:
    """Delete public files no page knows: a release that was rolled back may leave one."""
    if not default_storage.exists(FOLDER):
        return 0
    known = set(ReleasedFile.objects.values_list("file", flat=True))
    gone = 0
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if path in known or default_storage.get_modified_time(path) > at - ORPHAN_AGE:
            continue
        default_storage.delete(path)
        gone += 1
    return gone


def _clean_image(content: bytes, mime_type: str) -> tuple[bytes, tuple[int, int]]:
    with Image.open(io.BytesIO(content)) as image:
        upright: Any = ImageOps.exif_transpose(image)
        mode = "RGB" if mime_type == "image/jpeg" else "RGBA"
        pixels = upright.convert(mode)
    bare = Image.frombytes(mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    bare.save(out, format=_SAVED_AS[mime_type], quality=88)
    return out.getvalue(), bare.size


def _clean_pdf(content: bytes) -> bytes:
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(content)).pages:
        writer.add_page(page)
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _delete(asset: ExposureAsset) -> None:
    storage, name = asset.file.storage, str(asset.file.name)
    asset.delete()
    transaction.on_commit(lambda: storage.delete(name))
