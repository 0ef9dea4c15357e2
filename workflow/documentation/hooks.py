"""``docs/plugins.md``: how a plugin is added, and every hook from its own docstring."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from workflow import plugin
from workflow.hooks import Hooks

HEAD = """\
# Plugins

Written by `manage.py life_cycles` from `workflow/hooks.py`; `make check` fails when it is stale.

A plugin is a folder that can be deleted: a Django app with a `PluginConfig` and a `plugin.py`
whose functions implement hooks. `manage.py plugins` lists those enabled, what each one hooks, and
those that are offered but not enabled.

## Add a plugin in eight steps

1. Make a folder with `apps.py`: a subclass of `workflow.plugin.PluginConfig` with `name`,
   `label`, `title` and, where it needs another plugin, `requires`. `workflow/plugins/watch/` is
   the smallest example; an outside package has the same drawers.
2. Write `plugin.py`: one function per hook, marked `@hookimpl`, with arguments named as below. It
   is a table of contents: what is hooked, while the answers lie in `transitions.py`, `guards.py`,
   …
3. Own tables? `models.py`, with foreign keys to `"workflow.Case"` or `"workflow.Lead"`, and
   `manage.py makemigrations <label> -n initial`: migrations lie in the plugin's folder.
4. Import `workflow.api` and `accounts` only (`workflow.plugin` in `apps.py` and `plugin.py`,
   which load before models), no other plugin. Never write a record's state: declare a transition.
5. A view fetches by `api.get_case(user, pk)`, which answers 404 out of scope.
6. An outside package offers itself in its `pyproject.toml`:
   `[project.entry-points."tiequan.plugins"]`, `label = "package.of.the.plugin"`.
7. Enable it: add its dotted path, or the name its entry point offers, to `TIEQUAN_PLUGINS`; then
   `manage.py migrate`.
8. `manage.py check --database default` and `make test`. Taking the name out of `TIEQUAN_PLUGINS`
   again must leave both green; the start is refused while records stand in a state the plugin
   brought.

## When a plugin fails

The core asks one plugin at a time, in the order of `TIEQUAN_PLUGINS`, and names the one that
fails: a guard that raises refuses the act, an effect that raises undoes it, a panel, column, link
or menu item shows a small error in its place, an announcement is tried again by `tick`, a periodic
job is reported, and a hook that is read at start-up (each says so below) stops the start-up:
`manage.py check`, the server and the worker refuse. `manage.py plugins` goes on, names every hook
that fails and ends with an error."""


def plugins_page() -> str:
    """The whole page; deterministic."""
    parts = [HEAD, "## Hooks", *(_hook(name, spec) for name, spec in hooks())]
    parts += ["## What hooks give and get", *(_type(kind) for kind in _types())]
    return "\n\n".join(parts) + "\n"


def hooks() -> Iterator[tuple[str, object]]:
    """(name, specification) of every hook, in the order of the file."""
    for name, spec in vars(Hooks).items():
        if hasattr(spec, f"{plugin.PROJECT}_spec"):
            yield name, spec


def _hook(name: str, spec: object) -> str:
    arguments = [a for a in inspect.signature(spec).parameters if a != "self"]  # type: ignore[arg-type]  # a function
    read = "\n\nRead at start-up." if getattr(spec, "at_start", False) else ""
    return f"### `{name}({', '.join(arguments)})`\n\n{inspect.getdoc(spec)}{read}"


def _types() -> tuple[type, ...]:
    return (
        plugin.Transition, plugin.State, plugin.Act, plugin.Attempt, plugin.Refusal, plugin.Panel,
        plugin.LedgerColumn, plugin.Channel, plugin.Job,
    )  # fmt: skip


def _type(kind: type) -> str:
    fields = ", ".join(f"`{name}`" for name in inspect.get_annotations(kind))
    return f"### `{kind.__name__}`\n\n{inspect.getdoc(kind)}\n\nFields: {fields}."
