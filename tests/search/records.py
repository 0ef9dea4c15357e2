"""Leads and cases with the text a search test needs, written past the machine."""

from __future__ import annotations

from itertools import count

from accounts.clock import now
from accounts.models import Unit
from tests.accounts.people import make_unit
from workflow.models import Case, Lead

_numbers = count(1)


def bureau() -> Unit:
    return Unit.objects.filter(code="search-bureau").first() or make_unit(
        "search-bureau", parent=None
    )


def make_case(facts: str = "", **fields) -> Case:
    number = next(_numbers)
    return Case.objects.create(
        facts=facts,
        **{
            "number": f"查{number:05d}",
            "title": "案",
            "cause": "案由",
            "unit": fields.pop("unit", None) or bureau(),
            "filed_at": now(),
            **fields,
        },
    )


def make_lead(content: str = "", **fields) -> Lead:
    number = next(_numbers)
    return Lead.objects.create(
        content=content,
        **{
            "number": f"索{number:05d}",
            "title": "线索",
            "channel": "patrol",
            "unit": fields.pop("unit", None) or bureau(),
            "received_at": now(),
            **fields,
        },
    )
