"""A lead of one officer, a way to write its journal, and a way to tamper with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from accounts.models import Unit, User
from workflow.append_only import lifted
from workflow.engine.journal import append
from workflow.models import Lead

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return User.objects.create(username="wang", name="王小明")


@pytest.fixture
def unit(db):
    return Unit.objects.filter(depth=1).first() or Unit.add_root(
        code="bureau", name="东至县市场监督管理局", kind="bureau"
    )


@pytest.fixture
def make_lead(unit):
    def make(number: str) -> Lead:
        return Lead.objects.create(
            number=number,
            channel="own_finding",
            received_at=NOON,
            title=f"线索{number}",
            content="有人举报",
            unit=unit,
        )

    return make


@pytest.fixture
def lead(make_lead):
    return make_lead("东市监线〔2026〕1号")


@pytest.fixture
def write(officer):
    """Write lines on a record, as the engine would."""

    def write(record, lines=1, **given):
        with transaction.atomic():
            return [
                append(
                    record,
                    **{
                        "verb": "lead.verify",
                        "actor": officer,
                        "actor_role": "办案人员",
                        "acted_at": NOON,
                        "source": "registered",
                        "target": "verifying",
                        "data": {"note": "现场核查", "count": n},
                        "reason": "群众举报",
                        **given,
                    },
                )
                for n in range(lines)
            ]

    return write


@pytest.fixture
def tamper(db):
    """Run SQL past the triggers, as somebody with the database's password could."""

    def tamper(sql, params=()):
        connection.check_constraints()  # PostgreSQL alters no table that has checks to come
        with lifted(), connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.rowcount

    return tamper
