"""A machine as a Mermaid state diagram, drawn from the bound catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

from workflow.engine.bind import Bound, machines, transitions_of
from workflow.plugin import Computed, Transition

#: From so many states on, one arrow leaves the block around them instead of one from each.
BLOCK = 4


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    label: str


def states_of(machine: str) -> dict[str, str]:
    """Code to label of every state of the machine, in the order they are declared."""
    field = machines()[machine]._meta.get_field("state")
    return {str(code): str(label) for code, label in field.flatchoices}


def first_state(machine: str) -> str:
    """The state a new record stands in."""
    return str(machines()[machine]._meta.get_field("state").default)


def last_states(machine: str) -> list[str]:
    """States no transition leaves, in order."""
    left = {source for bound in transitions_of(machine) for source in bound.transition.sources}
    return [code for code in states_of(machine) if code not in left]


def targets_from(transition: Transition, source: str) -> tuple[str, ...]:
    """Where the transition leads from ``source``; a computed target is asked with every past."""
    goal = transition.target
    if not isinstance(goal, Computed):
        return (goal,)
    try:
        found = {
            goal.function(SimpleNamespace(state=source, previous_state=past))
            for past in goal.targets
        }
    except AttributeError:  # it asks the record for more than where it stands and stood
        return goal.targets
    return tuple(code for code in goal.targets if code in found)


def diagram(machine: str) -> str:
    """The ``stateDiagram-v2`` of the machine; states that share many exits stand in one block."""
    labels, block = states_of(machine), _block(machine)
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_plain(text)}" as {c}' for c, text in labels.items() if c not in block]
    edges = sorted(_joined(_edges(machine, block)), key=lambda e: _place(e, list(labels)))
    inside = [e for e in edges if {e.source, e.target} <= set(block)]
    if block:
        lines += ['    state "⋯" as open_block', "    state open_block {"]
        lines += [f'        state "{_plain(labels[code])}" as {code}' for code in block]
        lines += [f"        {_arrow(edge)}" for edge in inside]
        lines.append("    }")
    lines.append(f"    [*] --> {first_state(machine)}")
    lines += [f"    {_arrow(edge)}" for edge in edges if edge not in inside]
    lines += [f"    {code} --> [*]" for code in last_states(machine)]
    return "\n".join(lines)


def _block(machine: str) -> tuple[str, ...]:
    """The states that at least two transitions leave together, when they are many."""
    shared = Counter(frozenset(bound.transition.sources) for bound in transitions_of(machine))
    many = [s for s, times in shared.items() if times > 1 and len(s) >= BLOCK]
    chosen = max(many, key=lambda s: (shared[s], len(s), sorted(s)), default=frozenset())
    return tuple(code for code in states_of(machine) if code in chosen)


def _edges(machine: str, block: tuple[str, ...]) -> Iterator[Edge]:
    for bound in transitions_of(machine):
        yield from _edges_of(bound, frozenset(block))


def _edges_of(bound: Bound, block: frozenset[str]) -> Iterator[Edge]:
    transition, label = bound.transition, str(bound.transition.label)
    sources = list(transition.sources)
    stays = all(targets_from(transition, source) == (source,) for source in sources)
    if block and block <= set(sources):
        targets = ("open_block",) if stays else targets_from(transition, sources[0])
        yield from (Edge("open_block", target, label) for target in targets)
        sources = [source for source in sources if source not in block]
    for source in sources:
        targets = targets_from(transition, source)
        if block and block == set(targets):
            targets = ("open_block",)
        yield from (Edge(source, target, label) for target in targets)


def _joined(edges: Iterator[Edge]) -> list[Edge]:
    """One arrow between two states, with every act that goes that way."""
    found: dict[tuple[str, str], list[str]] = {}
    for edge in edges:
        found.setdefault((edge.source, edge.target), []).append(edge.label)
    return [Edge(source, target, " / ".join(said)) for (source, target), said in found.items()]


def _place(edge: Edge, order: list[str]) -> tuple[int, int]:
    places = {code: place for place, code in enumerate(order)}
    return places.get(edge.source, -1), places.get(edge.target, -1)


def _arrow(edge: Edge) -> str:
    return f"{edge.source} --> {edge.target}: {_plain(edge.label)}"


def _plain(text: str) -> str:
    """Without what Mermaid reads as its own."""
    return text.translate(str.maketrans('":;#', "”：；＃"))
