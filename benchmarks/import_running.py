"""Taking over files under way: rows a second and memory of a file of many rows."""

from __future__ import annotations

import argparse
import tracemalloc
from io import BytesIO
from time import perf_counter

from benchmarks.measure import show
from tests.casework import World
from tests.workflow.running import sheets
from workflow.services.import_running import import_running

SHAPES = (
    {}, sheets.CONCLUDED, sheets.REVIEWING, sheets.NOTICED, sheets.DELIBERATING, sheets.DECIDED,
    sheets.ENFORCING, sheets.CLOSED,
)  # fmt: skip


def run(arguments: argparse.Namespace) -> None:
    """Print seconds to try and to write ``--rows`` rows, one in eight in each state."""
    world = World()
    assert world.handler.name
    assert world.second.name
    data = sheets.xlsx(*(_row(n) for n in range(1, arguments.rows + 1))).read()
    tracemalloc.start()
    tried, report = _timed(world, data, commit=False)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert not report.errors, report.errors[:3]
    written, report = _timed(world, data, commit=True)
    assert report.written == arguments.rows, report.errors[:3]
    again, report = _timed(world, data, commit=True)
    assert len(report.already) == arguments.rows
    heads = ("rows", "file KB", "try s", "write s", "ms a row", "same again s", "peak MB (try)")
    numbers = (arguments.rows, len(data) // 1024, tried, written, written * 1000 / arguments.rows,
               again, peak)  # fmt: skip
    show("files under way", heads, [numbers])


def _row(number: int) -> dict[str, str]:
    shape = SHAPES[number % len(SHAPES)]
    row = sheets.case_row(
        shape, number=f"东市监立〔2022〕{number}号", party_name=f"某某商店{number}"
    )
    for name, word in (("notice_number", "罚告"), ("decision_number", "罚")):
        if name in row:
            row[name] = f"东市监{word}〔2022〕{number}号"
    return row


def _timed(world: World, data: bytes, *, commit: bool):
    begun = perf_counter()
    report = import_running(BytesIO(data), "a.xlsx", actor=world.office, commit=commit)
    return perf_counter() - begun, report
