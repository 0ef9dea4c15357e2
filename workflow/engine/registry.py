"""The enabled plugins, and how the core asks them: one at a time, in order, naming the culprit."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from types import ModuleType
from typing import Any

import pluggy
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from workflow.hooks import Hooks
from workflow.plugin import PROJECT, PluginConfig

logger = logging.getLogger(__name__)
_manager: pluggy.PluginManager | None = None


def plugin_configs() -> list[PluginConfig]:
    """Enabled plugins in the order of the settings."""
    return [config for config in apps.get_app_configs() if isinstance(config, PluginConfig)]


def load() -> None:
    """Import every plugin's ``plugin.py`` and hold it against the hook specifications.

    Raises ``ImproperlyConfigured``, naming the plugin and what to do, for one without a config or
    without a ``plugin.py``, and for a hook that is not specified, has unknown arguments or lacks
    its mark.
    """
    global _manager
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    _require_configs()
    for config in plugin_configs():
        module = _hooks_of(config)
        try:
            manager.register(module, name=config.label)
            _require_known_hooks(manager, config.label, module)
        except pluggy.PluginValidationError as error:
            raise ImproperlyConfigured(f"Plugin {config.label}: {error}") from error
    _manager = manager


def _require_configs() -> None:
    """Every name of TIEQUAN_PLUGINS must have become a plugin: Django takes any package."""
    known = {config.name for config in plugin_configs()}
    known |= {f"{type(c).__module__}.{type(c).__qualname__}" for c in plugin_configs()}
    for path in settings.TIEQUAN_PLUGINS:
        if path not in known:
            raise ImproperlyConfigured(
                f"Plugin {path} has no PluginConfig: subclass workflow.plugin.PluginConfig in "
                f"{path}.apps, or take it out of TIEQUAN_PLUGINS."
            )


def _hooks_of(config: PluginConfig) -> ModuleType:
    path = f"{config.name}.plugin"
    try:
        return import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise  # something the plugin itself imports is missing: the traceback says what
        raise ImproperlyConfigured(
            f"Plugin {config.label} has no {path}: write one, with a function for every hook."
        ) from error


def _require_known_hooks(manager: pluggy.PluginManager, label: str, module: ModuleType) -> None:
    """Every marked function is a hook, and every function that is called like a hook is marked."""
    specified = set(hook_names())
    for name, function in vars(module).items():
        options = manager.parse_hookimpl_opts(module, name)
        if options is not None and (options["specname"] or name) not in specified:
            raise ImproperlyConfigured(
                f"Plugin {label}: {name}() is no hook. Hooks are {', '.join(sorted(specified))}."
            )
        if name in specified and options is None and inspect.isfunction(function):
            raise ImproperlyConfigured(
                f"Plugin {label}: {name}() is called like a hook and lacks its mark, @hookimpl."
            )


def hook_names() -> list[str]:
    """Every hook there is, in the order of their specification."""
    return [name for name, spec in vars(Hooks).items() if hasattr(spec, f"{PROJECT}_spec")]


def hooks_at_start() -> list[str]:
    """The hooks whose failure stops the start-up, in the order of their specification."""
    return [name for name in hook_names() if getattr(vars(Hooks)[name], "at_start", False)]


def implementations(hook: str) -> Iterator[tuple[str, Any]]:
    """(plugin label, function) for every plugin that implements ``hook``, in settings order."""
    if _manager is None:
        return
    found = {impl.plugin_name: impl for impl in getattr(_manager.hook, hook).get_hookimpls()}
    for config in plugin_configs():
        if config.label in found:
            yield config.label, found[config.label]


def declared(hook: str) -> Iterator[tuple[str, Any]]:
    """(plugin label, what it declares) for a hook that is read once, at start-up.

    Raises ``ImproperlyConfigured`` naming the plugin that fails.
    """
    for label, impl in implementations(hook):
        yield label, declaration(label, hook, impl)


def declaration(label: str, hook: str, impl: Any) -> Any:
    """What one plugin declares by a hook without arguments: a dict or a list.

    Raises ``ImproperlyConfigured`` naming plugin, hook and error.
    """
    try:
        answer = impl.function()
        return dict(answer) if hasattr(answer, "keys") else list(answer or ())
    except Exception as error:
        raise ImproperlyConfigured(f"Plugin {label}: {hook}() failed: {error!r}") from error


def faults() -> list[str]:
    """One sentence for every plugin and hook of the start-up that fails when it is read now."""
    found = []
    for hook in hooks_at_start():
        for label, impl in implementations(hook):
            try:
                declaration(label, hook, impl)
            except ImproperlyConfigured as error:
                found.append(str(error))
    return found


def ask(hook: str, **arguments: Any) -> Iterator[tuple[str, list[Any], Exception | None]]:
    """(plugin label, answers, error) at run time; one plugin's error does not silence the next."""
    for label, impl in implementations(hook):
        wanted = {name: arguments[name] for name in impl.argnames}
        try:
            with savepoint():
                answer = list(impl.function(**wanted) or ())
        except Exception as error:
            logger.exception("Plugin %s failed in %s", label, hook)
            yield label, [], error
        else:
            yield label, answer, None


def savepoint() -> AbstractContextManager[object]:
    """Within a transaction, a plugin's failed query must not spoil what the core does next."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
