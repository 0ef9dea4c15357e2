"""A lead and a case with two parties, and a way to write journal lines as the engine would."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import transaction

from accounts.models import Authority, Unit, User
from workflow.clocks.follow import follow
from workflow.clocks.rule import BEIJING
from workflow.engine.journal import append
from workflow.models import (
    Case,
    CaseParty,
    Deadline,
    Decision,
    Handler,
    Lead,
    Party,
    Penalty,
    Reporter,
    Transfer,
)


def at(text):
    """A Beijing moment; a bare day is nine in the morning."""
    moment = datetime.fromisoformat(text if "T" in text else f"{text}T09:00")
    return moment.replace(tzinfo=BEIJING)


@pytest.fixture
def officer(db):
    return User.objects.create(username="wang", name="王小明")


@pytest.fixture
def unit(db):
    return Unit.add_root(
        code="clock-bureau", name="测试局", kind="bureau", valid_from=date(2019, 1, 1)
    )


@pytest.fixture
def lead(unit):
    return Lead.objects.create(
        number="线1", channel="own_finding", received_at=at("2021-08-02"), title="线索",
        content="内容", unit=unit,
    )  # fmt: skip


@pytest.fixture
def case(unit, lead):
    return Case.objects.create(
        number="案1", title="某店案", cause="销售", lead=lead, unit=unit, filed_at=at("2021-08-02")
    )


@pytest.fixture
def parties(case):
    return [
        CaseParty.objects.create(
            case=case,
            order=order,
            party=Party.objects.create(kind="enterprise", name=name, normalized_name=name),
        )
        for order, name in enumerate(["甲店", "乙店"], start=1)
    ]


@pytest.fixture
def handler(case, officer):
    return Handler.objects.create(case=case, user=officer)


@pytest.fixture
def transfer(case, unit):
    authority = Authority.objects.create(
        code="police-x", name="县公安局", kind="police", level="county"
    )
    return Transfer.objects.create(
        number="移1", kind="criminal", case=case, unit=unit, authority=authority, facts="事实"
    )


@pytest.fixture
def reporter(lead):
    return Reporter.objects.create(lead=lead, kind="real_name", name="举报人")


@pytest.fixture
def write(officer):
    """Write one line about a record and let the clocks follow it."""

    def write(record, verb, acted, /, *, source="", corrects=None, **data):
        with transaction.atomic():
            line = append(
                record, verb=verb, actor=officer, acted_at=at(acted), source=source, data=data,
                corrects=corrects,
            )  # fmt: skip
            line.changed = follow(line)
        return line

    return write


@pytest.fixture
def decide(officer):
    """An issued decision against one party, with a fine unless told otherwise."""

    def decide(case_party, *, number, fine=100_000):
        decision = Decision.objects.create(
            case_party=case_party, round=1, kind="penalty", status="issued", number=number,
            party_identity="甲店", facts="事实", basis="依据", remedies="救济", authority="测试局",
            decided_at=at("2021-09-01"), drafted_by=officer,
        )  # fmt: skip
        kind = {"kind": "fine", "amount_fen": fine} if fine else {"kind": "warning"}
        return Penalty.objects.create(decision=decision, **kind)

    return decide


@pytest.fixture
def states(db):
    """What all limits of a code say: (key, due, state)."""

    def states(code):
        rows = Deadline.objects.filter(code=code).order_by("pk")
        return [(row.key, row.due_on and row.due_on.isoformat(), row.state) for row in rows]

    return states
