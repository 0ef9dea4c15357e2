"""What stops the start-up: plugins that fail, rows in states nobody knows, missing triggers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from workflow import list_keys
from workflow.append_only import faults
from workflow.engine import registry
from workflow.engine.bind import known_states, machines
from workflow.models import KnownState


@checks.register()
def check_plugins(**kwargs: Any) -> list[checks.CheckMessage]:
    """Error for every hook of the start-up, with its plugin, that fails when it is read."""
    return [
        checks.Error(
            fault,
            hint="Mend the plugin, or take it out of TIEQUAN_PLUGINS.",
            id="workflow.E030",
        )
        for fault in registry.faults()
    ]


def require_plugins() -> None:
    """Refuse to serve while a plugin fails in a hook of the start-up; ``ImproperlyConfigured``."""
    if found := registry.faults():
        raise ImproperlyConfigured(
            f"{' '.join(found)} Mend the plugin, or take it out of TIEQUAN_PLUGINS."
        )


@checks.register(checks.Tags.database)
def check_states(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """Error for every state in the tables that no enabled machine knows, and whose it was."""
    if sys.argv[1:2] in (["migrate"], ["makemigrations"]) or not databases:
        return []
    return [
        checks.Error(
            f"{count} rows of {machine} stand at “{state}”, a state of {owner}.",
            hint="Enable the plugin again (TIEQUAN_PLUGINS), or move these records first.",
            id="workflow.E020",
        )
        for machine, state, owner, count in stranded_rows()
    ]


def stranded_rows() -> list[tuple[str, str, str, int]]:
    """(machine, state, plugin it came from, rows) of rows in states no enabled machine knows."""
    found = []
    for name, model in machines().items():
        known = known_states(name)
        rows = model._base_manager.exclude(state__in=known).values_list("state", flat=True)
        try:
            states = sorted(set(rows[:1000]))
        except DatabaseError:
            return []  # the tables are not there yet: migrate comes first
        for state in states:
            owner = KnownState.objects.filter(machine=name, code=state).first()
            plugin = f"the plugin {owner.plugin}" if owner else "no plugin ever seen here"
            found.append((name, state, plugin, model._base_manager.filter(state=state).count()))
    return found


def require_known_states() -> None:
    """Refuse to serve while rows stand in states nobody knows; raises ``ImproperlyConfigured``."""
    if found := stranded_rows():
        said = "; ".join(f"{n} of {m} at “{state}”, of {owner}" for m, state, owner, n in found)
        raise ImproperlyConfigured(
            f"Records stand in states no enabled machine knows: {said}. "
            "Enable the plugin again (TIEQUAN_PLUGINS), or move these records first."
        )


def require_kept_tables() -> None:
    """Refuse to serve while an append-only table could be rewritten; ``ImproperlyConfigured``."""
    if found := faults():
        raise ImproperlyConfigured(
            f"Append-only tables are not kept: {' '.join(found)} "
            "Run manage.py migrate; if it comes back, ask who changed the database."
        )


def require_list_keys() -> None:
    """Refuse to serve while lists could show old orders and counts; ``ImproperlyConfigured``."""
    if found := list_keys.faults():
        raise ImproperlyConfigured(f"Keys of lists are not kept: {' '.join(found)} Run migrate.")


def require_sound_database() -> None:
    """What every process that serves or works asks first. Raises ``ImproperlyConfigured``."""
    require_plugins()
    require_kept_tables()
    require_list_keys()
    require_known_states()


def remember_states() -> None:
    """Note which plugin brought which state, for the day it is gone (after ``migrate``)."""
    from workflow.engine.bind import state_owners

    for (machine, code), plugin in state_owners().items():
        KnownState.objects.update_or_create(machine=machine, code=code, defaults={"plugin": plugin})
