"""The choices a bureau may make about one exposure; everything else is fixed by the rules."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """What may stay. The default is the strict one.

    Raises ValueError when the punished person is to be named in full without a reason (PIPL
    article 6: the least impact; the exception must be argued).
    """

    name_punished_in_full: bool = False
    reason: str = ""
    keep_township: bool = False
    """Residences keep town or street; otherwise they end at the county."""
    keep_plates: bool = False
    """The vehicle belongs to an entity and is the point of the case."""
    keep: frozenset[str] = frozenset()
    """Exact texts that are public anyway: the bureau's own hotline, its postal address."""

    def __post_init__(self) -> None:
        if self.name_punished_in_full and not self.reason.strip():
            raise ValueError("Naming a punished person in full needs a reason.")


STRICT = Policy()
