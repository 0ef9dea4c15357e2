"""Rows of the law library as files have them, each checked by itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accounts.text import unreadable
from workflow.models import Article, Law, LawVersion
from workflow.models.law import place_of
from workflow.services.law_ranges import read_range

#: Columns of a CSV file and the entries of a JSON file they stand for.
COLUMNS = {
    "法律名称": "name", "简称": "short_name", "制定机关": "issuer", "版本": "label",
    "施行日期": "effective_from", "失效日期": "effective_until", "条": "number",
    "款项": "paragraph", "条旨": "heading", "条文": "text",
}  # fmt: skip
MOST = 5000


@dataclass(frozen=True, slots=True)
class Row:
    """An article with its version and law; ``number`` empty: the version alone."""

    line: int
    name: str
    short_name: str
    issuer: str
    label: str
    effective_from: date
    effective_until: date | None
    note: str
    number: str
    paragraph: str
    heading: str
    text: str
    ranges: tuple[dict[str, Any], ...] = ()


def read_rows(text: str) -> list[Row]:
    """The rows of a JSON or CSV text. Raises ``ValidationError`` with one message per bad row.

    JSON has the shape of ``workflow/data/laws.json``; CSV the columns of ``COLUMNS``.
    """
    raw = _json(text) if text.lstrip()[:1] in {"[", "{"} else _csv(text)
    rows: list[Row] = []
    errors: list[str] = []
    for line, entry in raw:
        try:
            rows.append(_row(line, entry))
        except ValidationError as error:
            message = _("Row %(n)d: %(why)s")
            errors += [message % {"n": line, "why": why} for why in error.messages]
    if len(rows) > MOST:
        errors.append(_("A file has at most %(n)d rows.") % {"n": MOST})
    if not rows and not errors:
        errors.append(_("The file names no law."))
    if errors:
        raise ValidationError(errors)
    return rows


def _json(text: str) -> list[tuple[int, dict[str, Any]]]:
    try:
        return list(enumerate(_flat(json.loads(text)), start=1))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        message = _("The file has another shape than the library's: see the one shipped.")
        raise ValidationError(message) from error


def _flat(laws: Any) -> Iterator[dict[str, Any]]:
    for law in [laws] if isinstance(laws, dict) else laws:
        about = {name: law.get(name) for name in ("name", "short_name", "issuer")}
        for version in law["versions"]:
            dates = ("label", "effective_from", "effective_until", "note")
            head = about | {name: version.get(name) for name in dates}
            for article in version.get("articles") or [{}]:
                names = ("number", "paragraph", "heading", "text", "ranges")
                yield head | {name: article.get(name) for name in names}


def _csv(text: str) -> list[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text))
    try:
        missing = [
            c for c in ("法律名称", "版本", "施行日期") if c not in (reader.fieldnames or [])
        ]
        if missing:
            message = _("The first line lacks the columns %(columns)s.")
            raise ValidationError(message % {"columns": "、".join(missing)})
        return [
            (line, {field: row.get(column) for column, field in COLUMNS.items()})
            for line, row in enumerate(reader, start=2)
        ]
    except csv.Error as error:
        raise ValidationError(_("The file is no table: %(why)s") % {"why": error}) from error


def _row(line: int, entry: Mapping[str, Any]) -> Row:
    texts = {name: _text(entry.get(name)) for name in (*COLUMNS.values(), "note")}
    wrong = [message for name, value in texts.items() for message in _faults(name, value)]
    ranges = _ranges(entry.get("ranges"), wrong)
    start, until = _day(texts["effective_from"], wrong), _day(texts["effective_until"], wrong)
    if not texts["name"] or not texts["label"] or not texts["effective_from"]:
        wrong.append(_("Law, version and the day it came into force are needed."))
    if texts["number"] and not place_of(texts["number"]):
        message = _("“%(number)s” is no article: write 第…条 in Chinese numerals.")
        wrong.append(message % {"number": texts["number"]})
    if start and until and until < start:
        wrong.append(_("The version ends before it begins."))
    if wrong or start is None:
        raise ValidationError(wrong)
    texts["short_name"] = texts["short_name"] or texts["name"].removeprefix("中华人民共和国")
    del texts["effective_from"], texts["effective_until"]
    return Row(line=line, effective_from=start, effective_until=until, ranges=ranges, **texts)


def _ranges(said: Any, wrong: list[str]) -> tuple[dict[str, Any], ...]:
    try:
        return tuple(read_range(entry) for entry in (said if isinstance(said, list) else ()))
    except ValidationError as error:
        wrong += error.messages
        return ()


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _day(value: str, wrong: list[str]) -> date | None:
    try:
        found = parse_date(value) if value else None
    except ValueError:
        found = None
    if value and found is None:
        wrong.append(_("“%(value)s” is no date: write 2021-07-15.") % {"value": value[:40]})
    return found


def _faults(name: str, value: str) -> Iterator[str]:
    field = next(
        (f for m in (Law, LawVersion, Article) for f in m._meta.fields if f.name == name), None
    )
    longest = getattr(field, "max_length", None)
    if longest and len(value) > longest:
        message = _("“%(field)s” has at most %(n)d characters.")
        yield message % {"field": field.verbose_name if field else name, "n": longest}
    if unreadable(value):
        yield _("There is an unreadable character in it.")
