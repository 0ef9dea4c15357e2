"""Fill a docx template: what the facts say comes out as it was typed, whatever it looks like."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import nodes
from lxml.etree import LxmlError

from workflow.documents.docx_file import File, TemplateUnfitError, content_of, require_harmless
from workflow.documents.language import Fields, Language, empty, names_in, parsed

__all__ = [
    "FieldsMissingError", "TemplateUnfitError", "TooMuchError", "field_names", "render",
    "render_draft",
]  # fmt: skip

#: Characters of everything a template is filled with, and of one part once it is filled.
LONGEST = 2_000_000
LONGEST_PART = 20_000_000
#: What docxtpl makes of them in a text: line break, tab, new paragraph.
_LAYOUT = frozenset("\n\t\a")
_PLACE = 60


class FieldsMissingError(ValueError):
    """Something the template prints is not there; ``names`` are its dotted names."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__("、".join(names))


class TooMuchError(ValueError):
    """The content is larger than any document."""


def render(template_file: File, context: Mapping[str, Any]) -> bytes:
    """The filled docx. Nothing in the context is read as markup, neither XML nor Jinja.

    Raises ``FieldsMissingError``, ``TemplateUnfitError`` and ``TooMuchError``.
    """
    content, missing = render_draft(template_file, context)
    if missing:
        raise FieldsMissingError(missing)
    return content


def render_draft(template_file: File, context: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The filled docx with blanks where something is missing, and the names of what is missing."""
    content = content_of(template_file)
    require_harmless(content)
    language = Language()
    values = _values(context)
    template = _Template(io.BytesIO(content), language)
    made = io.BytesIO()
    try:
        template.render(values, jinja_env=language, autoescape=True)
        template.save(made)
    except (OpcError, LxmlError, KeyError, AttributeError) as error:
        raise TemplateUnfitError(_("The template cannot be filled: its parts do not fit.")) from (
            error
        )
    return made.getvalue(), language.missing


def field_names(template_file: File) -> list[str]:
    """The dotted names of the fields of a template, in order of the text, headers last.

    Raises ``TemplateUnfitError`` for a template that may not be used, with the place.
    """
    content = content_of(template_file)
    require_harmless(content)
    language = Language()
    found: dict[str, None] = {}
    for tree in _trees(_Template(io.BytesIO(content), language), language):
        found.update(dict.fromkeys(names_in(tree)))
    return list(found)


class _Template(DocxTemplate):
    """docxtpl, asking first what stands in the template and leaving the facts alone."""

    def __init__(self, file: io.BytesIO, language: Language) -> None:
        super().__init__(file)
        self.language = language
        try:
            self.init_docx()
        except (OpcError, LxmlError, KeyError, ValueError, AttributeError) as error:
            raise TemplateUnfitError(_("This is not a docx file: save it as .docx.")) from error

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None
    ) -> str:
        source = _by_paragraph(src_xml)
        tree = parsed(source, self.language, _finder(source))
        made = "".join(_limited(self.language.from_string(tree).generate(context)))
        return self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", made))

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Title, author and comments of the file say nothing of the case."""
        properties = self.docx.core_properties
        for name in ("author", "comments", "last_modified_by", "subject", "keywords", "category"):
            setattr(properties, name, "")

    def parts(self) -> Iterator[str]:
        """The text of body, headers, footers and footnotes as Jinja reads it."""
        yield self.patch_xml(self.get_xml())
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _key, part in self.get_headers_footers(uri):
                yield self.patch_xml(self.get_part_xml(part))
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith(".footnotes+xml"):
                yield self.patch_xml(part.blob.decode())


def _trees(template: _Template, language: Language) -> Iterator[nodes.Template]:
    for text in template.parts():
        source = _by_paragraph(text)
        yield parsed(source, language, _finder(source))


def _by_paragraph(xml: str) -> str:
    """A paragraph a line, so that the number of a line finds the words."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)


def _finder(source: str) -> Callable[[int], str]:
    def place(number: int) -> str:
        lines = source.splitlines()
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", line)).strip()
        return words[:_PLACE]

    return place


def _limited(pieces: Iterator[str]) -> Iterator[str]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > LONGEST_PART:
            raise TooMuchError(_("The document would be far too long."))
        yield piece


def _values(context: Mapping[str, Any]) -> dict[str, Any]:
    left = [LONGEST]
    named = {str(name): _value(str(name), value, left) for name, value in context.items()}
    return {name: value for name, value in named.items() if not empty(value)}


def _value(path: str, value: Any, left: list[int]) -> Any:
    """Plain data only: what is not text, number or a collection of them becomes its text."""
    if isinstance(value, Mapping):
        inner = {str(k): _value(f"{path}.{k}", v, left) for k, v in value.items()}
        return Fields(path, inner)
    if isinstance(value, list | tuple):
        return [_value(path, item, left) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    text = str(value)
    left[0] -= len(text)
    if left[0] < 0:
        raise TooMuchError(_("The content is far too long for a document."))
    return clean(text)


def clean(text: str) -> str:
    """Without what XML cannot hold or docxtpl would read as layout of its own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in _LAYOUT or not _unprintable(char))


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or char in "\ufffe\uffff"
