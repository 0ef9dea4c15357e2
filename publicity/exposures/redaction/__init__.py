"""Finds and masks what must not leave the building: pure functions, no models, no settings.

`detect` asks, `redact` masks, `segments` shows both texts side by side; `detect_in` and
`redact_in` walk the fields of a page; `files.detect_in_file` reads what is attached to it.
"""

from __future__ import annotations

from publicity.exposures.redaction.comparison import Segment, segments
from publicity.exposures.redaction.detection import detect
from publicity.exposures.redaction.hits import (
    MASK,
    RULE_VERSION,
    Change,
    Found,
    Hit,
    Kind,
    Redacted,
    Severity,
)
from publicity.exposures.redaction.masking import redact
from publicity.exposures.redaction.names import mask_name
from publicity.exposures.redaction.policy import STRICT, Policy
from publicity.exposures.redaction.registry import NOBODY, Enterprise, Person, Registry
from publicity.exposures.redaction.structures import detect_in, redact_in

__all__ = [
    "MASK",
    "NOBODY",
    "RULE_VERSION",
    "STRICT",
    "Change",
    "Enterprise",
    "Found",
    "Hit",
    "Kind",
    "Person",
    "Policy",
    "Redacted",
    "Registry",
    "Segment",
    "Severity",
    "detect",
    "detect_in",
    "mask_name",
    "redact",
    "redact_in",
    "segments",
]
