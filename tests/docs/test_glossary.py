"""The glossary knows every word of the bound catalogue, and calls it as the screens do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils import translation

from accounts.acts import acts
from accounts.roles import ROLES
from workflow.engine import registry
from workflow.engine.bind import CORE, CORE_MACHINES, catalogue, machines, state_owners

HAN = re.compile(r"[\u4e00-\u9fff]")
OURS = ("accounts", "workflow", "basepage", "pages", "exposures", "search", "watch")
SHIPPED = {CORE, "exposures", "search", "watch"}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[str]]:
    """Code word → the terms beside which it stands, in the order of the page."""
    found: dict[str, list[str]] = {}
    text = (Path(settings.BASE_DIR) / "docs" / "glossary.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) > 2:
            for code in re.findall(r"`([^`]+)`", cells[1]):
                found.setdefault(code, []).append(cells[0])
    return found


def test_every_model_is_explained(rows):
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]

    assert [m.__name__ for m in models if m.__name__ not in rows and not m._meta.auto_created] == []


def test_every_state_is_explained(rows):
    codes = {
        f"{name}/{code}"
        for name, model in machines().items()
        for code, _label in model._meta.get_field("state").flatchoices
        if state_owners().get((name, code), CORE) in SHIPPED
    }

    assert sorted(key for key in codes if key.partition("/")[2] not in rows) == []


def test_every_step_role_and_act_is_explained(rows):
    enabled = {config.label for config in registry.plugin_configs()} - SHIPPED
    steps = [name for name, bound in catalogue().items() if bound.owner in SHIPPED]
    theirs = {act.codename for hook in enabled for act in _declared_acts(hook)}

    wanted = [*steps, *ROLES, *(code for code in acts() if code not in theirs)]

    assert [code for code in wanted if code not in rows] == []


def test_terms_are_those_of_the_screens(rows):
    """A code may stand in several tables; one of them has the word of the catalogue."""
    with translation.override("zh-hans"):
        said = [(role.code, str(role.label)) for role in ROLES.values()]
        for name in CORE_MACHINES:
            said += [(c, str(t)) for c, t in machines()[name]._meta.get_field("state").flatchoices]
        said += [
            (name, str(bound.transition.label))
            for name, bound in catalogue().items()
            if bound.owner == CORE
        ]
    known = [(code, label) for code, label in said if HAN.search(label) and code in rows]

    assert [pair for pair in known if pair[1] not in rows[pair[0]]] == []


def _declared_acts(label):
    functions = dict(registry.implementations("acts"))
    return functions[label].function() if label in functions else ()
