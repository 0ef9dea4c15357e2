"""The question as the command line and its batch files write it, and the answer as JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from workflow.clocks import store
from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.rule import Answer, ClockError, Extension, Pause, Rule, iso

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?([+-]\d{2}:\d{2}|Z)?", re.ASCII)
EXTENSION = re.compile(r"\+?(\d{1,4})(?:@(.+))?", re.ASCII)
KEYS = frozenset({"id", "code", "from", "pauses", "extend"})
LONGEST_LINE, LONGEST_ID = 1_000_000, 1000
"""Bytes of a line of a batch (one with a thousand pauses is shorter), letters of its id."""


def read_day(text: str) -> date:
    """``2021-04-28``. Raises ClockError for anything else."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ClockError(_("“%(text)s” is not a date like 2021-04-28.") % {"text": _short(text)})


def read_start(text: str) -> date | datetime:
    """A day, or a moment ``2021-04-28T09:00`` (Beijing time unless it has an offset)."""
    try:
        if MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    return read_day(text)


def read_pause(text: str) -> Pause:
    """``START:END[:REASON]``; without END the pause still runs."""
    start, colon, rest = text.partition(":")
    end, _colon, reason = rest.partition(":")
    if not colon:
        raise ClockError(
            _("“%(text)s” is not a pause like 2021-05-17:2021-05-20.") % {"text": _short(text)}
        )
    return Pause(read_day(start), read_day(end) if end else None, reason.strip())


def read_extension(value: str | int) -> Extension:
    """``N[@GRANTED-ON]`` in the clock's own unit."""
    found = EXTENSION.fullmatch(str(value)) if not isinstance(value, bool) else None
    if found is None:
        raise ClockError(
            _("“%(text)s” is not an extension like 30 or 30@2021-07-01.")
            % {"text": _short(str(value))}
        )
    return Extension(int(found[1]), read_day(found[2]) if found[2] else None)


class _Question(dict[str, Any]):
    """A JSON object; ``twice`` is a key that it has more than once."""

    twice = ""

    @classmethod
    def of(cls, pairs: list[tuple[str, Any]]) -> _Question:
        found = cls(pairs)
        if len(found) < len(pairs):
            names = [name for name, _value in pairs]
            found.twice = next(name for name in names if names.count(name) > 1)
        return found


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"


class Desk:
    """Answers many questions with the rules and the calendar read once."""

    def __init__(self, versions: Sequence[Rule], calendar: WorkCalendar) -> None:
        self.versions, self.calendar = versions, calendar

    def ask(
        self, code: str, start: str, *, pauses: Iterable[str], extensions: Iterable[str | int]
    ) -> Answer:
        """The answer to a question written as text. Raises ClockError."""
        return store.ask(
            _short(code.strip()),
            read_start(start),
            pauses=[read_pause(text) for text in pauses],
            extensions=[read_extension(value) for value in extensions],
            versions=self.versions,
            calendar=self.calendar,
        )

    def batch(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """One object per line that is not empty; a bad line gives its id and the error."""
        for raw in lines:
            if raw.strip():
                yield self._line(raw)

    def _line(self, raw: bytes) -> dict[str, Any]:
        ident: Any = None
        try:
            question = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_Question.of)
            if not isinstance(question, _Question):
                raise ClockError(_("A line is one JSON object."))
            ident = _ident(question)
            if len(raw) > LONGEST_LINE:
                raise ClockError(_("A line is at most one megabyte long."))
            answer = as_json(self._question(question))
            answer["warnings"] += _unknown_keys(question)
            return {"id": ident, **answer}
        except ClockError as error:
            return {"id": ident, "error": str(error)}
        except (ValueError, RecursionError, OverflowError) as error:
            return {"id": ident, "error": _("Not readable: %(why)s") % {"why": _short(str(error))}}

    def _question(self, question: _Question) -> Answer:
        if question.twice:
            message = _("The key “%(key)s” stands there more than once.")
            raise ClockError(message % {"key": _short(question.twice)})
        code, start = question.get("code"), question.get("from")
        if not isinstance(code, str) or not isinstance(start, str):
            raise ClockError(_("A line needs “code” and “from”, both text."))
        pauses, extensions = _list(question, "pauses"), _list(question, "extend")
        if not all(isinstance(text, str) for text in pauses):
            raise ClockError(_("“pauses” is a list of texts."))
        if not all(isinstance(value, str | int) for value in extensions):
            raise ClockError(_("“extend” is a list of numbers or of texts like 30@2021-07-01."))
        return self.ask(code, start, pauses=pauses, extensions=extensions)


def _unknown_keys(question: Mapping[str, Any]) -> list[str]:
    """A key that is not known changes no date, but a misspelt one is not passed over in silence."""
    text = _("The key “%(key)s” is not known and was left out.")
    return [text % {"key": _short(key)} for key in sorted(set(question) - KEYS)[:10]]


def _ident(question: Mapping[str, Any]) -> str | int | float:
    """The line's own name, which comes back with the answer: a text or a finite number."""
    ident = question.get("id")
    if isinstance(ident, str) and len(ident) <= LONGEST_ID:
        return ident
    if isinstance(ident, int | float) and not isinstance(ident, bool) and math.isfinite(ident):
        return ident
    raise ClockError(_("A line needs an “id”: a short text or a number."))


def _list(question: Mapping[str, Any], name: str) -> list[Any]:
    value = question.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ClockError(_("“%(name)s” is a list.") % {"name": name})
    return value


def as_json(answer: Answer) -> dict[str, Any]:
    """The answer in the shape the command line promises, dates in ISO form."""
    return {
        "code": answer.rule.code,
        "due": iso(answer.due) if answer.due is not None else None,
        "rule_version": answer.rule.version,
        "counted": answer.counted,
        "skipped": [
            {"date": skip.date.isoformat(), "reason": skip.reason} for skip in answer.skipped
        ],
        "source": answer.rule.source,
        "warnings": [warning.render() for warning in answer.warnings],
        "explanation": " ".join(step.render() for step in answer.steps),
    }


def dump(value: Mapping[str, Any]) -> str:
    """JSON on one line, in Chinese, or in escapes where the text holds half a surrogate."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
