"""`manage.py plugins`: what is enabled, what each plugin hooks, what is offered besides."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from workflow.engine import registry
from workflow.hooks import Hooks
from workflow.offered import distributions, offered
from workflow.plugin import PluginConfig

#: What names one thing that a hook declares, where it is not said by ``code``.
NAMED = {
    "acts": "codename", "transitions": "name", "periodic_jobs": "name", "menu_items": "label",
    "urls": "name",
}  # fmt: skip
BY_TRANSITION = ("guards", "effects", "announcements")


class Command(BaseCommand):
    """The exit code is 1 when a plugin failed while it was asked what it declares."""

    help = "List the enabled plugins in their order, and those that are offered besides."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        applied, configs = _applied(), registry.plugin_configs()
        known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        self.failed: list[str] = []
        for place, config in enumerate(configs, start=1):
            self.stdout.write(f"{place}. {config.label} · {config.title} ({_origin(config)})")
            lines = (*_requires(config), *self._hooked(config), *_migrated(config, known, applied))
            self.stdout.write("".join(f"   {line}\n" for line in lines), ending="")
        if not configs:
            self.stdout.write("No plugin is enabled (TIEQUAN_PLUGINS).")
        enabled = {config.name for config in configs}
        for name, path in offered().items():
            if path.removesuffix(".apps") not in enabled:
                whose = distributions().get(name, "")
                self.stdout.write(f"offered, not enabled: {name} ({path}, {whose})")
        if self.failed:
            raise CommandError("\n".join(self.failed))

    def _hooked(self, config: PluginConfig) -> Iterator[str]:
        """One line per hook the plugin implements, with what it declares there."""
        for hook in registry.hook_names():
            functions = dict(registry.implementations(hook))
            if config.label in functions:
                try:
                    said = ", ".join(_declared(hook, functions[config.label].function))
                    yield f"{hook}: {said}" if said else hook
                except Exception as error:  # one hook's fault is told, the others are still listed
                    self.failed.append(f"Plugin {config.label}: {hook}() failed: {error!r}")
                    yield f"{hook}: failed: {error!r}"


def _origin(config: PluginConfig) -> str:
    names = {path: name for name, path in offered().items()}
    package = distributions().get(names.get(config.name, ""), "built in")
    return f"{config.name}, {package}"


def _requires(config: PluginConfig) -> Iterator[str]:
    if config.requires:
        yield f"requires: {', '.join(config.requires)}"


def _declared(hook: str, function: Any) -> Iterator[str]:
    """Names of what is declared; nothing of a hook that is asked about a case or a person."""
    if len(inspect.signature(getattr(Hooks, hook)).parameters) > 1:
        return
    declared = function() or ()
    if hook in BY_TRANSITION:
        for name, functions in dict(declared).items():
            called = (getattr(f, "__name__", getattr(f, "name", repr(f))) for f in functions)
            yield f"{name} ({', '.join(called)})"
    elif hook == "machines":
        yield from declared
    else:
        yield from (_name(item, NAMED.get(hook, "code")) for item in declared)


def _name(item: Any, by: str) -> str:
    return str(item.get(by) if hasattr(item, "get") else getattr(item, by, item))


def _applied() -> set[tuple[str, str]] | None:
    """Applied migrations; None while there is no database to ask."""
    try:
        return set(MigrationLoader(connection).applied_migrations)
    except DatabaseError:
        return None


def _migrated(
    config: PluginConfig, known: Iterable[tuple[str, str]], applied: set[tuple[str, str]] | None
) -> Iterator[str]:
    own = sorted(key for key in known if key[0] == config.label)
    if not own:
        return
    if applied is None:
        yield f"migrations: {len(own)}, the database does not answer"
    elif waiting := [name for label, name in own if (label, name) not in applied]:
        yield f"migrations: {', '.join(waiting)} not applied: run manage.py migrate"
    else:
        yield f"migrations: {len(own)} applied"
