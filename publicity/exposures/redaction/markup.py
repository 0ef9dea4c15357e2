"""Rich text: the words a reader sees, joined across tags, with the way back to the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from publicity.exposures.redaction.hits import Change

_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\w+|[a-zA-Z]+);")
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo big cite code del dfn em embed font i ins kbd mark q s samp small span "
        "strike strong sub sup tt u var wbr",
    )
)
_HARMLESS = frozenset({"id", "class", "linktype", "embedtype", "format", "colspan", "rowspan"})


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value inside a tag: alternative text, title, target of a link."""

    tag: str
    name: str
    value: str
    start: int
    end: int


@dataclass(slots=True)
class Markup:
    """A parsed source: `text` is what is read; its character `i` is `source[origins[i]]`.

    Breaks between blocks are in `text` but nowhere in the source (an empty span).
    """

    source: str
    characters: list[str] = field(default_factory=list)
    origins: list[tuple[int, int]] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    comments: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.characters)


def looks_like_markup(text: str) -> bool:
    """Whether a string is to be read as HTML: it has a tag or an entity."""
    return bool(_LOOKS_LIKE_MARKUP.search(text))


def parse(source: str) -> Markup:
    """The words, attribute values and comments of a piece of HTML."""
    reader = _Reader(source)
    reader.feed(source)
    reader.close()
    return reader.markup


def with_changes(markup: Markup, changes: Sequence[Change]) -> str:
    """The source with the changes of its text carried out; tags stay as they are.

    A replacement lands where the replaced words began, even when they ran across tags.
    """
    cuts: dict[tuple[int, int], str] = {}
    for change in changes:
        replacement = html.escape(change.replacement, quote=False)
        for span in markup.origins[change.start : change.end]:
            if span[0] < span[1] and span not in cuts:
                cuts[span] = replacement
                replacement = ""
    return replaced(markup.source, [(start, end, new) for (start, end), new in cuts.items()])


def replaced(source: str, cuts: Sequence[tuple[int, int, str]]) -> str:
    """The source with places replaced that do not overlap."""
    result: list[str] = []
    place = 0
    for start, end, new in sorted(cuts):
        result += [source[place:start], new]
        place = end
    return "".join([*result, source[place:]])


class _Reader(HTMLParser):
    """Collects text with source places; entities count as the one character they stand for."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.markup = Markup(source)
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_data(self, data: str) -> None:
        place = self._place()
        for index, character in enumerate(data, start=place):
            self._take(character, index, index + 1)

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        place = self._place()
        source = self.markup.source
        begin = place + 4 + len(data) if source.startswith("<!--", place) else place + 2
        end = source.find(">", begin) + 1
        self.markup.comments.append((data, place, end or len(source)))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._take("\n", self._place(), self._place())
        source, place = self.get_starttag_text() or "", self._place()
        for name, value in attrs:
            if value and name not in _HARMLESS:
                self.markup.attributes += _attribute(tag, name, value, source, place)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._take("\n", self._place(), self._place())

    def _entity(self, reference: str) -> None:
        place = self._place()
        closed = self.markup.source[place + len(reference) :][:1] == ";"
        end = place + len(reference) + closed
        for character in html.unescape(f"{reference};"):
            self._take(character, place, end)

    def _take(self, character: str, start: int, end: int) -> None:
        self.markup.characters.append(character)
        self.markup.origins.append((start, end))


def _attribute(tag: str, name: str, value: str, source: str, place: int) -> Iterator[Attribute]:
    """The attribute with the place of its value, quotes left out, in the whole source."""
    found = re.search(
        rf"""(?<![\w-]){re.escape(name)}\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>]+))""",
        source,
        re.IGNORECASE,
    )
    if found:
        start, end = next(found.span(group) for group in "abc" if found.group(group) is not None)
        yield Attribute(tag, name, value, place + start, place + end)
