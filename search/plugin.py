"""What the search asks of the casework's timer."""

from __future__ import annotations

from collections.abc import Iterable

from search.indexing import index_changes_due, sweep_once_a_day
from workflow.plugin import Job, hookimpl


@hookimpl
def periodic_jobs() -> Iterable[Job]:
    """Notes a lost broker left behind, every time; what no note told, once a day."""
    return [
        Job(name="changes", run=index_changes_due),
        Job(name="sweep", run=sweep_once_a_day),
    ]
