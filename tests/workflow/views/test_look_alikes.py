"""While a lead is typed: known parties and leads like it, with the reason, within the scope."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.workflow.views.test_lead_intake import ADD, typed
from workflow.models import Lead
from workflow.services.access import restrict
from workflow.services.parties import add_alias

KNOWN = reverse("workflow_lead:known")
CODE = "91341721MA2N0ABC4X"


@pytest.fixture
def case(world):
    """A case whose party has all that one may be recognised by."""
    case = world.investigating(source_number="举2022-7")
    party = case.parties.get().party
    party.uscc, party.phone, party.address = CODE, "0566-7011111", "大渡口镇1号"
    party.save()
    add_alias(party, case, actor=world.handler, kind="shop", name="娃娃乐")
    return case


@pytest.fixture
def asked(client, world):
    def asked(who="handler", **said):
        client.force_login(world.person("third", "handler", world.station) if who == "third"
                           else getattr(world, who))  # fmt: skip
        return client.post(KNOWN, said)

    return asked


def found(response):
    """(party or record, why) of everything that was suggested."""
    known = response.context["known"]
    return [(str(one.party), one.why) for one in known.parties], [
        (one.record.machine, one.why) for one in known.records
    ]


PARTY = "某某县小星星玩具店"


@pytest.mark.parametrize(
    ("said", "parties"),
    [
        ({"subject_uscc": CODE}, [(PARTY, "统一社会信用代码相同")]),
        ({"subject_phone": "(0566) 7011111"}, [(PARTY, "电话相同")]),
        ({"subject_name": "某某县 小星星玩具店"}, [(PARTY, "名称相同")]),
        ({"subject_name": "小星星玩具店"}, [(PARTY, "名称相近")]),
        ({"subject_name": "娃娃乐"}, [(PARTY, "曾用名或字号相同")]),
        ({"address": "东至县大渡口镇 1 号"}, [(PARTY, "地址相同")]),
        ({"subject_name": "别的店"}, []),
        ({}, []),
    ],
)
def test_party_is_suggested_and_it_is_said_why(asked, case, said, parties):
    assert found(asked(**said))[0] == parties


@pytest.mark.parametrize(
    ("said", "machines"),
    [
        ({"source_number": "举2022-7"}, ["lead"]),
        ({"subject_name": "娃娃乐"}, ["lead", "case"]),
        ({"subject_name": "小星星玩具店", "place": "大渡口镇"}, ["lead"]),
        ({"title": "销售三无的儿童玩具", "place": "大渡口镇"}, ["lead"]),
        ({"title": "销售三无的儿童玩具", "place": "东流镇"}, []),
        ({"title": "餐馆没有许可证", "place": "大渡口镇"}, []),
    ],
)
def test_leads_and_cases_like_it_are_suggested(asked, case, said, machines):
    assert [machine for machine, _why in found(asked(**said))[1]] == machines


def test_two_shops_with_the_same_fault_are_two_matters(asked, case):
    said = {"title": "销售三无儿童玩具", "place": "大渡口镇", "subject_name": "千家惠超市"}

    assert found(asked(**said)) == ([], [])


@pytest.mark.parametrize("who", ["stranger", "third"])
def test_what_is_hidden_is_neither_shown_nor_counted(asked, world, case, who):
    if who == "third":
        for record in (case, case.lead):
            restrict(record, actor=world.leader, people=[], reason="保密")
    said = {
        "subject_uscc": CODE, "subject_name": PARTY, "subject_phone": "0566-7011111",
        "address": "大渡口镇1号", "place": "大渡口镇", "title": "销售三无儿童玩具",
        "source_number": "举2022-7",
    }  # fmt: skip

    nothing, something = asked(who, subject_name="世上没有的店"), asked(who, **said)

    assert something.content == nothing.content


def test_only_who_registers_leads_is_answered(asked, case):
    assert asked("reviewer", subject_uscc=CODE).status_code == 404


def test_hostile_text_is_shown_as_text_and_breaks_nothing(asked, world, case):
    world.lead(subject_name="<script>x</script>")

    shown = asked(subject_name="<script>x</script>", subject_uscc="\x00" * 9, title="长" * 99999)

    assert shown.status_code == 200
    assert "<script>" not in shown.content.decode()


def test_it_asks_as_often_for_three_as_for_one(asked, world, case):
    said = {"subject_name": PARTY, "subject_uscc": CODE, "place": "大渡口镇", "title": "玩具"}
    counts = []
    for _round in range(2):
        asked(**said)
        with CaptureQueriesContext(connection) as queries:
            asked(**said)
        counts.append(len(queries))
        for _number in range(2):
            world.investigating()

    assert counts[0] == counts[1]


def test_without_scripts_the_check_comes_on_submit_and_the_party_is_chosen(client, world, case):
    client.force_login(world.handler)
    party = case.parties.get().party
    data = typed(world, subject_name="娃娃乐")

    first = client.post(ADD, data)
    shown = first.content.decode()
    chosen = {"known": first.context["known"].mark, "party": party.pk}
    second = client.post(ADD, data | chosen)

    assert (first.status_code, second.status_code) == (422, 302)
    assert f'name="party" value="{party.pk}"' in shown
    lead = Lead.objects.exclude(pk=case.lead_id).get()
    assert (lead.party, lead.party_match) == (party, "alias")


def test_what_was_seen_while_typing_is_not_asked_again(asked, client, world, case):
    mark = asked(subject_name="娃娃乐").context["known"].mark
    world.lead(subject_name="娃娃乐")

    assert client.post(ADD, typed(world, subject_name="娃娃乐", known=mark)).status_code == 422
    seen = asked(**typed(world, subject_name="娃娃乐")).context["known"].mark
    assert client.post(ADD, typed(world, subject_name="娃娃乐", known=seen)).status_code == 302


@pytest.mark.parametrize("hidden", [False, True])
def test_a_party_out_of_scope_is_not_chosen(client, world, case, hidden):
    if hidden:
        for record in (case, case.lead):
            restrict(record, actor=world.leader, people=[], reason="保密")
    client.force_login(world.person("third", "handler", world.station))
    party = case.parties.get().party
    data = typed(world, subject_name=PARTY, party=party.pk, known="")

    response = client.post(ADD, data)

    assert (response.status_code, "party" in response.context["form"].errors) == (422, hidden)
