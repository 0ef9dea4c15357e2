"""A party entered by mistake leaves the case and may come back; who stays is not touched."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import reload
from tests.workflow.measures import FIELDS, TOYS
from workflow.documents.context import records
from workflow.engine.refusals import TransitionRefused
from workflow.guards.file import CaseFile
from workflow.models import JournalLine
from workflow.services.case_file import draft_notice
from workflow.services.measures import impose_measure
from workflow.services.parties import add_named_party
from workflow.services.party_withdrawal import restore_party, withdraw_party


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def row(world, case):
    fields = {"kind": "enterprise", "name": "东至某某玩具有限公司"}
    return add_named_party(case, actor=world.handler, fields=fields)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_nothing_names_it_any_more(world, case, row):
    withdraw_party(row, actor=world.handler, reason="同名公司")

    (stays,) = CaseFile(case).open_parties
    assert row.party.name not in (stays.name, records.case(case)["当事人名称"])
    line = JournalLine.objects.get(verb="party.withdrawn")
    assert (line.case_id, line.reason, line.data) == (case.pk, "同名公司", {"party": row.pk})


def test_it_comes_back(world, case, row):
    withdraw_party(row, actor=world.handler, reason="同名公司")

    restore_party(reload(row), actor=world.handler, reason="就是它")

    assert [party.name for party in CaseFile(case).open_parties][1] == row.party.name


def test_only_what_was_taken_out_comes_back(world, row):
    with pytest.raises(TransitionRefused) as refused:
        restore_party(row, actor=world.handler, reason="就是它")

    assert codes(refused) == ["not_withdrawn"]


@pytest.mark.parametrize(("hinders", "code"), [("last", "last_party"), ("measure", "measure_open")])
def test_what_is_under_way_holds_it(world, case, row, hinders, code):
    if hinders == "last":
        withdraw_party(row, actor=world.handler, reason="同名公司")
        row = case.parties.get(order=1)
    else:
        impose_measure(case, actor=world.handler, case_party=row, fields=FIELDS, items=[TOYS])

    with pytest.raises(TransitionRefused) as refused:
        withdraw_party(row, actor=world.handler, reason="同名公司")

    assert codes(refused) == [code]


def test_a_case_under_review_keeps_its_parties(world):
    case = world.reviewing()

    with pytest.raises(TransitionRefused) as refused:
        withdraw_party(case.parties.get(), actor=world.handler, reason="同名公司")

    assert codes(refused) == ["wrong_state"]


def test_nothing_is_drafted_for_it(world, row):
    withdraw_party(row, actor=world.handler, reason="同名公司")

    with pytest.raises(TransitionRefused) as refused:
        draft_notice(
            reload(row), actor=world.handler, facts="x", reasons="x", basis="x",
            hearing_right=False, penalties=[],
        )  # fmt: skip

    assert codes(refused) == ["not_open"]


@pytest.mark.parametrize(
    ("who", "status"), [("handler", 302), ("unit_head", 422), ("stranger", 404)]
)
def test_page_takes_it_out_and_puts_it_back(client, world, case, row, who, status):
    client.force_login(getattr(world, who))
    out = reverse("workflow_case:withdraw_party", args=[case.pk, row.pk])
    back = reverse("workflow_case:restore_party", args=[case.pk, row.pk])
    tab = reverse("workflow_case:inspect", args=[case.pk]) + "?tab=parties"

    assert client.post(out, {"reason": "同名公司"}).status_code == status
    if status == 302:
        assert back in client.get(tab).content.decode()
        assert client.post(back, {"reason": "就是它"}).status_code == 302
        assert out in client.get(tab).content.decode()
