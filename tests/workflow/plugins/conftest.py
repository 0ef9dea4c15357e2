"""A plugin made in a test: enabled for it, and gone after it."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from django.apps import apps

from workflow.engine.bind import bind
from workflow.plugin import PluginConfig, hookimpl


def marked(name, answer):
    """A hook called ``name`` that gives ``answer`` (or raises it)."""

    def hook():
        if isinstance(answer, Exception):
            raise answer
        return answer

    hook.__name__ = name
    return hookimpl(hook)


@pytest.fixture
def enable():
    """Enables a plugin that is made here; the real ones are bound again afterwards."""
    made = []

    def enable(label="wrong", requires=(), **functions):
        module, hooks = ModuleType(label), ModuleType(f"{label}.plugin")
        module.__file__ = __file__
        vars(hooks).update(functions)
        sys.modules[label], sys.modules[f"{label}.plugin"] = module, hooks
        config = type("Config", (PluginConfig,), {"label": label, "requires": requires})
        apps.app_configs[label] = made_here = config(label, module)
        made_here.apps, made_here.models = apps, {}
        made.append(label)

    yield enable
    for label in made:
        apps.app_configs.pop(label, None)
        del sys.modules[label], sys.modules[f"{label}.plugin"]
    bind()
