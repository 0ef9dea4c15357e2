"""A query made once asks what the same query made anew would ask, and keeps no answer."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from accounts.models import Unit
from accounts.prepared import Prepared
from tests.accounts.people import make_unit
from workflow.engine import locking
from workflow.engine.bind import machines
from workflow.guards import documents

VALUES = {
    int: (1, 40, 7_000_000_000),
    str: ("case.decide", "", "甲'乙%s\"%%"),
    date: (date(2021, 7, 1), date(2024, 2, 29), date(1999, 12, 31)),
    datetime: tuple(datetime(2021, 7, day, 8, 30, 0, day, tzinfo=UTC) for day in (1, 2, 3)),
}


@pytest.mark.django_db
def test_every_prepared_query_is_the_query_made_anew():
    for name, model in machines().items():
        locking._locking(model)
        documents._required_of(name)
    assert len(Prepared.every) > 12
    for query in Prepared.every:
        for number in range(3):
            values = [VALUES[kind][(number + n) % 3] for n, kind in enumerate(query.kinds)]
            anew = query.build(*values).query.get_compiler("default").as_sql()
            assert query.statement(*values) == anew


@pytest.mark.django_db
def test_rows_are_those_of_the_query_and_read_every_time():
    above = Prepared(
        lambda depth, code: Unit.objects.filter(depth__gt=depth, code__gt=code), int, str
    )
    pairs = Prepared(lambda code: Unit.objects.filter(code=code).values_list("code", "depth"), str)
    flat = Prepared(lambda day: Unit.objects.filter(valid_from__lte=day).values_list(
        "valid_from", flat=True), date)  # fmt: skip
    root = make_unit("a", parent=None, name="局")

    assert (above.rows(0, "0"), pairs.rows("b"), pairs.first("b")) == ([root], [], None)

    leaf = make_unit("b", parent=root, name="所")
    assert (above.rows(1, "0"), above.first(1, "0")) == ([leaf], leaf)
    assert (pairs.rows("b"), pairs.first("b")) == ([("b", 2)], ("b", 2))
    assert flat.rows(date(2020, 1, 1)) == [leaf.valid_from] * 2
    assert above.rows(1, "0")[0] is not above.rows(1, "0")[0]


@pytest.mark.django_db
def test_statement_that_depends_on_the_value_is_refused():
    with pytest.raises(TypeError, match="compared as it is"):
        Prepared(lambda code: Unit.objects.filter(code__startswith=code), str).rows("a")
    by_day = Prepared(lambda day: Unit.objects.filter(valid_from=day), date)
    for wrong in (None, "2021-07-01", datetime(2021, 7, 1, tzinfo=UTC)):
        with pytest.raises(TypeError):
            by_day.rows(wrong)
    with pytest.raises(TypeError):
        by_day.rows()


@pytest.mark.django_db(transaction=True)
def test_threads_ask_over_their_own_connections():
    make_unit("a", parent=None, name="局")
    by_code = Prepared(lambda code: Unit.objects.filter(code=code), str)
    found = [by_code.first("a").name]

    def ask():
        found.append(by_code.first("a").name)
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["局"] * 5
