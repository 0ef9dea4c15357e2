"""The registry on screen: scope, masks, reveals, merges, splits, remarks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework import reload
from workflow.models import Case, JournalLine, PartyMerge
from workflow.services.access import restrict
from workflow.services.parties import add_named_party

ID_NUMBER = "11010519491231002X"


def url(name, *args):
    return reverse(name, args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def party(world):
    party = world.investigating().parties.get().party
    party.id_number, party.phone, party.residence = ID_NUMBER, "13800138000", "东至县某村三组"
    party.save()
    return party


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler", 200), ("leader", 200), ("stranger", 404), ("editor", 404), ("system_admin", 404)],
)
def test_party_page_is_open_to_those_who_see_a_file_of_it(client, world, party, who, status):
    client.force_login(getattr(world, who))

    assert client.get(url("workflow_party", party.pk)).status_code == status


@pytest.mark.parametrize("name", ["workflow_parties", "workflow_party"])
def test_personal_information_is_masked(client, world, party, name):
    client.force_login(world.handler)
    shown = text(client.get(url(name, *([party.pk] if name == "workflow_party" else []))))

    assert party.name in shown
    assert [word for word in (ID_NUMBER, "13800138000", "某村三组") if word in shown] == []


def test_case_page_masks_personal_information_too(client, world, party):
    client.force_login(world.handler)
    case = party.case_parties.get().case

    shown = text(client.get(url("workflow_case:inspect", case.pk), {"tab": "parties"}))

    assert "138******00" in shown
    assert [word for word in (ID_NUMBER, "13800138000", "某村三组") if word in shown] == []


def test_reveal_asks_a_reason_and_is_kept_in_the_file(client, world, party):
    client.force_login(world.handler)
    case = party.case_parties.get().case
    address = url("workflow_reveal_party", party.pk)

    refused = client.post(address, {"file": f"case-{case.pk}", "reason": " "})
    answer = client.post(address, {"file": f"case-{case.pk}", "reason": "制作询问笔录"})

    assert (refused.status_code, ID_NUMBER in text(refused)) == (422, False)
    assert (answer.status_code, ID_NUMBER in text(answer)) == (200, True)
    assert "no-store" in answer.headers["Cache-Control"]
    line = JournalLine.objects.get(verb="party.revealed")
    assert (line.case_id, line.actor, line.reason) == (case.pk, world.handler, "制作询问笔录")


def test_list_finds_by_name_and_whole_code_and_hides_what_is_restricted(client, world, party):
    client.force_login(world.handler)
    address = url("workflow_parties")

    for query in ("小星星", ID_NUMBER, "某某县 小星星"):
        assert party.name in text(client.get(address, {"q": query}))
    assert party.name not in text(client.get(address, {"q": "1101051949"}))

    case = party.case_parties.get().case
    for record in (case, case.lead):
        restrict(record, actor=world.unit_head, people=[], reason="保密")
    third = world.person("third", "handler", world.station, name="周第三")
    client.force_login(third)
    assert party.name not in text(client.get(address))
    assert client.get(url("workflow_party", party.pk)).status_code == 404


@pytest.mark.parametrize("name", ["workflow_parties", "workflow_party", "workflow_duplicates"])
def test_lists_ask_as_often_for_three_as_for_one(client, world, party, name):
    client.force_login(world.leader)
    address = url(name, *([party.pk] if name == "workflow_party" else []))
    counts = []
    for _round in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        for _number in range(2):
            case = world.investigating()
            add_named_party(case, actor=world.handler, fields={}, party=party)

    assert counts[0] == counts[1] or (name == "workflow_duplicates" and counts[1] - counts[0] <= 4)


def test_this_party_before_shows_what_the_viewer_may_see_and_no_more(client, world, party):
    hidden, open_ = world.investigating(), world.investigating()
    for case in (hidden, open_):
        add_named_party(case, actor=world.handler, fields={}, party=party)
    for record in (hidden, hidden.lead):
        restrict(record, actor=world.unit_head, people=[], reason="保密")
    case = party.case_parties.first().case
    client.force_login(world.leader)

    shown = text(client.get(url("workflow_case:inspect", case.pk)))

    assert open_.number in shown
    assert hidden.number not in shown


def test_merge_and_undo_on_screen(client, world, party):
    other = world.investigating().parties.get().party
    client.force_login(world.leader)
    assert other.name in text(client.get(url("workflow_duplicates")))
    address = url("workflow_merge_parties", party.pk, other.pk)
    assert "13800138000" not in text(client.get(address))

    assert client.post(address, {"reason": "同一店"}).status_code == 302
    assert reload(other).merged_into == party
    merge = PartyMerge.objects.get()
    undo = url("workflow_undo_merge", party.pk, merge.pk)
    assert undo in text(client.get(url("workflow_party", party.pk)))
    assert client.post(undo, {"reason": "弄错了"}).status_code == 302
    assert reload(other).merged_into is None


@pytest.mark.parametrize("who", ["handler", "unit_head", "reviewer"])
def test_merging_does_not_exist_for_others(client, world, party, who):
    other = world.investigating().parties.get().party
    client.force_login(getattr(world, who))

    assert client.get(url("workflow_merge_parties", party.pk, other.pk)).status_code == 404
    assert client.get(url("workflow_duplicates")).status_code == 404


def test_head_splits_a_party_off(client, world, party):
    case = party.case_parties.get().case
    fields = {"kind": "enterprise", "name": "东至某某玩具有限公司"}
    row = add_named_party(case, actor=world.handler, fields=fields)
    client.force_login(world.unit_head)
    address = url("workflow_case:split_party", case.pk, row.pk)
    assert address in text(client.get(url("workflow_case:inspect", case.pk), {"tab": "parties"}))

    answer = client.post(address, {"title": "玩具公司案", "reason": "两个违法行为"})

    new = Case.objects.get(title="玩具公司案")
    assert answer.url == url("workflow_case:inspect", new.pk)
    shown = text(client.get(url("workflow_case:inspect", case.pk), {"tab": "parties"}))
    assert new.number in shown
    restrict(new, actor=world.leader, people=[], reason="保密")
    shown = text(client.get(url("workflow_case:inspect", case.pk), {"tab": "parties"}))
    assert new.number not in shown


@pytest.mark.parametrize("machine", ["lead", "case"])
def test_a_remark_is_written_and_read(client, world, machine):
    case = world.investigating()
    record = case if machine == "case" else case.lead
    client.force_login(world.handler)

    answer = client.post(url(f"workflow_{machine}:remark", record.pk), {"text": "已约谈店主"})

    assert answer.status_code == 302
    assert "已约谈店主" in text(client.get(url(f"workflow_{machine}:inspect", record.pk)))
