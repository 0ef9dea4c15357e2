"""Every described form as the ``.docx`` that ships."""

from __future__ import annotations

from pathlib import Path

from workflow.documents.builder.word import build
from workflow.documents.catalogue import SHIPPED

SOURCES = Path(__file__).parents[1] / "sources"


def built() -> dict[str, bytes]:
    """Name of the shipped file → what its description gives today. Raises ``SourceError``."""
    return {
        f"{path.stem}.docx": build(path.read_text(encoding="utf-8"), name=path.name)
        for path in sorted(SOURCES.glob("*.txt"))
    }


def outdated() -> list[str]:
    """Shipped files that are not what their description gives."""
    return [name for name, content in built().items() if _shipped(name) != content]


def ship() -> list[str]:
    """Write the files that changed; their names."""
    changed = outdated()
    forms = built()
    for name in changed:
        (SHIPPED / name).write_bytes(forms[name])
    return changed


def _shipped(name: str) -> bytes:
    path = SHIPPED / name
    return path.read_bytes() if path.is_file() else b""
