"""One party, one row: found by its code or number before a new one is made."""

from __future__ import annotations

import re
import unicodedata

from workflow.models import Party

_NOISE = re.compile(r"[\s·.,，。、()（）\-—_]+")


def normalize_name(name: str) -> str:
    """A name as it is compared: NFKC, no spaces, brackets or punctuation, lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()[:200]


def find_or_create_party(*, kind: str, name: str, uscc: str = "", **details: str) -> Party:
    """The party with this code; else the enterprise with exactly this name; else a new one.

    A natural person is never found by name alone: two people may share one.
    """
    known = Party.objects.filter(merged_into=None)
    if uscc and (found := known.filter(uscc=uscc).first()):
        return found
    normalized = normalize_name(name)
    if kind != Party.Kind.PERSON:
        found = known.filter(normalized_name=normalized, kind=kind, uscc="").first()
        if found:
            if uscc:
                found.uscc = uscc
                found.save(update_fields=["uscc"])
            return found
    return Party.objects.create(
        kind=kind, name=name, normalized_name=normalized, uscc=uscc, **details
    )
