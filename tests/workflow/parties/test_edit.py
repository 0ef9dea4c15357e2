"""What the registry says of a party, mended on screen: scoped, journalled, never overrun."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.casework import reload
from tests.everything import everything
from tests.workflow.documents.papers import docx, said
from workflow import api
from workflow.documents.context.records import case as case_facts
from workflow.documents.store import keep_template
from workflow.engine.subjects import about_record
from workflow.forms.identity import PhoneField
from workflow.models import DocumentForm, JournalLine, PartyAlias
from workflow.services import documents
from workflow.services.access import restrict
from workflow.services.parties import add_named_party
from workflow.services.party_edits import edit_party

CODE, OTHER_CODE = "91341721MA2N0ABC4X", "92341721MA2N0ABC4P"
ID_NUMBER, OTHER_NUMBER = "11010519491231002X", "34010219800101001X"
SIGNING_IN = ("sessions.Session", "accounts.User")


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def party(case):
    party = case.parties.get().party
    party.id_number, party.phone, party.address = ID_NUMBER, "138 0013 8000", "大渡口镇1号"
    party.save()
    return party


@pytest.fixture
def page(client, world, case, party):
    """Signs in, opens the page and sends what is typed on top of what it showed."""

    def page(who="handler", *, opened=None, **typed):
        client.force_login(getattr(world, who))
        address = reverse("workflow_edit_party", args=[party.pk])
        shown = opened or client.get(address).content.decode()
        seen = re.search(r'name="seen" value="(\w+)"', shown)
        data = {
            "kind": party.kind, "name": party.name, "uscc": party.uscc, "address": party.address,
            "file": f"case-{case.pk}", "reason": "对照营业执照更正",
            "keep_former": "on", "seen": seen[1] if seen else "", **typed,
        }  # fmt: skip
        return client.post(address, data)

    page.address = reverse("workflow_edit_party", args=[party.pk])
    return page


def errors(response):
    return {name: list(said) for name, said in response.context["form"].errors.items()}


def edited():
    return JournalLine.objects.filter(verb="party.edited")


def test_what_is_typed_is_known_from_then_on_and_the_old_name_is_a_former_one(page, party, case):
    old = party.name

    answer = page(name="大渡口小星星玩具店", uscc=CODE.lower(), phone="0566 7011111")

    party = reload(party)
    assert answer.status_code == 302
    assert (party.name, party.uscc, party.phone) == ("大渡口小星星玩具店", CODE, "0566 701 1111")
    assert list(PartyAlias.objects.values_list("kind", "name")) == [("former", old)]
    line = edited().get()
    assert (line.case_id, line.actor.username, line.reason) == (
        case.pk, "handler", "对照营业执照更正",
    )  # fmt: skip
    assert line.data == {
        "subject": party.pk, "fields": ["name", "uscc", "phone"],
        "was": {"name": old, "uscc": ""}, "now": {"name": "大渡口小星星玩具店", "uscc": CODE},
    }  # fmt: skip


def test_a_slip_of_the_pen_leaves_no_former_name(page, party):
    page(name="大渡口小星星玩具店", keep_former="")

    assert not PartyAlias.objects.exists()


def test_timeline_says_what_changed(client, page, case, party):
    page(address="大渡口镇2号", phone="0566-7022222")

    shown = client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": "timeline"})

    assert "大渡口镇1号 → 大渡口镇2号" in shown.content.decode()
    assert "7022222" not in shown.content.decode()


def test_masked_information_is_neither_shown_nor_lost(client, world, page, party):
    client.force_login(world.handler)
    shown = client.get(page.address).content.decode()

    page(address="大渡口镇2号", clear_phone="on")

    assert [word for word in (ID_NUMBER, "138 0013 8000") if word in shown] == []
    assert (reload(party).id_number, reload(party).phone) == (ID_NUMBER, "")


def test_of_a_person_the_journal_keeps_no_contents(page, party):
    type(party).objects.filter(pk=party.pk).update(kind="person")

    page(kind="person", name="张某某", address="东流镇9号", id_number=OTHER_NUMBER)

    data = edited().get().data
    assert data == {"subject": party.pk, "fields": ["name", "address", "id_number"]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"uscc": "91341721MA2N0ABC40"}, "uscc"),
        ({"uscc": "913417"}, "uscc"),
        ({"kind": "person", "uscc": CODE}, "uscc"),
        ({"id_number": "110105194912310020"}, "id_number"),
        ({"id_number": "1101054912"}, "id_number"),
        ({"id_number": OTHER_NUMBER, "born_on": "1990-01-01"}, "born_on"),
        ({"phone": "99999"}, "phone"),
        ({"phone": "0566-7011111", "clear_phone": "on"}, "clear_phone"),
        ({"reason": " "}, "reason"),
        ({"file": "case-999999"}, "file"),
    ],
)
def test_wrong_entry_is_said_beside_its_field_and_kept(page, party, typed, field):
    before = everything(but=SIGNING_IN)

    answer = page(legal_representative="王某某", **typed)

    assert (answer.status_code, list(errors(answer))) == (422, [field])
    assert "王某某" in answer.content.decode()
    assert everything(but=SIGNING_IN) == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12315", "12315"), ("95588", "95588"), ("400-812-3123", "400 812 3123"),
        ("13800138000，0566-7011111", "138 0013 8000、0566 701 1111"),
        ("0566-7011111转801", "0566 701 1111转801"), ("+852 2345 6789", "+852 2345 6789"),
    ],
)  # fmt: skip
def test_numbers_that_exist_are_written_the_usual_way(typed, kept):
    assert PhoneField().clean(typed) == kept


def test_what_another_changed_meanwhile_is_not_overrun(client, world, page, party):
    client.force_login(world.handler)
    opened = client.get(page.address).content.decode()
    assert page(address="大渡口镇2号").status_code == 302

    second = page(opened=opened, address="大渡口镇3号")

    shown = second.content.decode()
    assert (second.status_code, reload(party).address) == (422, "大渡口镇2号")
    assert "大渡口镇2号" in shown
    assert "大渡口镇3号" in shown
    third = page(opened=shown, address="大渡口镇3号")
    assert (third.status_code, reload(party).address) == (302, "大渡口镇3号")


def test_a_code_of_another_known_party_is_refused_beside_it(world, page, party):
    known = world.investigating().parties.get().party
    type(known).objects.filter(pk=known.pk).update(uscc=CODE)

    answer = page(uscc=CODE)

    assert (answer.status_code, list(errors(answer))) == (422, ["uscc"])


def test_a_code_only_others_know_is_taken_as_if_nobody_knew_it(world, page, party):
    case = world.investigating()
    for record in (case, case.lead):
        restrict(record, actor=world.leader, people=[], reason="保密")
    hidden = case.parties.get().party
    type(hidden).objects.filter(pk=hidden.pk).update(uscc=CODE)
    third = world.person("third", "handler", world.station, name="周第三")
    world.third = third

    answer = page("third", uscc=CODE)

    assert (answer.status_code, reload(party).uscc) == (302, CODE)


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler", 302), ("stranger", 404), ("editor", 404), ("system_admin", 404),
     ("reviewer", 422)],
)  # fmt: skip
def test_who_may_change(page, who, status):
    assert page(who, address="大渡口镇2号").status_code == status


def test_head_of_unit_changes_it_for_an_open_lead_only(client, world, page, case, party):
    lead = world.lead(subject_name=party.name)
    type(lead).objects.filter(pk=lead.pk).update(party=party)

    assert page("unit_head", address="大渡口镇2号").status_code == 422
    assert page("unit_head", file=f"lead-{lead.pk}", address="大渡口镇2号").status_code == 302


def test_other_files_under_way_are_told_without_name_and_reason(world, page, case, party):
    other = world.investigating()
    add_named_party(other, actor=world.handler, fields={}, party=party)
    version = reload(other).version

    page(address="大渡口镇2号")

    line = edited().get(case=other)
    assert (line.actor, line.reason) == (None, "")
    assert line.data == {"subject": party.pk, "fields": ["address"]}
    assert reload(other).version == version + 1


@pytest.mark.parametrize(
    ("typed", "outcome"), [({"name": "甲店"}, "voided"), ({"address": "大渡口镇2号"}, "")]
)
def test_a_proposal_is_void_when_somebody_else_is_named(world, page, case, typed, outcome):
    approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": "复杂"})

    page(**typed)

    assert reload(approval).outcome == outcome


def test_what_was_issued_stays_as_it_was_issued(world, case, party):
    form = DocumentForm.objects.create(
        code="a", name="通知", about="case", origin="bureau", fields=[]
    )
    keep_template(form, docx("{{ 案件.当事人名称 }}"), current=True)
    draft = documents.save_draft(form, about_record(case), actor=world.handler, written={})
    issued = documents.issue_document(draft, actor=world.handler)

    edit_party(party, case, actor=world.handler, fields={"name": "乙店"}, reason="更名")

    issued.refresh_from_db()
    with issued.file.open("rb") as file:
        assert said(file.read()) == [party.name]
    assert case_facts(case)["当事人名称"] == "乙店"
