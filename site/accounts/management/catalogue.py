"""The Chinese catalogue kept without gettext's binaries: extracted, merged, checked, compiled."""

from __future__ import annotations

import io
import os
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

SOURCES = ("site", "workflow", "publicity", "search", "templates")
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})
SKIPPED_FOLDERS = frozenset({"migrations", "__pycache__", "static"})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")

# Where babel finds the context, the singular and the plural in each function's arguments.
SINGLE = ("gettext", "gettext_lazy", "gettext_noop", "_")
PLURAL = ("ngettext", "ngettext_lazy")
CONTEXT = ("pgettext", "pgettext_lazy")
CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")
FUNCTIONS = dict.fromkeys((*SINGLE, *PLURAL, *CONTEXT, *CONTEXT_PLURAL))

HEADER = {
    "Project-Id-Version": "tiequan",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True)
class Message:
    """One text of the program, as gettext identifies it."""

    text: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        return (self.context, self.text)


@dataclass
class Extraction:
    """Every message and the files that say it."""

    files: dict[Message, set[str]] = field(default_factory=dict)

    def add(self, message: Message, file: str) -> None:
        self.files.setdefault(message, set()).add(file)

    def by_key(self) -> dict[tuple[str | None, str], Message]:
        """Return one message per key; a form with a plural wins over one without."""
        ordered = sorted(self.files, key=lambda message: message.plural)
        return {message.key: message for message in ordered}


def extract(root: Path) -> Extraction:
    """Return all messages of the Python files and templates under the product's folders."""
    extraction = Extraction()
    for path in _source_files(root):
        for message in messages_of(path):
            extraction.add(message, path.relative_to(root).as_posix())
    return extraction


def messages_of(path: Path) -> Iterator[Message]:
    """Yield the messages of one Python file or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves keeps the template's indentation, which Python would refuse.
        code = templatize(source, origin=str(path))
        source = "\n".join(line.lstrip() for line in code.splitlines())
    stream = io.BytesIO(textwrap.dedent(source).encode())
    for _line, function, arguments, _comments in extract_python(stream, FUNCTIONS, (), {}):
        message = _message(str(function), arguments)
        if message is not None and message.text:
            yield message


def _message(function: str, arguments: object) -> Message | None:
    texts = list(arguments) if isinstance(arguments, tuple | list) else [arguments]
    wanted = 1 + (function in PLURAL + CONTEXT_PLURAL) + (function in CONTEXT + CONTEXT_PLURAL)
    literal = [text for text in texts[:wanted] if isinstance(text, str)]
    if len(literal) < wanted:
        return None  # a variable is passed: its text is marked where it is written
    context = literal.pop(0) if function in CONTEXT + CONTEXT_PLURAL else None
    return Message(text=literal[0], plural=literal[1] if len(literal) > 1 else "", context=context)


def _source_files(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            parts = path.relative_to(root).parts
            if SKIPPED_FOLDERS.intersection(parts) or not path.is_file():
                continue
            if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
                yield path


def update(po_path: Path, extraction: Extraction) -> int:
    """Rewrite the catalogue: new ones untranslated, gone ones dropped.

    Returns how many have no translation.
    """
    known = {(entry.msgctxt, entry.msgid): entry for entry in _read(po_path)}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = HEADER
    for key, message in sorted(
        extraction.by_key().items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        files = sorted(
            {file for m, names in extraction.files.items() if m.key == key for file in names}
        )
        catalogue.append(_entry(message, known.get(key), files))
    po_path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(po_path))
    return len(catalogue.untranslated_entries())


def _entry(message: Message, known: polib.POEntry | None, files: list[str]) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context,
        occurrences=[(file, "") for file in files],
    )
    translation = ""
    if known is not None:
        translation = known.msgstr or (known.msgstr_plural or {}).get(0, "")
    if message.plural:
        entry.msgstr_plural = {0: translation}
    else:
        entry.msgstr = translation
    return entry


def problems(po_path: Path, extraction: Extraction) -> list[str]:
    """Return a sentence for each message that is missing, gone, untranslated or blanked anew."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in _read(po_path)}
    wanted = extraction.by_key()
    found = [
        f"not in the catalogue: {message.text!r}"
        for key, message in wanted.items()
        if key not in entries
    ]
    for key, entry in entries.items():
        if key not in wanted:
            found.append(f"no longer used: {entry.msgid!r}")
            continue
        translation = entry.msgstr or (entry.msgstr_plural or {}).get(0, "")
        if not translation or entry.fuzzy:
            found.append(f"without a translation: {entry.msgid!r}")
        elif not _blanks_agree(wanted[key], translation):
            found.append(f"placeholders differ: {entry.msgid!r} / {translation!r}")
    return sorted(found)


def _blanks_agree(message: Message, translation: str) -> bool:
    """A translation uses the message's placeholders; of a plural, those of either form."""
    have = sorted(PLACEHOLDER.findall(translation))
    forms = [message.text, message.plural] if message.plural else [message.text]
    return any(have == sorted(PLACEHOLDER.findall(form)) for form in forms)


def compile_stale(locale: Path) -> list[Path]:
    """Write each `.mo` that is missing or older than its `.po`; return those written.

    The file is replaced in one step, so processes that compile at once do not read half of one.
    """
    written = []
    for po_path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        mo_path = po_path.with_suffix(".mo")
        if mo_path.exists() and mo_path.stat().st_mtime_ns >= po_path.stat().st_mtime_ns:
            continue
        temporary = mo_path.with_suffix(f".{os.getpid()}.tmp")
        _read(po_path).save_as_mofile(str(temporary))
        temporary.replace(mo_path)
        written.append(mo_path)
    return written


def _read(po_path: Path) -> polib.POFile:
    return polib.pofile(str(po_path), wrapwidth=100) if po_path.exists() else polib.POFile()
