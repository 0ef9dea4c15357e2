"""The stored files of a dossier, copied out and held against what they must be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from workflow.documents.binding.pieces import Original, Piece
from workflow.documents.binding.sealed import Identities, text_in

_CHUNK = 1024 * 1024
#: Files larger than this are sound, video or pictures: no text is looked for in them.
_LARGEST_TEXT = 60 * 1024 * 1024


class BindError(RuntimeError):
    """The file cannot be bound; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A piece with its files at hand, in the order of ``piece.originals``."""

    piece: Piece
    paths: Sequence[Path]
    sealed: bool


def take(piece: Piece, folder: Path, *, number: int, identities: Identities) -> Taken:
    """Copy the files of a piece. Raises ``BindError`` for one that is gone or was altered."""
    paths = []
    for place, original in enumerate(piece.originals):
        path = folder / f"{number}-{place}"
        _copy(original, path, piece.title)
        paths.append(path)
    sealed = piece.sealed or _tells(piece, paths, identities)
    return Taken(piece, paths, sealed)


def _copy(original: Original, path: Path, title: str) -> None:
    digest = hashlib.sha256()
    storage = original.file.storage
    if not original.file.name or not storage.exists(original.file.name):
        message = _("The stored file of “%(title)s” is gone: ask the administrators to restore it.")
        raise BindError(message % {"title": title})
    with storage.open(original.file.name) as source, path.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    if digest.hexdigest() != original.sha256:
        message = _(
            "The stored file of “%(title)s” is not the one that was taken in: its digest differs."
            " Ask the administrators to restore it."
        )
        raise BindError(message % {"title": title})


def _tells(piece: Piece, paths: Sequence[Path], identities: Identities) -> bool:
    if not identities.terms:
        return False
    if identities.told_by(piece.title, *(original.name for original in piece.originals)):
        return True
    return any(
        identities.told_by(text_in(path.read_bytes(), original.mime_type))
        for path, original in zip(paths, piece.originals, strict=True)
        if original.size <= _LARGEST_TEXT
    )


def sha256_of(path: Path) -> str:
    """The digest of a file on disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
