"""Numbers masked by somebody who left digits standing: first and last ones still link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publicity.exposures.redaction.document import Document
from publicity.exposures.redaction.hits import Hit, Kind

_HALF_MASKED = re.compile(r"(?<![0-9A-Za-z*])\d{3,10}[*×✱●█xX]{3,14}\d{1,6}[\dxX]?(?![0-9A-Za-z*])")


def half_masked(doc: Document) -> Iterator[Hit]:
    """Mobile, ID and card numbers of which only the middle was covered."""
    for match in _HALF_MASKED.finditer(doc.folded.text):
        length = len(match.group())
        kind = Kind.MOBILE if length <= 12 else Kind.ID_NUMBER
        yield doc.hit(match.span(), kind=kind, rule="half-masked")
