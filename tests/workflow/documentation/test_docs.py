"""The generated docs say what the code says, and the check fails when they are stale."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from workflow.documentation.drawing import diagram, states_of, targets_from
from workflow.documentation.hooks import plugins_page
from workflow.documentation.life_cycles import life_cycle_page, picture
from workflow.engine import registry
from workflow.engine.bind import catalogue, machines
from workflow.management.commands.life_cycles import END, START

ROOT = Path(__file__).parents[3]


def test_committed_docs_are_the_generated_ones():
    call_command("life_cycles", check=True, stdout=StringIO())


@pytest.fixture
def root(tmp_path):
    (tmp_path / "README.md").write_text(f"# Here\n\n{START}\nold\n{END}\n\nrest\n")
    return tmp_path


def test_written_once_they_are_up_to_date(root):
    with pytest.raises(CommandError, match=r"life-cycle\.md, plugins\.md, README\.md"):
        call_command("life_cycles", check=True, root=root, stdout=StringIO())

    call_command("life_cycles", root=root, stdout=StringIO())
    call_command("life_cycles", check=True, root=root, stdout=StringIO())

    readme = (root / "README.md").read_text()
    assert readme.startswith("# Here\n")
    assert readme.endswith("\n\nrest\n")
    assert "flowchart LR" in readme


def test_one_changed_letter_is_stale(root):
    call_command("life_cycles", root=root, stdout=StringIO())
    page = root / "docs" / "life-cycle.md"
    page.write_text(page.read_text().replace("case.close`", "case.clos`"))

    with pytest.raises(CommandError, match=r"Stale: life-cycle\.md\. Run `manage.py life_cycles`"):
        call_command("life_cycles", check=True, root=root, stdout=StringIO())


def test_every_transition_has_its_row_and_every_state_its_place():
    with translation.override("zh-hans"):
        page = life_cycle_page()

        for name in catalogue():
            assert page.count(f" `{name}`") == 1
        for machine in machines():
            drawn = diagram(machine)
            assert all(f" as {code}\n" in f"{drawn}\n" for code in states_of(machine))


def test_extension_stays_where_it_is_and_return_goes_back():
    extend, resume = (catalogue()[n].transition for n in ("case.extend", "case.resume"))

    assert targets_from(extend, "noticed") == ("noticed",)
    assert set(targets_from(resume, "suspended")) == set(extend.sources)


def test_language_of_the_caller_does_not_matter(root):
    with translation.override("en"):
        call_command("life_cycles", root=root, stdout=StringIO())
    with translation.override("zh-hans"):
        call_command("life_cycles", check=True, root=root, stdout=StringIO())


def test_every_hook_is_described():
    page = plugins_page()

    assert [hook for hook in registry.hook_names() if f"### `{hook}(" not in page] == []


def test_picture_shows_the_five_stages():
    with translation.override("zh-hans"):
        shown = picture()

    assert [
        f"subgraph {s}[" in shown for s in ("lead", "investigation", "transfer", "closure")
    ] == [True] * 4
