"""Time of statements and pages, in milliseconds; medians, because two shared cores are noisy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db import connection


@dataclass
class Statements:
    """What was asked of the database."""

    asked: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.asked.append((sql, params))
        return execute(sql, params, many, context)

    @property
    def reads(self) -> list[tuple[str, Any]]:
        return [(sql, params) for sql, params in self.asked if sql.startswith("SELECT")]


@contextmanager
def statements() -> Iterator[Statements]:
    """Collects every statement of the block."""
    found = Statements()
    with connection.execute_wrapper(found):
        yield found


def milliseconds(act: Callable[[], Any]) -> float:
    """How long it took once."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def processor_milliseconds(act: Callable[[], Any]) -> float:
    """How much of a processor this process took for it: what other work leaves out of account.

    All of it on SQLite; on PostgreSQL without the server's own share.
    """
    start = time.thread_time()
    act()
    return (time.thread_time() - start) * 1000


def typical(act: Callable[[], Any], *, times: int = 7) -> float:
    """The median of several runs, after one to warm up."""
    act()
    return median(milliseconds(act) for _run in range(times))


def replayed(sql: str, params: Any) -> float:
    """Time the database needs for one statement alone, all its rows fetched: median of five.

    SQLite runs in this process: its share of the processor. PostgreSQL says itself how long it
    planned and executed. Neither counts the time other work on the machine takes.
    """
    ask = _asked_of_sqlite if connection.vendor == "sqlite" else _told_by_postgresql
    ask(sql, params)
    return median(ask(sql, params) for _run in range(5))


def _asked_of_sqlite(sql: str, params: Any) -> float:
    with connection.cursor() as cursor:
        start = time.thread_time()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.thread_time() - start) * 1000


def _told_by_postgresql(sql: str, params: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql, params)
        (told,) = cursor.fetchone()[0]
        return float(told["Planning Time"] + told["Execution Time"])


def plan(sql: str, params: Any) -> str:
    """How the database answers the statement."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ANALYZE "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql, params)
        return "\n".join("    " + str(row[-1]) for row in cursor.fetchall())


def show(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """A Markdown table on the terminal."""
    print(f"\n{title} ({connection.vendor})\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(_cell(value) for value in row) + " |", flush=True)


def _cell(value: Any) -> str:
    return (
        f"{value:.2g}"
        if isinstance(value, float) and value < 1
        else f"{value:.1f}"
        if isinstance(value, float)
        else str(value)
    )
