"""What a page costs in queries, the whole page: session, rights and menu of the admin included."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework import reload
from tests.scope.addresses import addresses
from tests.workflow.documents.papers import papers_in
from workflow import api
from workflow.engine.locking import lock
from workflow.services import side
from workflow.services.parties import add_named_party
from workflow.views.case_page import CasePage

PARTIES, DOCUMENTS, LINES, BUDGET = 3, 40, 200, 30
TABS = [tab for tab, _label in CasePage.tabs]


def queries(client, address, **query) -> list[str]:
    """What the page asks once caches are warm."""
    client.get(address, query)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, query)
    assert answer.status_code == 200
    return [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]


def filled(world, case):
    """Three parties, forty documents, as many pieces of evidence, two hundred lines of journal."""
    for number in range(PARTIES - 1):
        fields = {"kind": "enterprise", "name": f"某某县第{number}商贸有限公司", "uscc": ""}
        add_named_party(reload(case), actor=world.handler, fields=fields, violation="三无产品")
    for number in range(DOCUMENTS):
        world.evidence(case, f"现场照片{number}")
    papers_in(case, world.handler, DOCUMENTS)
    with transaction.atomic():
        locked = lock(case)
        for number in range(LINES):
            api.record_act(locked, "case.edited", actor=world.handler, reason=f"补充{number}")
    return reload(case)


def test_a_full_case_page_asks_at_most_thirty_times_on_every_tab(client, world):
    case = filled(world, world.investigating())
    client.force_login(world.handler)
    address = reverse("workflow_case:inspect", args=[case.pk])

    asked = {tab: len(queries(client, address, tab=tab)) for tab in TABS}

    assert {tab: count for tab, count in asked.items() if count > BUDGET} == {}


def lists() -> list[str]:
    """Every list of ours: a page without a record."""
    return [
        address.name
        for address in addresses()
        if address.is_ours
        and not address.arguments
        and address.route.startswith("admin/")
        and not address.name.endswith((":add", "_add", "_load", "_results"))
    ]


@pytest.mark.slow
def test_every_list_asks_as_often_for_four_files_as_for_two(client, world):
    """Whoever may open the list; one file is a lead, a case, a transfer and what waits of them.

    Two at first: of one alone nothing looks like another, and lists of pairs are empty.
    """
    people = [world.handler, world.unit_head, world.leader, world.office, world.jurist,
              world.system_admin, world.security_admin, world.auditor, world.editor]  # fmt: skip
    one_file(world)
    one_file(world)
    first = counts(client, people)
    one_file(world)
    one_file(world)

    grown = {
        key: (before, after)
        for key, after in counts(client, people).items()
        if after > (before := first[key])
    }

    assert grown == {}


def counts(client, people) -> dict[tuple[str, str], int]:
    found = {}
    for person in people:
        client.force_login(person)
        for name in lists():
            if client.get(reverse(name)).status_code == 200:
                found[person.username, name] = len(queries(client, reverse(name)))
    return found


def one_file(world) -> None:
    """A lead, a case with a party of its own, a transfer, two proposals that wait."""
    lead = world.verifying()
    api.propose(lead, "lead.extend", actor=world.handler, data={"reason": "检验未回"})
    case = world.investigating()
    number = case.pk
    fields = {"kind": "enterprise", "name": f"某某县第{number}商贸有限公司", "uscc": ""}
    add_named_party(case, actor=world.handler, fields=fields, violation="三无产品")
    api.propose(reload(case), "case.extend", actor=world.handler, data={"reason": "检验未回"})
    transfer = side.propose_transfer(
        reload(case), actor=world.handler, kind="criminal", authority=world.police, facts="涉罪",
        team=[world.handler, world.second], whole=False, part="假酒部分",
    )  # fmt: skip
    api.propose(transfer, "transfer.approve", actor=world.handler)
