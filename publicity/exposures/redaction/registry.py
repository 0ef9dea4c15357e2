"""Who the case file knows: the first and surest source of what must not go out."""

from __future__ import annotations

from dataclasses import dataclass

REPORTER_ROLES = frozenset(
    {"reporter", "complainant", "whistleblower", "举报人", "投诉人", "申诉人", "吹哨人"}
)


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person of the file with all that identifies them."""

    name: str
    role: str = ""
    id_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    """Former names, nicknames, the Latin spelling."""
    accounts: tuple[str, ...] = ()
    """Bank, payment, chat and mail accounts."""
    is_punished: bool = False
    is_minor: bool = False

    @property
    def is_reporter(self) -> bool:
        return self.role in REPORTER_ROLES


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An entity or individual business as registered: its register data are public.

    Its bank accounts and telephones are not (domain reference 4.2).
    """

    name: str
    role: str = ""
    uscc: str = ""
    licence_numbers: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def is_reporter(self) -> bool:
        return self.role in REPORTER_ROLES


@dataclass(frozen=True, slots=True)
class Registry:
    """Everybody and every entity of one case file."""

    persons: tuple[Person, ...] = ()
    enterprises: tuple[Enterprise, ...] = ()


NOBODY = Registry()
