"""The archive of a dossier: the files as they came in, in order, and the digests of all."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils import timezone

from workflow.documents.binding.contents import Row
from workflow.documents.binding.taking import Taken

MANIFEST, SUMS, LIST = "manifest.json", "SHA256SUMS", "目录.txt"
_CHUNK = 1024 * 1024
#: Bytes a name of a file may have on every usual system, its ending and number included.
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What is written of the dossier as a whole: case, bureau, who, when, journal, PDF."""

    about: Mapping[str, Any]
    at: datetime
    sheets: Mapping[str, bytes]


def write_archive(
    target: Path, written: Written, *, takens: Sequence[Taken], rows: Sequence[Row]
) -> None:
    """A zip with every original under a name people read, the list, manifest and digests.

    ``sha256sum -c SHA256SUMS`` inside the unpacked folder holds for every file but itself.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        box = _Box(archive, written.at)
        for name, content in written.sheets.items():
            box.put(name, content)
        items = [_item(box, taken, row) for taken, row in zip(takens, rows, strict=True)]
        box.put(LIST, _list_of(rows).encode())
        manifest = {**written.about, "items": items, "files": box.files}
        box.put(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        sums = "".join(f"{digest}  {name}\n" for name, digest in box.digests.items())
        box.put(SUMS, sums.encode())


class _Box:
    """The zip while it is filled: knows every file in it by size and digest."""

    def __init__(self, archive: zipfile.ZipFile, at: datetime) -> None:
        self.archive = archive
        self.when = timezone.localtime(at).timetuple()[:6]
        self.digests: dict[str, str] = {}
        self.files: list[dict[str, Any]] = []

    def put(self, name: str, content: bytes) -> str:
        with self.archive.open(self._info(name), "w") as file:
            file.write(content)
        return self._note(name, len(content), hashlib.sha256(content).hexdigest())

    def copy(self, name: str, path: Path) -> str:
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as source, self.archive.open(self._info(name), "w") as file:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
        return self._note(name, size, digest.hexdigest())

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, date_time=self.when)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100644 << 16
        return info

    def _note(self, name: str, size: int, digest: str) -> str:
        self.digests[name] = digest
        self.files.append({"name": name, "size": size, "sha256": digest})
        return name


def _item(box: _Box, taken: Taken, row: Row) -> dict[str, Any]:
    """One paper in the manifest; of a sealed one its digest alone."""
    said: dict[str, Any] = {
        "n": row.n, "volume": row.volume, "section": row.section, "title": row.title,
        "number": row.number, "date": row.date, "first_page": row.first, "last_page": row.last,
    }  # fmt: skip
    digests = [original.sha256 for original in taken.piece.originals]
    if taken.sealed:
        return {**said, "sealed": True, "sha256": digests}
    several = len(taken.paths) > 1
    names = []
    for place, path in enumerate(taken.paths):
        original = taken.piece.originals[place]
        mark = ("（签章件）" if place == 0 else "（原稿）") if several else ""
        stem = f"{row.n:03d} {row.title}{f'（{row.number}）' if row.number else ''}{mark}"
        names.append(box.copy(f"{row.volume}/{file_name(stem, original.name)}", path))
    return {**said, "sealed": False, "files": names, "sha256": digests}


def file_name(stem: str, original: str) -> str:
    """A name every usual system takes, with the ending of the original."""
    ending = PurePosixPath(original).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""
    kept = "".join(c for c in stem if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    plain = re.sub(r'[\\/:*?"<>|]', "-", kept)
    plain = re.sub(r"\s+", " ", plain).strip(" .")
    while len((plain + ending).encode()) > _LONGEST:
        plain = plain[:-1]
    return f"{plain.rstrip(' .')}{ending}"


def _list_of(rows: Sequence[Row]) -> str:
    """目录 as plain text, a line a paper."""
    lines = ["序号\t文号\t题名\t日期\t页次"]
    volume = ""
    for row in rows:
        if row.volume != volume:
            volume = row.volume
            lines.append(f"【{volume}】")
        lines.append("\t".join((str(row.n), row.number, row.title, row.date, row.span)))
    return "\n".join(lines) + "\n"
