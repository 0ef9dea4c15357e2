"""What a step would be refused for, by code."""

from __future__ import annotations

from tests.casework import reload
from workflow import api


def codes(record, name: str, actor, data=None) -> list[str]:
    """Codes of the refusals of a step, as the page would list them."""
    attempt = api.attempt_of(reload(record), name, actor, data=data)
    return [refusal.code for refusal in api.refusals(attempt)]
