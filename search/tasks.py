"""The Celery task: calls one function and may be repeated."""

from __future__ import annotations

from celery import shared_task

from search import indexing


@shared_task(name="search.index_changes")
def index_changes() -> None:
    """Index what was noted; sent after every commit that noted something."""
    indexing.index_changes()
