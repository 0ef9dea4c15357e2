"""The same project with more plugins and with none, each in a process of its own."""

from __future__ import annotations

import pytest

from tests.plugins.start import run, run_tests

pytestmark = pytest.mark.slow

ALL = "workflow.plugins.watch,lab_test,lab_broken"
CORE = (
    "tests/workflow/engine/test_life_of_a_case.py",
    "tests/workflow/clocks/test_tick.py",
    "tests/tiequan/test_urls.py",
)


def test_what_a_plugin_from_outside_adds_works():
    ended = run_tests("tests/plugins/enabled", plugins=ALL)

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_core_works_without_any_plugin():
    ended = run_tests(*CORE, plugins="none")

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_start_without_a_plugin_that_is_required_is_refused_by_name():
    ended = run("manage.py", "check", plugins="lab_broken")

    assert ended.returncode == 1
    assert (
        "ImproperlyConfigured: Plugin lab_broken requires lab_test: add it to TIEQUAN_PLUGINS."
        in ended.stderr
    )


def test_start_with_a_name_nobody_offers_is_refused_by_name():
    ended = run("manage.py", "check", plugins="lab_tset")

    assert ended.returncode == 1
    assert "TIEQUAN_PLUGINS names 'lab_tset'" in ended.stderr
    assert "offered: lab_broken, lab_test" in ended.stderr


def test_plugins_that_are_offered_are_listed_and_not_enabled():
    ended = run("manage.py", "plugins", plugins="workflow.plugins.watch")

    assert ended.returncode == 0, ended.stderr
    listed = ended.stdout.splitlines()
    assert listed[0].startswith("1. watch · ")
    assert "offered, not enabled: lab_test (lab_test, lab-test 1.0)" in listed
    assert "offered, not enabled: lab_broken (lab_broken, lab-broken 1.0)" in listed
