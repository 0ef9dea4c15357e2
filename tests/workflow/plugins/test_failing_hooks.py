"""A plugin that fails in a hook: the start is refused, the list goes on, the tables are kept.

The hooks are read from their specification: a new one is tried without a line here.
"""

from __future__ import annotations

import inspect
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from tests.workflow.plugins.conftest import marked
from workflow import append_only
from workflow.checks import require_sound_database
from workflow.engine import registry
from workflow.engine.bind import bind
from workflow.hooks import Hooks
from workflow.models import JournalLine

#: Every hook of the specification that is asked about nothing and nobody.
WITHOUT_ARGUMENTS = [
    hook
    for hook in registry.hook_names()
    if len(inspect.signature(getattr(Hooks, hook)).parameters) == 1
]


@pytest.mark.parametrize("hook", registry.hooks_at_start())
def test_hook_that_fails_at_start_up(db, enable, hook):
    enable(**{hook: marked(hook, RuntimeError("boom"))})

    def start():
        bind()
        require_sound_database()

    with pytest.raises(ImproperlyConfigured) as refused:
        start()

    assert str(refused.value).startswith(f"Plugin wrong: {hook}() failed: RuntimeError('boom')")


@pytest.mark.parametrize("hook", ["clocks", "document_templates", "urls"])
def test_check_names_a_hook_that_is_read_after_the_machines_are_bound(enable, hook):
    enable(**{hook: marked(hook, RuntimeError("boom"))})
    bind()

    with pytest.raises(SystemCheckError) as refused:
        call_command("check")

    assert f"(workflow.E030) Plugin wrong: {hook}() failed: RuntimeError('boom')" in str(
        refused.value
    )


@pytest.mark.parametrize("hook", WITHOUT_ARGUMENTS)
def test_list_of_plugins_names_the_one_that_fails_and_goes_on(db, enable, hook):
    enable(**{hook: marked(hook, RuntimeError("boom"))})
    enable("later")
    registry.load()
    listed = StringIO()

    with pytest.raises(CommandError) as failed:
        call_command("plugins", stdout=listed)

    lines = listed.getvalue().splitlines()
    assert str(failed.value) == f"Plugin wrong: {hook}() failed: RuntimeError('boom')"
    assert f"   {hook}: failed: RuntimeError('boom')" in lines
    assert [line.split()[1] for line in lines if line[0].isdigit()][-2:] == ["wrong", "later"]


def lose_a_trigger():
    table = JournalLine._meta.db_table
    lost = "truncate ON " + table if connection.vendor == "postgresql" else "update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_append_only_{lost}")
    assert append_only.faults() != []


@pytest.mark.parametrize("hook", ["clocks", "document_templates"])
def test_tables_are_kept_where_a_plugin_fails_after_the_migrations(db, enable, hook):
    enable(**{hook: marked(hook, RuntimeError("boom"))})
    bind()
    lose_a_trigger()

    with pytest.raises(ImproperlyConfigured, match=rf"Plugin wrong: {hook}\(\) failed: "):
        call_command("migrate", verbosity=0)

    assert append_only.faults() == []


def test_next_run_mends_what_was_broken_off_after_the_migrations(db):
    lose_a_trigger()

    call_command("prepare", stdout=StringIO())

    assert append_only.faults() == []
