"""What a trace looks like: one module per sort of data, each a function from document to hits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit
from publicity.exposures.redaction.rules import (
    accounts,
    addresses,
    context_names,
    identity,
    network,
    papers,
    person_facts,
    phones,
    remains,
    reporters,
)

PATTERN_RULES: tuple[Callable[[Document], Iterable[Hit]], ...] = (
    identity.resident_ids,
    phones.mobiles,
    phones.landlines,
    phones.foreign_phones,
    accounts.cards,
    accounts.labelled_accounts,
    accounts.orders,
    accounts.social_accounts,
    papers.plates,
    papers.travel_documents,
    papers.labelled_documents,
    network.emails,
    network.urls,
    network.network_addresses,
    network.devices,
    addresses.residences,
    addresses.rooms,
    person_facts.births,
    person_facts.ages,
    person_facts.schools,
    person_facts.origins,
    person_facts.health,
    context_names.named_persons,
    reporters.reporters,
    remains.half_masked,
)
"""Every rule that needs no knowledge of the file, in no particular order."""
