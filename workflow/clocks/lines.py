"""What the clocks read from a journal line."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from workflow.clocks.rule import BEIJING
from workflow.clocks.sane import day_of, local
from workflow.models.clock import ClockRule
from workflow.models.journal import JournalLine


def anchor(keyed_by: str, line: JournalLine) -> tuple[str, int] | None:
    """The record a limit of that kind belongs to, as (type, number)."""
    if keyed_by == ClockRule.KeyedBy.RECORD:
        return line.record_type, line.record_id
    if keyed_by == ClockRule.KeyedBy.LEAD:
        return ("workflow.lead", line.lead_id) if line.lead_id else None
    return ("workflow.case", line.case_id) if line.case_id else None


def key(code: str, anchored: tuple[str, int], party_id: int | None, number: int) -> str:
    """The unique name of a limit: code, record, party, and which time it runs."""
    party = f":party:{party_id}" if party_id is not None else ""
    again = f":{number}" if number > 1 else ""
    return f"{code}:{anchored[0]}:{anchored[1]}{party}{again}"


def named_parties(line: JournalLine) -> set[int]:
    """The parties of the case the act was done on; empty for an act on the whole case."""
    named = line.data.get("parties") or [line.data.get("party")]
    return {int(party) for party in named if party}


def start_of(row: ClockRule, line: JournalLine) -> datetime | None:
    """When a limit of that rule starts; None while the act's data does not have it."""
    if not row.starts_at:
        return happened(line)
    return moment(line.data.get(row.starts_at))


def happened(line: JournalLine) -> datetime:
    """When the act happened: the day its data names under ``on``, else the act's own date."""
    return moment(line.data.get("on")) or line.acted_at


def moment(value: Any) -> datetime | None:
    """A moment of an act's data; a bare day is its first minute in Beijing."""
    if isinstance(value, datetime):
        return local(value)
    text = str(value or "")
    if parsed := parse_datetime(text):
        return local(parsed)
    date_only = parse_date(text)
    return datetime.combine(date_only, time(), tzinfo=BEIJING) if date_only else None


def day(line: JournalLine, name: str) -> date | None:
    """The day the act's data has under a name, if it has one."""
    found = moment(line.data.get(name))
    return day_of(found) if found else None


def unit_of(line: JournalLine) -> int | None:
    """The unit in whose lists limits of the line's case or lead appear."""
    record = line.case if line.case_id else line.lead
    return record.unit_id if record is not None else None
