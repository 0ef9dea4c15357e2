"""A plugin taken out while records stand in a state it brought: named, and nothing starts."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from workflow import states
from workflow.checks import require_known_states


@pytest.fixture
def without_states():
    """As if the plugin's line were gone: the rows stay, the machine does not know the state."""
    known = {machine: dict(added) for machine, added in states._added.items()}
    states.forget_added_states()
    yield
    for added in known.values():
        states.add_states(added.values())


def test_check_names_rows_state_and_plugin(at_lab, without_states):
    with pytest.raises(SystemCheckError) as caught:
        call_command("check", databases=["default"])

    said = str(caught.value)
    assert "1 rows of case stand at “at_lab”, a state of the plugin lab_test." in said
    assert "Enable the plugin again (TIEQUAN_PLUGINS)" in said


def test_server_does_not_start(at_lab, without_states):
    with pytest.raises(ImproperlyConfigured, match=r"1 of case at “at_lab”, of the plugin lab_tes"):
        require_known_states()


def test_without_such_rows_it_starts(case, without_states):
    require_known_states()
    call_command("check", databases=["default"])
