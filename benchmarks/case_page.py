"""The page of a case: what a full file costs against an empty one."""

from __future__ import annotations

import argparse

from django.db import transaction
from django.test import Client
from django.urls import reverse

from benchmarks.measure import replayed, show, statements, typical
from tests.casework import World, reload
from tests.workflow.documents.papers import papers_in
from workflow import api
from workflow.engine.locking import lock
from workflow.models import Case
from workflow.services.parties import add_named_party
from workflow.views.case_page import CasePage

PARTIES, DOCUMENTS, LINES = 3, 40, 200


def run(arguments: argparse.Namespace) -> None:
    """Print queries and milliseconds of every tab for both cases."""
    world = World()
    empty, full = world.investigating(), _filled(world)
    client = Client()
    client.force_login(world.handler)
    rows = []
    for tab, _label in CasePage.tabs:
        few, small = _page(client, empty, tab)
        many, large = _page(client, full, tab)
        database = sum(replayed(*query) for query in _asked(client, full, tab).reads)
        rows.append((tab, few, small, many, large, database, large / small))
    heads = ("tab", "queries empty", "first byte ms", "queries full", "first byte ms",
             "database ms", "ratio")  # fmt: skip
    show(
        f"case page, {PARTIES} parties, {DOCUMENTS} documents, "
        f"{DOCUMENTS} pieces of evidence, {LINES} lines",
        heads,
        rows,
    )


def _filled(world: World) -> Case:
    case = world.investigating()
    for number in range(PARTIES - 1):
        fields = {"kind": "enterprise", "name": f"某某县第{number}商贸有限公司", "uscc": ""}
        add_named_party(reload(case), actor=world.handler, fields=fields, violation="销售三无产品")
    for number in range(DOCUMENTS):
        world.evidence(case, f"现场照片{number}")
    papers_in(case, world.handler, DOCUMENTS)
    with transaction.atomic():
        locked = lock(case)
        for number in range(LINES):
            api.record_act(locked, "case.edited", actor=world.handler, reason=f"补充{number}")
    return reload(case)


def _asked(client: Client, case: Case, tab: str):
    address = reverse("workflow_case:inspect", args=[case.pk])
    with statements() as asked:
        answer = client.get(address, {"tab": tab})
    assert answer.status_code == 200, answer.status_code
    return asked


def _page(client: Client, case: Case, tab: str) -> tuple[int, float]:
    address = reverse("workflow_case:inspect", args=[case.pk])
    took = typical(lambda: client.get(address, {"tab": tab}), times=5)
    return len(_asked(client, case, tab).asked), took
