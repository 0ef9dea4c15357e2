"""A plugin that is wrong stops the start-up: by its name, and with what to do."""

from __future__ import annotations

import inspect
import sys
from io import StringIO
from types import ModuleType

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from workflow import append_only
from workflow.checks import require_sound_database
from workflow.engine import registry
from workflow.engine.bind import bind, catalogue
from workflow.hooks import Hooks
from workflow.models import JournalLine
from workflow.offered import resolve
from workflow.plugin import Act, Channel, PluginConfig, State, Transition, guard, hookimpl

#: Every hook of the specification that is asked about nothing and nobody.
WITHOUT_ARGUMENTS = [
    hook
    for hook in registry.hook_names()
    if len(inspect.signature(getattr(Hooks, hook)).parameters) == 1
]


def marked(name, answer):
    """A hook called ``name`` that gives ``answer`` (or raises it)."""

    def hook():
        if isinstance(answer, Exception):
            raise answer
        return answer

    hook.__name__ = name
    return hookimpl(hook)


def named(function, name):
    function.__name__ = name
    return function


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


def refused() -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        bind()
    return str(caught.value)


def transition(name="case.fly", **fields) -> Transition:
    fields = {"sources": ("investigating",), "target": "closed", **fields}
    return Transition(name=name, label="飞", permission="investigate_case", **fields)


def test_good_plugin_is_bound(enable):
    enable(transitions=marked("transitions", [transition()]))

    bind()

    assert catalogue()["case.fly"].owner == "wrong"


def test_misspelt_hook(enable):
    enable(gaurds=marked("gaurds", {}))

    assert refused().startswith("Plugin wrong: gaurds() is no hook. Hooks are actions, acts, ")


def test_hook_without_its_mark(enable):
    enable(guards=lambda: {})

    assert refused() == (
        "Plugin wrong: guards() is called like a hook and lacks its mark, @hookimpl."
    )


def test_hook_with_an_argument_nobody_gives(enable):
    def case_panels(case, person):
        return []

    enable(case_panels=hookimpl(case_panels))

    assert refused().startswith("Plugin wrong: ")


def test_doubled_transition(enable):
    enable(transitions=marked("transitions", [transition("case.close")]))

    assert refused() == "Plugin wrong: transition case.close is declared by core already."


def test_transition_between_unknown_states(enable):
    enable(transitions=marked("transitions", [transition(sources=("at_sea",))]))

    assert refused() == "Plugin wrong: case.fly names unknown states ['at_sea']."


def test_transition_of_no_machine(enable):
    enable(transitions=marked("transitions", [transition("ship.sail")]))

    assert refused() == "Plugin wrong: ship.sail names no known machine."


def test_transition_nobody_has_a_right_to(enable):
    wrong = Transition(
        name="case.fly", label="飞", sources=("investigating",), target="closed", permission="fly"
    )
    enable(transitions=marked("transitions", [wrong]))

    assert refused() == "Plugin wrong: case.fly names unknown acts ['fly']."


def test_state_that_exists(enable):
    enable(states=marked("states", [State(machine="case", code="closed", label="结案")]))

    assert refused() == "Plugin wrong: state case/closed exists already."


def test_state_of_no_machine(enable):
    enable(states=marked("states", [State(machine="ship", code="sunk", label="沉没")]))

    assert refused() == "Plugin wrong: no machine ship."


def test_machine_that_exists(enable):
    enable(machines=marked("machines", {"case": "workflow.Lead"}))

    assert refused() == "Plugin wrong: machine case exists already."


@pytest.mark.parametrize("kind", ["guards", "effects", "announcements"])
def test_hooking_onto_a_transition_nobody_declares(enable, kind):
    enable(**{kind: marked(kind, {"case.cloze": []})})

    assert refused().startswith(f"Plugin wrong: {kind} for case.cloze, a transition nobody decl")


def test_guard_that_does_not_say_what_it_reads(enable):
    enable(guards=marked("guards", {"case.close": [lambda attempt: None]}))

    assert refused() == "Plugin wrong: a guard of case.close lacks @guard."


def test_guard_that_says_it_is_bound(enable):
    fine = guard(reads="record")(named(lambda attempt: None, "fine"))
    enable(guards=marked("guards", {"case.close": [fine]}))

    bind()

    assert ("wrong", fine) in catalogue()["case.close"].guards


def test_act_of_unknown_roles(enable):
    enable(acts=marked("acts", [Act(codename="fly_case", label="飞", roles=("pilot",))]))

    assert refused().startswith("Plugin wrong: Act 'fly_case' names unknown roles")


def test_requirement_that_is_not_enabled(enable):
    enable(requires=("lab_test",))

    assert refused() == "Plugin wrong requires lab_test: add it to TIEQUAN_PLUGINS."


def test_plugin_without_a_config(settings):
    settings.TIEQUAN_PLUGINS = ["search.backends"]

    with pytest.raises(ImproperlyConfigured, match=r"Plugin search\.backends has no PluginConfig"):
        registry.load()


def test_plugin_without_hooks(enable):
    enable()
    hooks = sys.modules.pop("wrong.plugin")
    try:
        assert refused() == (
            "Plugin wrong has no wrong.plugin: write one, with a function for every hook."
        )
    finally:
        sys.modules["wrong.plugin"] = hooks


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
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {table}_append_only_update{on}")
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


def test_every_hook_has_its_sentence():
    specified = registry.hook_names()

    assert set(registry.hooks_at_start()) < set(specified)
    assert [name for name in specified if not getattr(Hooks, name).__doc__] == []


def test_added_channel_goes_with_its_plugin(enable):
    from workflow.channels import channel_choices

    enable(lead_channels=marked("lead_channels", [Channel(code="pigeon", label="信鸽")]))
    bind()
    assert ("pigeon", "信鸽") in channel_choices()

    del apps.app_configs["wrong"]
    bind()
    assert "pigeon" not in dict(channel_choices())


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["nobody"], "neither an importable package nor offered"),
        (["workflow.plugins.nobody"], "neither an importable package nor offered"),
        (["workflow.plugins.watch", "workflow.plugins.watch"], "twice"),
    ],
)
def test_name_that_is_no_plugin(names, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        resolve(names)


def test_none_is_no_plugin():
    assert resolve(["none"]) == []
