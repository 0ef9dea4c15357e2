"""``docs/life-cycle.md`` and the README's picture, from the bound catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.module_loading import import_string

from accounts.acts import acts
from accounts.roles import ROLES
from workflow.clocks import rules
from workflow.documentation.drawing import diagram, states_of
from workflow.engine import registry
from workflow.engine.bind import CORE, Bound, machines, transitions_of
from workflow.guards.documents import documents_are_issued
from workflow.models import Case
from workflow.states import Stage, stage_of_case

HEAD = """\
# Life cycles

Written by `manage.py life_cycles` from the bound catalogue; `make check` fails when it is stale.
Every transition is declared once (`workflow/life_cycles/`, or a plugin's `transitions.py`) and
installed as a django-fsm transition. In the column *blocked unless* a guard stands with the article
that demands it; *clocks* are the limits a transition starts (▶), ends (■), pauses (‖), takes up
again (▷) or extends (+)."""
#: Machines that run beside the pipeline and are no part of its picture.
BESIDE = frozenset({"measure"})
COLUMNS = (
    "transition", "from", "to", "who · signed by", "blocked unless", "form", "clocks", "law",
)  # fmt: skip
SIGNS = (
    ("starts_on", "▶"), ("ends_on", "■"), ("cancels_on", "■"), ("pauses_on", "‖"),
    ("resumes_on", "▷"), ("revives_on", "▷"), ("extends_on", "+"),
)  # fmt: skip


def life_cycle_page() -> str:
    """The whole page: per machine the diagram, then a row per transition. Deterministic."""
    parts = [HEAD]
    for name, model in machines().items():
        parts += [
            f"## {model._meta.verbose_name} · `{name}`",
            f"```mermaid\n{diagram(name)}\n```",
            _table(COLUMNS, (_row(bound) for bound in transitions_of(name))),
        ]
    return "\n\n".join(parts) + "\n"


def picture() -> str:
    """The README's picture: every state under its public stage, and the ways forward."""
    lines = ["```mermaid", "flowchart LR"]
    for title, nodes in _stages().items():
        lines.append(f'  subgraph {title[0]}["{title[1]}"]')
        lines += [f'    {machine}_{code}["{label}"]' for machine, code, label in nodes]
        lines.append("  end")
    lines += [f"  {source} --> {target}" for source, target in _ways_forward()]
    return "\n".join([*lines, "```"])


def _stages() -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {
        (stage.value, str(stage.label)): [] for stage in Stage
    }
    labels = {stage.value: str(stage.label) for stage in Stage}
    for machine in _pipeline():
        for code, label in states_of(machine).items():
            stage = _stage(machine, code)
            found[stage, labels[stage]].append((machine, code, label))
    return {title: nodes for title, nodes in found.items() if nodes}


def _pipeline() -> list[str]:
    return [machine for machine in machines() if machine not in BESIDE]


def _stage(machine: str, code: str) -> str:
    if machine == "case":
        return str(stage_of_case(code))
    return {"lead": "lead", "transfer": "transfer"}.get(machine, "publicity")


def _ways_forward() -> list[tuple[str, str]]:
    """Arrows to a later state; where many states share one exit, it leaves their whole stage."""
    found: dict[tuple[str, str], None] = {}
    for machine in _pipeline():
        order = list(states_of(machine))
        for bound in transitions_of(machine):
            sources, targets = bound.transition.sources, bound.transition.targets
            if len(targets) > 1:
                continue
            target = f"{machine}_{targets[0]}"
            if len(sources) > 3:
                found[_stage(machine, sources[0]), target] = None
                continue
            for source in sources:
                if order.index(source) < order.index(targets[0]):
                    found[f"{machine}_{source}", target] = None
    found["lead_filed", "case_investigating"] = None
    if "exposure" in machines():
        found["closure", "publicity"] = None
    return list(found)


def _row(bound: Bound) -> tuple[str, ...]:
    transition = bound.transition
    labels = states_of(transition.machine)
    owner = "" if bound.owner in (CORE, f"{transition.machine}s") else f" ({bound.owner})"
    return (
        f"{transition.label} `{transition.name}`{owner}",
        "、".join(labels[code] for code in transition.sources),
        "、".join(labels[code] for code in transition.targets),
        _who(bound),
        "<br>".join(_guards(bound)),
        _form(transition.form),
        "<br>".join(_clocks(transition.name)),
        str(transition.law),
    )


def _who(bound: Bound) -> str:
    transition = bound.transition
    if transition.internal:
        return "follows from another act"
    who = str(acts()[transition.permission].label)
    signers = " → ".join(str(ROLES[role].label) for role in transition.approval)
    return f"{who} · {signers}" if signers else who


def _guards(bound: Bound) -> Iterator[str]:
    if bound.transition.procedure:
        yield str(Case.Procedure(bound.transition.procedure).label)
    for owner, guard in bound.guards:
        if guard is documents_are_issued:
            continue  # asked before every step; what it wants is data
        law = f"（{guard.law}）" if guard.law else ""
        whose = "" if owner == bound.owner else f" [{owner}]"
        yield f"`{guard.__name__}`{law}{whose}"


def _form(path: str) -> str:
    """Names of the fields the form adds to date and note; which are needed is marked."""
    own = import_string(path).base_fields
    fields = [n for n in own if n not in ("acted_at", "late_reason", "note")]
    return "、".join(f"{own[n].label or n}{'*' if own[n].required else ''}" for n in fields)


def _clocks(verb: str) -> list[str]:
    """Sign, code and name of every limit the verb touches, each once."""
    declared = [entry for _, entries in registry.declared("clocks") for entry in entries]
    found: dict[str, None] = {}
    for row in rules.rows([*rules.shipped_entries(), *declared]):
        for key, sign in SIGNS:
            if verb in row[key]:
                found[f"{sign} {row['code']} {row['name']}"] = None
    return list(found)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [_line(columns), _line("---" for _ in columns), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
