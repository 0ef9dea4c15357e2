"""Set-ups of the engine's tests."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from tests.casework import World
from workflow.engine.bind import CORE, catalogue


@pytest.fixture
def transactional_world(transactional_db, at_start):
    return World()


@pytest.fixture
def monkeypatch_effect():
    """A context in which one more effect of the core fails after all others."""

    @contextmanager
    def failing(name: str):
        def fail(attempt, line):
            raise RuntimeError("the effect failed")

        effects = catalogue()[name].effects
        effects.append((CORE, fail))
        try:
            yield
        finally:
            effects.remove((CORE, fail))

    return failing
