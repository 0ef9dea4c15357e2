"""The case list: a page of 50 with its tabs and counts, for every size of view."""

from __future__ import annotations

import argparse
from typing import Any

from django.test import Client

from benchmarks.bureau import found, grow
from benchmarks.measure import plan, replayed, show, statements, typical
from workflow.selectors.tabs import TABS

TABLES = ("workflow_case", "workflow_handler", "workflow_deadline", "workflow_accessgrant",
          "workflow_listkey")  # fmt: skip


def run(arguments: argparse.Namespace) -> None:
    """Print database time per person and tab at every size, and its ratio to the smallest."""
    world, bureau = found()
    case = world.reviewing()
    first: dict[tuple[str, str], float] = {}
    for size in (int(text) for text in arguments.sizes.split(",")):
        grow(bureau, case, until=size)
        rows = []
        for name, user in bureau.people.items():
            client = Client()
            client.force_login(user)
            for tab in TABS:
                rows.append(_measure(client, name, tab, first, arguments.plans))
        heads = ("person", "tab", "queries", "list queries ms", "slowest ms", "page ms", "ratio")
        show(f"case list at {size} cases", heads, rows)


def _measure(
    client: Client, name: str, tab: str, first: dict[tuple[str, str], float], plans: bool
) -> tuple[Any, ...]:
    def page() -> None:
        assert client.get("/admin/cases/", {"tab": tab}).status_code == 200

    page()
    with statements() as asked:
        page()
    about = [q for q in asked.reads if any(f'FROM "{table}"' in q[0] for table in TABLES)]
    times = [(replayed(*query), query) for query in about]
    total, (slowest, query) = sum(t for t, _q in times), max(times, key=lambda row: row[0])
    if plans and slowest > 5:
        print(f"\n{name}/{tab}: {slowest:.1f} ms\n  {query[0][:2000]}\n{plan(*query)}")
    ratio = total / first.setdefault((name, tab), total)
    return name, tab, len(asked.asked), total, slowest, typical(page, times=3), ratio
