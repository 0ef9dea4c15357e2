"""One transition through the engine against the least that could be called one: fsm, lock, log."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone
from django_fsm import FSMField
from django_fsm import transition as fsm

from benchmarks.measure import Statements, processor_milliseconds, show, statements
from tests.casework import World
from workflow import api
from workflow.models import Case


class BareCase(models.Model):
    """A record with a state and nothing that watches over it."""

    state = FSMField(default="concluded", protected=True)
    title = models.CharField(max_length=200)
    facts = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        app_label = "benchmarks"

    @fsm(field="state", source="concluded", target="reviewing")
    def submit_review(self) -> None:
        """Nothing besides the state."""


class BareLog(models.Model):
    """Who did what when."""

    case = models.ForeignKey(BareCase, on_delete=models.PROTECT)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=50)
    target = models.CharField(max_length=50)
    at = models.DateTimeField()

    class Meta:
        app_label = "benchmarks"


def run(arguments: argparse.Namespace) -> None:
    """Print statements and milliseconds of each, and how much of the bare speed is left."""
    with connection.schema_editor() as editor:
        editor.create_model(BareCase)
        editor.create_model(BareLog)
    world = World()
    case, actor = world.concluded(), world.handler
    bare = BareCase.objects.create(title=case.title, facts=case.facts, updated_at=timezone.now())
    acts: dict[str, Callable[[], Any]] = {
        "fsm + lock + save + log row": lambda: _bare(bare.pk, actor),
        "perform, a step without guards": lambda: api.perform(case, "case.plain_step", actor=actor),
        "perform(case.submit_review)": lambda: api.perform(case, "case.submit_review", actor=actor),
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
    asked: dict[str, Statements] = {}
    for number in range(arguments.rounds + 5):
        for name, act in acts.items():
            if number < 5:
                with statements() as asked[name]:
                    act()
            else:
                start = time.perf_counter()
                processor = processor_milliseconds(act)
                taken[name].append(((time.perf_counter() - start) * 1000, processor))
            _reset(case, bare)
    rows: list[tuple[Any, ...]] = []
    for name, times in taken.items():
        passed = sorted(wall for wall, _processor in times)
        processor = median(processor for _wall, processor in times)
        bare_wall, bare_processor = rows[0][2:4] if rows else (passed[len(passed) // 10], processor)
        quiet = passed[len(passed) // 10]
        ratios = (bare_wall / quiet, bare_processor / processor)
        rows.append((name, len(asked[name].asked), quiet, processor, *ratios))
    heads = ("what", "statements", "tenth percentile ms", "processor ms", "speed", "by processor")
    show("transition", heads, rows)
    for sql, _params in asked["perform(case.submit_review)"].asked:
        print("   ", " ".join(sql.split())[:150])


def _bare(pk: int, actor: object) -> None:
    with transaction.atomic():
        case = BareCase.objects.select_for_update().get(pk=pk)
        source = case.state
        case.submit_review()
        case.updated_at = timezone.now()
        case.save()
        BareLog.objects.create(
            case=case, actor=actor, source=source, target=case.state, at=timezone.now()
        )


def _reset(case: Case, bare: BareCase) -> None:
    """Back to the state before, past the machine: this is a scratch database."""
    Case.objects.filter(pk=case.pk).update(state="concluded")
    case.deadlines.filter(code__in=["C11", "C12R"]).delete()
    case.deadlines.exclude(started_by__verb__in=["case.open", "lead.file"]).delete()
    BareCase.objects.filter(pk=bare.pk).update(state="concluded")
