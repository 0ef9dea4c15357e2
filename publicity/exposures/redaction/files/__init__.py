"""What is attached to a page: words and metadata of files, read without trusting them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from publicity.exposures.redaction.detection import detect
from publicity.exposures.redaction.files import images, office, pdf, plain
from publicity.exposures.redaction.files.parts import Part, Unreadable, question
from publicity.exposures.redaction.hits import Found, Severity
from publicity.exposures.redaction.policy import STRICT, Policy
from publicity.exposures.redaction.registry import Registry
from publicity.exposures.redaction.structures import texts_in

_Reader = Callable[[Path], Iterator[Part | Found]]
_READERS: Mapping[str, _Reader] = {
    "text/plain": plain.parts,
    "text/csv": plain.parts,
    "text/markdown": plain.parts,
    "text/html": plain.parts,
    "application/json": plain.parts,
    "application/pdf": pdf.parts,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office.parts,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": office.parts,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": office.parts,
    "image/jpeg": images.parts,
    "image/png": images.parts,
    "image/webp": images.parts,
    "image/gif": images.parts,
    "image/tiff": images.parts,
    "image/heic": images.parts,
    "image/avif": images.parts,
}


def detect_in_file(
    path: Path, mime: str, *, registry: Registry, policy: Policy = STRICT, name: str = ""
) -> list[Found]:
    """All hits in a file: its name, text, hidden text and metadata; paths name the part.

    What cannot be read is a hit of severity block, because nobody knows what is in it: unknown
    type, encrypted, damaged, too large when unpacked. What only an eye can judge (a scanned page,
    a picture) is a warning. Reads the file and nothing else; never raises for its content.
    """
    found = _asked("name", name or path.name, registry=registry, policy=policy)
    reader = _READERS.get(mime.partition(";")[0].strip().lower())
    if reader is None:
        return [*found, question("file", "type-unknown", severity=Severity.BLOCK, text=mime)]
    try:
        for part in reader(path):
            if isinstance(part, Found):
                found.append(part)
            else:
                found += _asked(part.path, part.text, registry=registry, policy=policy)
    except Unreadable as error:
        found.append(question("file", "unreadable", severity=Severity.BLOCK, text=str(error)))
    return found


def _asked(path: str, text: str, *, registry: Registry, policy: Policy) -> list[Found]:
    return [
        Found(place, hit)
        for place, words in texts_in(text, path)
        for hit in detect(words, registry=registry, policy=policy)
    ]
