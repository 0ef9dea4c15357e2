"""What a check answers: the traces it found and, after redaction, what was changed for what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RULE_VERSION = "2026-11"
"""Name of this set of rules, stored beside every copy; changes when an answer may change."""

MASK = "***"
"""What stands in place of removed data: always the same length, so that it says nothing of it."""


class Severity(StrEnum):
    """How much a hit weighs at the gate."""

    BLOCK = "block"
    """Never goes out and cannot be confirmed away: reporters and minors known to the file."""
    MASK = "mask"
    """Is masked by `redact`; left standing, it asks for a second person's confirmation."""
    WARN = "warn"
    """A person decides: `redact` leaves it as it is."""


class Kind(StrEnum):
    """What sort of data was found."""

    REPORTER = "reporter"
    MINOR = "minor"
    NAME = "name"
    ID_NUMBER = "id_number"
    DOCUMENT = "document"
    MOBILE = "mobile"
    PHONE = "phone"
    BANK = "bank"
    PLATE = "plate"
    EMAIL = "email"
    SOCIAL = "social"
    URL = "url"
    ADDRESS = "address"
    BIRTH = "birth"
    AGE = "age"
    GENDER = "gender"
    ETHNICITY = "ethnicity"
    EDUCATION = "education"
    HEALTH = "health"
    ORDER = "order"
    IP = "ip"
    DEVICE = "device"
    METADATA = "metadata"
    UNREADABLE = "unreadable"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Hit:
    """One trace: `text` is exactly what stands at `start:end` of the text that was asked about."""

    kind: Kind
    rule: str
    start: int
    end: int
    text: str
    severity: Severity
    suggestion: str
    subject: str = ""
    """The full name a name hit stands for, as the registry spells it; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement; `start:end` are places in the original text."""

    kind: Kind
    rule: str
    start: int
    end: int
    original: str
    replacement: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Redacted:
    """The public text, and in order every change that leads to it from the original."""

    text: str
    changes: tuple[Change, ...]
    rule_version: str = RULE_VERSION

    @property
    def blocks(self) -> tuple[Change, ...]:
        """The changes whose original should not have been in the draft at all."""
        return tuple(change for change in self.changes if change.severity is Severity.BLOCK)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit inside a structure or a file; `path` says where, offsets are inside that place."""

    path: str
    hit: Hit
