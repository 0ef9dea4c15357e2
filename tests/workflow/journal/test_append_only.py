"""The database's own refusal, on whichever database the settings give."""

from __future__ import annotations

import sys

import pytest
from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate

from workflow.append_only import append_only, faults, install, lifted, registered
from workflow.append_only_triggers import Table
from workflow.engine.journal_seal import seal
from workflow.models import JournalHead, JournalLine, JournalSeal
from workflow.models.journal import AppendOnlyModel

from .conftest import NOON

pytestmark = pytest.mark.django_db

OURS = [JournalLine, JournalSeal, JournalHead]


def run(sql, params=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.fixture
def written(lead, write):
    write(lead, 2)
    seal(NOON.date(), now=NOON)
    connection.check_constraints()  # as the commit would: PostgreSQL puts them off till then


def content():
    return {model: list(model.objects.order_by("pk").values()) for model in OURS}


def test_journal_tables_are_registered():
    assert set(OURS) <= set(registered())


def test_every_append_only_model_is_registered():
    declared = {model for model in apps.get_models() if issubclass(model, AppendOnlyModel)}

    assert declared <= set(registered())


@pytest.mark.parametrize("model", OURS)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET id = id",
        "UPDATE {} SET id = id + 1000",
        "DELETE FROM {}",
        "DELETE FROM {} WHERE id = (SELECT max(id) FROM {})",
    ],
)
def test_raw_change_is_refused(written, model, sql):
    before = content()

    with pytest.raises(IntegrityError, match="append-only"):
        run(sql.format(*[model._meta.db_table] * 2))

    assert content() == before


@pytest.mark.parametrize("model", OURS)
def test_emptying_a_table_at_once_is_refused(written, model):
    sql = "DELETE FROM {}" if connection.vendor == "sqlite" else "TRUNCATE {} CASCADE"

    with pytest.raises(IntegrityError, match="append-only"):
        run(sql.format(model._meta.db_table))

    assert model.objects.exists()


def test_emptying_the_leads_does_not_take_the_journal_along(written):
    refused = "invalid foreign key|append-only"
    sql = (
        "DELETE FROM workflow_lead"
        if connection.vendor == "sqlite"
        else "TRUNCATE workflow_lead CASCADE"
    )

    def empty():
        with transaction.atomic():
            run(sql)
            connection.check_constraints()  # as the commit would

    with pytest.raises(IntegrityError, match=refused):
        empty()

    assert JournalLine.objects.count() == 2


@pytest.mark.parametrize("key", ["id", "record_id"])
def test_replacing_a_row_is_refused(written, key):
    """SQLite's REPLACE deletes the old row without asking the delete trigger."""
    columns = [field.column for field in JournalLine._meta.local_concrete_fields]
    picked = ", ".join(columns)
    changed = ", ".join("'forged'" if c == "reason" else c for c in columns)
    if key == "record_id":  # not the same row number, but the same record and line number
        changed = changed.replace("id", "id + 1000", 1)
    verb, upsert = (
        ("INSERT OR REPLACE", "")
        if connection.vendor == "sqlite"
        else (
            "INSERT",
            f"ON CONFLICT ({'id' if key == 'id' else 'record_type, record_id, seq'})"
            " DO UPDATE SET reason = excluded.reason",
        )
    )

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"{verb} INTO workflow_journalline ({picked})"
            f" SELECT {changed} FROM workflow_journalline WHERE seq = 1 {upsert}"
        )

    assert not JournalLine.objects.filter(reason="forged").exists()


def test_head_advances_by_one_line_only(written):
    head = JournalHead.objects.get()

    for change in ("seq = seq - 1", "seq = seq + 2", "seq = seq + 1, record_id = record_id + 1"):
        with pytest.raises(IntegrityError, match="append-only"):
            run(f"UPDATE workflow_journalhead SET {change}")
    with pytest.raises(IntegrityError, match="append-only"):
        run("UPDATE workflow_journalhead SET hash = 'forged'")
    run("UPDATE workflow_journalhead SET seq = seq + 1")

    assert JournalHead.objects.get().seq == head.seq + 1


def test_install_again_changes_nothing():
    assert (faults(), install()) == ([], [])


def test_check_passes_with_the_triggers_in_place():
    call_command("check", databases=["default"], tags=["database"])


def drop_one():
    table = JournalLine._meta.db_table
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER {table}_append_only_delete"]
    return [f"DROP TRIGGER {table}_append_only_truncate ON {table}"]


def weaken_one():
    table = JournalSeal._meta.db_table
    if connection.vendor == "sqlite":
        return [
            f"DROP TRIGGER {table}_append_only_update",
            f"CREATE TRIGGER {table}_append_only_update BEFORE UPDATE ON {table}"
            " WHEN OLD.id < 0 BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$BEGIN RETURN NEW; END$$"
    ]


def disable_one():
    table = JournalHead._meta.db_table
    if connection.vendor == "sqlite":
        return [f"DROP TRIGGER {table}_append_only_insert"]
    return [f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only_row"]


@pytest.mark.parametrize("damage", [drop_one, weaken_one, disable_one])
def test_check_refuses_missing_or_altered_triggers_and_install_mends_them(damage):
    for statement in damage():
        run(statement)

    with pytest.raises(SystemCheckError, match=r"workflow\.E010"):
        call_command("check", databases=["default"], tags=["database"])
    assert len(install()) == 1
    assert faults() == []


def test_check_lets_migrate_run_because_it_is_the_cure(monkeypatch):
    for statement in drop_one():
        run(statement)
    monkeypatch.setattr(sys, "argv", ["manage.py", "migrate"])

    assert checks.run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_triggers_come_back_after_a_migration_remade_the_table(lead, write):
    """SQLite remakes the table on AlterField and drops its triggers on the way."""
    write(lead, 2)
    old = JournalLine._meta.get_field("verb")
    new = models.CharField(max_length=120)
    new.set_attributes_from_name("verb")
    new.model = JournalLine

    with connection.schema_editor() as editor:
        editor.alter_field(JournalLine, old, new)
    workflow = apps.get_app_config("workflow")
    post_migrate.send(workflow, app_config=workflow, verbosity=0, using="default")

    assert faults() == []
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM workflow_journalline")
    assert JournalLine.objects.count() == 2


def test_lifted_puts_the_triggers_back_even_after_a_failure():
    def fail():
        with lifted():
            assert faults()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert faults() == []


@pytest.mark.parametrize("testing", [False, None, 1])
def test_lifted_is_refused_outside_the_suite(settings, testing):
    settings.TESTING = testing

    with pytest.raises(ImproperlyConfigured), lifted():
        pytest.fail("the triggers were lifted")

    assert faults() == []


def test_a_table_with_an_odd_name_is_refused(monkeypatch):
    monkeypatch.setattr(JournalLine._meta, "db_table", 'x"; DROP TABLE y')

    with pytest.raises(ValueError, match="no name"):
        Table.of(JournalLine, advances="")


def test_append_only_returns_the_model_as_a_decorator_must():
    assert append_only(JournalLine) is JournalLine
