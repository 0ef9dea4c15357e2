"""A plugin that is wrong stops the start-up: by its name, and with what to do."""

from __future__ import annotations

import sys

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from tests.workflow.plugins.conftest import marked
from workflow.engine import registry
from workflow.engine.bind import bind, catalogue
from workflow.hooks import Hooks
from workflow.offered import resolve
from workflow.plugin import Act, Channel, State, Transition, guard, hookimpl


def named(function, name):
    function.__name__ = name
    return function


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
