"""One byte changed in any field of any line, head or seal never goes unseen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from workflow.append_only import lifted
from workflow.engine.journal_proof import verify
from workflow.engine.journal_seal import seal
from workflow.models import JournalHead, JournalLine, JournalSeal

from .conftest import NOON

pytestmark = pytest.mark.django_db

# The key of a head or a seal says nothing: nobody refers to it.
FIELDS = [
    (model, field.column)
    for model in (JournalLine, JournalHead, JournalSeal)
    for field in model._meta.local_concrete_fields
    if model is JournalLine or not field.primary_key
]


@pytest.fixture
def keys(lead, make_lead, write):
    """Lines, heads and seals, with every field filled in at least one of them."""
    write(make_lead("2"), 2, actor=None)
    [wrong] = write(lead, data={"a": "字", "b": [1, None, True], "c": {"d": "e\n"}})
    write(lead, corrects=wrong, late_reason="出差")
    seal(NOON.date(), now=NOON)
    write(lead, 2)
    seal(NOON.date() + timedelta(days=1), now=NOON + timedelta(days=1))
    write(lead, 1)
    connection.check_constraints()  # PostgreSQL alters no table that has checks to come
    return {model: list(model.objects.values_list("pk", flat=True)) for model, _ in FIELDS}


@pytest.mark.parametrize(("model", "column"), FIELDS)
def test_changed_byte_is_seen(keys, model, column):
    @given(st.sampled_from(sorted(keys[model])), st.integers(0, 200), st.integers(0, 255))
    def change(pk, at, to):
        with transaction.atomic():
            if damaged(model, pk, column, at=at, to=to):
                assert list(verify()), stored(model, pk, column)
            transaction.set_rollback(True)
        assert connection.in_atomic_block

    with lifted():
        change()


def damaged(model, pk, column, *, at, to):
    """Change one byte (or fill an empty field); False when the database refused the value.

    PostgreSQL values have types: the byte is changed in the value's text and the type reads it.
    """
    old = stored(model, pk, column)
    new = bytearray(old or b"7")
    if old:
        at %= len(new)
        new[at] = to if new[at] != to else to ^ 1
    table = model._meta.db_table
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                value, cast = bytes(new), "CAST(%s AS TEXT)"
            else:
                value, cast = new.decode("utf-8", "replace"), f"%s::{type_of(table, column)}"
            cursor.execute(f"UPDATE {table} SET {column} = {cast} WHERE id = %s", [value, pk])
    except (IntegrityError, DataError):
        return False
    key = f"{int(new)}" if column == "id" and new.isdigit() else pk
    return stored(model, key, column) != old


def stored(model, pk, column):
    """The bytes of a value as the database shows them, None for NULL."""
    kind = "BLOB" if connection.vendor == "sqlite" else "text"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT CAST({column} AS {kind}) FROM {model._meta.db_table} WHERE id = %s", [pk]
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    return row[0].encode() if isinstance(row[0], str) else bytes(row[0])


def type_of(table, column):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attname = %s",
            [table, column],
        )
        return cursor.fetchone()[0]
