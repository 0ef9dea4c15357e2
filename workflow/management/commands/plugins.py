"""`manage.py plugins`: what is enabled, what each plugin hooks, what is offered besides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from workflow.engine import registry
from workflow.offered import distributions, offered
from workflow.plugin import PluginConfig

#: Hooks that are read once, at start-up, and what names one thing they declare.
NAMED = {
    "acts": "codename", "states": "code", "transitions": "name", "lead_channels": "code",
    "ledger_columns": "code", "periodic_jobs": "name",
}  # fmt: skip
BY_TRANSITION = ("guards", "effects", "announcements")


class Command(BaseCommand):
    help = "List the enabled plugins in their order, and those that are offered besides."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        applied, configs = _applied(), registry.plugin_configs()
        for place, config in enumerate(configs, start=1):
            self.stdout.write(f"{place}. {config.label} · {config.title} ({_origin(config)})")
            for line in (*_requires(config), *_hooked(config.label), *_migrated(config, applied)):
                self.stdout.write(f"   {line}")
        if not configs:
            self.stdout.write("No plugin is enabled (TIEQUAN_PLUGINS).")
        enabled = {config.name for config in configs}
        for name, path in offered().items():
            if path.removesuffix(".apps") not in enabled:
                whose = distributions().get(name, "")
                self.stdout.write(f"offered, not enabled: {name} ({path}, {whose})")


def _origin(config: PluginConfig) -> str:
    names = {path: name for name, path in offered().items()}
    package = distributions().get(names.get(config.name, ""), "built in")
    return f"{config.name}, {package}"


def _requires(config: PluginConfig) -> Iterator[str]:
    if config.requires:
        yield f"requires: {', '.join(config.requires)}"


def _hooked(label: str) -> Iterator[str]:
    """One line per hook the plugin implements, with what it declares there."""
    for hook in registry.hook_names():
        functions = dict(registry.implementations(hook))
        if label in functions:
            said = ", ".join(_declared(hook, functions[label]))
            yield f"{hook}: {said}" if said else hook


def _declared(hook: str, implementation: Any) -> Iterator[str]:
    if hook in NAMED:
        yield from (str(getattr(item, NAMED[hook])) for item in implementation.function() or ())
    elif hook in BY_TRANSITION:
        for name, functions in (implementation.function() or {}).items():
            called = (getattr(f, "__name__", getattr(f, "name", repr(f))) for f in functions)
            yield f"{name} ({', '.join(called)})"
    elif hook == "clocks":
        yield from (str(entry.get("code")) for entry in implementation.function() or ())
    elif hook == "machines":
        yield from implementation.function() or ()


def _applied() -> set[tuple[str, str]] | None:
    """Applied migrations; None while there is no database to ask."""
    try:
        return set(MigrationLoader(connection).applied_migrations)
    except DatabaseError:
        return None


def _migrated(config: PluginConfig, applied: set[tuple[str, str]] | None) -> Iterator[str]:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    own = sorted(key for key in known if key[0] == config.label)
    if not own:
        return
    if applied is None:
        yield f"migrations: {len(own)}, the database does not answer"
    elif waiting := [name for label, name in own if (label, name) not in applied]:
        yield f"migrations: {', '.join(waiting)} not applied: run manage.py migrate"
    else:
        yield f"migrations: {len(own)} applied"
