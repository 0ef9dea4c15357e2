"""Bind the catalogue: every transition becomes a django-fsm transition on its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import django_fsm
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from accounts.acts import acts, register_act
from workflow import channels, states
from workflow.acts import CORE_ACTS
from workflow.engine import registry
from workflow.guards.documents import documents_are_issued
from workflow.life_cycles import CORE_TRANSITIONS
from workflow.plugin import Attempt, Computed, Effect, Guard, State, Transition

CORE_MACHINES = {
    "lead": "workflow.Lead",
    "case": "workflow.Case",
    "transfer": "workflow.Transfer",
    "measure": "workflow.Measure",
}


@dataclass(slots=True)
class Bound:
    """A transition with all that hooks onto it: (owner, function), the core's own first."""

    transition: Transition
    owner: str
    guards: list[tuple[str, Guard]] = field(default_factory=list)
    effects: list[tuple[str, Effect]] = field(default_factory=list)
    announcements: list[tuple[str, Any]] = field(default_factory=list)


CORE = "core"
_catalogue: dict[str, Bound] = {}
_machines: dict[str, type[Any]] = {}
_state_owners: dict[tuple[str, str], str] = {}


def catalogue() -> Mapping[str, Bound]:
    """Every bound transition by name, the core's first, then each plugin's."""
    return _catalogue


def machines() -> Mapping[str, type[Any]]:
    """Every machine's model by its name."""
    return _machines


def state_owners() -> Mapping[tuple[str, str], str]:
    """(machine, state code) to the label of the plugin that brought it, plugins only."""
    return _state_owners


def transitions_of(machine: str) -> list[Bound]:
    return [bound for bound in _catalogue.values() if bound.transition.machine == machine]


def bind() -> None:
    """Read the core's and every plugin's declarations and install them; safe to run again.

    Afterwards ``catalogue()`` is complete and the fsm is the only way a state changes. Raises
    ``ImproperlyConfigured`` naming what is doubled, unknown or missing, and whose it is.
    """
    _unbind()
    registry.load()
    _require_required()
    for owner, act in [(CORE, act) for act in CORE_ACTS] + _all("acts"):
        _named(owner, register_act, act.codename, act.label, act.roles)
    channels.add_channels(channel for _, channel in _all("lead_channels"))
    _bind_machines()
    _bind_states()
    for owner, transition in [(CORE, t) for t in CORE_TRANSITIONS] + _all("transitions"):
        _add(owner, transition)
    _hook("guards")
    _hook("effects")
    _hook("announcements")
    for bound in _catalogue.values():
        _install(bound)
    for model in _machines.values():
        model._meta.get_field("state")._collect_transitions(sender=model)


def _all(hook: str) -> list[tuple[str, Any]]:
    return [(label, item) for label, items in registry.declared(hook) for item in items]


def _named(owner: str, call: Callable[..., Any], *arguments: Any) -> None:
    try:
        call(*arguments)
    except ImproperlyConfigured as error:
        raise ImproperlyConfigured(f"Plugin {owner}: {error}") from error


def _require_required() -> None:
    labels = {config.label for config in registry.plugin_configs()}
    for config in registry.plugin_configs():
        if missing := [name for name in config.requires if name not in labels]:
            raise ImproperlyConfigured(
                f"Plugin {config.label} requires {', '.join(missing)}: add it to TIEQUAN_PLUGINS."
            )


def _bind_machines() -> None:
    found = [(CORE, CORE_MACHINES), *registry.declared("machines")]
    for owner, named in found:
        for name, label in named.items():
            if name in _machines:
                raise ImproperlyConfigured(f"Plugin {owner}: machine {name} exists already.")
            _machines[name] = apps.get_model(label)


def _bind_states() -> None:
    for owner, state in _all("states"):
        _require_new_state(owner, state)
        _state_owners[state.machine, state.code] = owner
        states.add_states([state])


def _require_new_state(owner: str, state: State) -> None:
    if state.machine not in _machines:
        raise ImproperlyConfigured(f"Plugin {owner}: no machine {state.machine}.")
    if state.code in known_states(state.machine):
        raise ImproperlyConfigured(
            f"Plugin {owner}: state {state.machine}/{state.code} exists already."
        )


def known_states(machine: str) -> set[str]:
    """Codes of all states of a machine as bound now."""
    return {code for code, _ in _machines[machine]._meta.get_field("state").flatchoices}


def _add(owner: str, transition: Transition) -> None:
    name = transition.name
    if name in _catalogue:
        raise ImproperlyConfigured(
            f"Plugin {owner}: transition {name} is declared by {_catalogue[name].owner} already."
        )
    if transition.machine not in _machines:
        raise ImproperlyConfigured(f"Plugin {owner}: {name} names no known machine.")
    unknown = {*transition.sources, *transition.targets} - known_states(transition.machine)
    if unknown:
        raise ImproperlyConfigured(
            f"Plugin {owner}: {name} names unknown states {sorted(unknown)}."
        )
    needed = {transition.permission, *(f"sign_{role}" for role in transition.approval)}
    if missing := needed - acts().keys():
        raise ImproperlyConfigured(f"Plugin {owner}: {name} names unknown acts {sorted(missing)}.")
    _catalogue[name] = Bound(
        transition,
        owner,
        guards=[
            *((owner, guard) for guard in transition.guards),
            (CORE, documents_are_issued),
        ],
        effects=[(owner, effect) for effect in transition.effects],
        announcements=[(owner, task) for task in transition.announcements],
    )


def _hook(kind: str) -> None:
    for owner, table in registry.declared(kind):
        for name, functions in table.items():
            if name not in _catalogue:
                raise ImproperlyConfigured(
                    f"Plugin {owner}: {kind} for {name}, a transition nobody declares. Correct the "
                    "name, or say in `requires` which plugin declares it."
                )
            getattr(_catalogue[name], kind).extend((owner, function) for function in functions)
            if kind == "guards" and any(not hasattr(f, "reads") for f in functions):
                raise ImproperlyConfigured(f"Plugin {owner}: a guard of {name} lacks @guard.")


def _install(bound: Bound) -> None:
    """Make the transition a method of its model, protected by its record and actor guards."""
    from workflow.engine.refusals import may_actor, may_record

    transition = bound.transition
    model = _machines[transition.machine]

    def move(self: Any, attempt: Attempt) -> str | None:
        target = transition.target
        return target.function(self) if isinstance(target, Computed) else None

    move.__name__ = transition.method
    move.__qualname__ = f"{model.__name__}.{transition.method}"
    goal = transition.target
    target: Any = django_fsm.RETURN_VALUE(*goal.targets) if isinstance(goal, Computed) else goal
    decorated = django_fsm.transition(
        field="state",
        source=list(transition.sources),
        target=target,
        conditions=[lambda record: may_record(record, bound)],
        permission=lambda record, user: may_actor(record, bound, user),
        custom={"transition": transition},
    )(move)
    setattr(model, transition.method, decorated)


def _unbind() -> None:
    for bound in _catalogue.values():
        model = _machines[bound.transition.machine]
        if bound.transition.method in vars(model):  # absent after a bind that was refused
            delattr(model, bound.transition.method)
    _catalogue.clear()
    _machines.clear()
    _state_owners.clear()
    states.forget_added_states()
    channels.forget_added_channels()
