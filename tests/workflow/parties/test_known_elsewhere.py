"""A code typed for a party another unit knows answers as if nobody knew it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.casework import reload
from workflow.models import Party
from workflow.selectors.parties import before, duplicates
from workflow.services.access import restrict
from workflow.services.merging import merge_parties
from workflow.services.parties import add_alias, add_named_party

CODE = "91341721MA2N0ABC4X"
TYPED = {"kind": "enterprise", "name": "东至某某商贸公司", "uscc": CODE}


@pytest.fixture
def known(world):
    """A party of a case of the station, with all that may be known of one."""
    case = world.investigating()
    party = case.parties.get().party
    party.kind, party.uscc, party.name = "enterprise", CODE, "东至某某商贸有限公司"
    party.address, party.phone, party.legal_representative = "大渡口镇1号", "0566-7011111", "王某"
    party.save()
    add_alias(party, case, actor=world.handler, kind="shop", name="娃娃乐")
    return party


def hide(world, party):
    case = party.case_parties.get().case
    for record in (case, case.lead):
        restrict(record, actor=world.leader, people=[], reason="保密")


def case_of(world, unit, handler):
    """A case of the unit about somebody else."""
    case = world.investigating(subject_name="别的店")
    type(case).objects.filter(pk=case.pk).update(unit=unit)
    type(case.lead).objects.filter(pk=case.lead_id).update(unit=unit)
    return reload(case)


@pytest.mark.parametrize("where", ["nowhere", "elsewhere", "restricted"])
def test_what_is_shown_is_what_was_typed(client, world, request, where):
    if where != "nowhere":
        hidden = request.getfixturevalue("known")
        if where == "restricted":
            hide(world, hidden)
    there = where == "elsewhere"
    case = case_of(world, world.other if there else world.station, world.stranger)
    who = world.stranger if there else world.person("third", "handler", world.station)
    client.force_login(who)

    row = add_named_party(case, actor=who, fields=TYPED)

    shown = client.get(reverse("workflow_party", args=[row.party_id])).content.decode()
    assert (row.party.name, row.party.uscc, row.party.address) == (TYPED["name"], CODE, "")
    assert [word for word in ("有限公司", "大渡口镇1号", "王某", "娃娃乐") if word in shown] == []


def test_a_lead_of_another_unit_is_not_linked_by_the_code(world, known):
    here = world.lead(subject_uscc=CODE)
    there = world.lead(subject_uscc=CODE, unit=world.other, by=world.stranger)
    by_office = world.lead(subject_uscc=CODE, unit=world.other, by=world.office)

    assert [lead.party for lead in (here, there, by_office)] == [known, None, None]


def test_who_reads_both_finds_them_as_one(world, known):
    case = case_of(world, world.other, world.stranger)
    row = add_named_party(case, actor=world.stranger, fields=TYPED)
    first = known.case_parties.get().case

    pair = (known, row.party)
    assert [(one.kept, one.other) for one in duplicates(world.leader)] == [pair]
    assert first in [one.record for one in before(case, world.leader)]
    assert before(case, world.stranger) == []

    merge_parties(*pair, actor=world.leader, reason="同一公司")
    assert Party.objects.standing().filter(uscc=CODE).get() == known


def test_the_unit_itself_has_one_row(world, known):
    case = case_of(world, world.station, world.handler)

    row = add_named_party(case, actor=world.handler, fields=TYPED)

    assert row.party == known
