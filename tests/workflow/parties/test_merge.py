"""Two rows of one party become one, and stand apart again exactly as they stood."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.casework import reload
from workflow.engine.refusals import TransitionRefused
from workflow.models import CaseParty, JournalLine, Lead, Party, PartyAlias, PartyMerge
from workflow.services.merging import FIELDS, merge_parties, undo_merge
from workflow.services.parties import add_alias, add_named_party
from workflow.services.party_edits import edit_party
from workflow.services.splitting import split_party

CODE = "91341721MA2N0ABC4X"


def rows(model, *fields):
    return list(model.objects.order_by("pk").values_list("pk", *fields))


def snapshot():
    """All that a merge may touch, journals apart."""
    party = [field.attname for field in Party._meta.concrete_fields]
    return {
        "parties": rows(Party, *party),
        "aliases": rows(PartyAlias, "party_id", "name", "kind"),
        "rows": rows(CaseParty, "case_id", "party_id"),
        "leads": rows(Lead, "party_id", "party_match"),
    }


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


@pytest.fixture
def two(world):
    """Two cases whose party was entered twice."""
    one, other = world.investigating(), world.investigating()
    return one.parties.get().party, other.parties.get().party


def merge(world, two, **more):
    return merge_parties(*two, actor=world.leader, reason="同一店", **more)


def test_everything_of_the_absorbed_party_follows(world, two):
    kept, absorbed = two
    case = CaseParty.objects.get(party=absorbed).case
    Party.objects.filter(pk=absorbed.pk).update(uscc=CODE, phone="0566-7011111")

    merge(world, two)

    kept, absorbed = reload(kept), reload(absorbed)
    assert (kept.uscc, kept.phone, absorbed.merged_into) == (CODE, "0566-7011111", kept)
    assert [row.party for row in case.parties.all()] == [kept]
    assert reload(case.lead).party == kept
    lines = JournalLine.objects.filter(verb="party.merged")
    assert {(line.record_type, line.record_id) for line in lines} == {
        ("workflow.case", case.pk), ("workflow.lead", case.lead_id),
    }  # fmt: skip


def test_the_other_value_wins_where_it_is_chosen_and_the_old_name_is_an_alias(world, two):
    kept, absorbed = two
    Party.objects.filter(pk=absorbed.pk).update(name="小星星玩具行")

    merge(world, two, other=("name",))

    assert reload(kept).name == "小星星玩具行"
    assert [alias.name for alias in kept.aliases.all()] == [kept.name]


@pytest.mark.parametrize(
    ("field", "values", "code"),
    [
        ("uscc", (CODE, "92341721MA2N0ABC4P"), "uscc_differs"),
        ("id_number", ("11010519491231002X", "440524188001010014"), "id_number_differs"),
        ("kind", ("person", "enterprise"), "kinds_differ"),
    ],
)
def test_two_parties_stay_two(world, two, field, values, code):
    for party, value in zip(two, values, strict=True):
        Party.objects.filter(pk=party.pk).update(**{field: value})
    before = snapshot()

    with pytest.raises(TransitionRefused) as refused:
        merge(world, two)

    assert codes(refused) == [code]
    assert snapshot() == before


@pytest.mark.parametrize("who", ["handler", "unit_head", "reviewer"])
def test_a_merge_needs_a_role_of_the_whole_bureau(world, two, who):
    with pytest.raises(TransitionRefused) as refused:
        merge_parties(*two, actor=getattr(world, who), reason="同一店")

    assert codes(refused) == ["no_permission"]


def test_a_case_that_names_both_keeps_both_rows(world, two):
    kept, absorbed = two
    case = CaseParty.objects.get(party=kept).case
    add_named_party(case, actor=world.handler, fields={}, party=absorbed)

    merge(world, two)

    assert [row.party for row in case.parties.order_by("order")] == [kept, absorbed]


def test_what_was_entered_for_the_party_kept_stays_with_it(world, two):
    kept, absorbed = two
    found = merge(world, two)
    third = world.investigating()
    add_named_party(third, actor=world.handler, fields={}, party=kept)

    undo_merge(found, actor=world.leader, reason="弄错了")

    assert kept in [row.party for row in third.parties.all()]
    assert CaseParty.objects.filter(party=absorbed).count() == 1


def test_undo_is_refused_after_a_later_change_of_the_same_field(world, two):
    kept, absorbed = two
    Party.objects.filter(pk=absorbed.pk).update(phone="0566-7011111")
    found = merge(world, two)
    case = CaseParty.objects.filter(party=kept).first().case
    edit_party(kept, case, actor=world.handler, fields={"phone": "0566-7022222"}, reason="换号")
    before = snapshot()

    with pytest.raises(TransitionRefused) as refused:
        undo_merge(found, actor=world.leader, reason="弄错了")

    assert codes(refused) == ["changed_since"]
    assert snapshot() == before


def test_undo_is_refused_when_the_party_was_merged_on(world, two):
    found = merge(world, two)
    third = world.investigating().parties.get().party
    merge_parties(third, reload(two[0]), actor=world.leader, reason="同一店")

    with pytest.raises(TransitionRefused) as refused:
        undo_merge(found, actor=world.leader, reason="弄错了")

    assert "merged_on" in codes(refused)


def test_a_merge_is_undone_once(world, two):
    found = merge(world, two)
    undo_merge(found, actor=world.leader, reason="弄错了")

    with pytest.raises(TransitionRefused) as refused:
        undo_merge(found, actor=world.leader, reason="再来")

    assert codes(refused) == ["undone_already"]
    assert PartyMerge.objects.get().undone_by == world.leader


def test_a_case_split_off_since_goes_back_with_the_other(world, two):
    _kept, absorbed = two
    case = CaseParty.objects.get(party=absorbed).case
    fields = {"kind": "enterprise", "name": "东至某某玩具有限公司"}
    add_named_party(case, actor=world.handler, fields=fields)
    found = merge(world, two)
    row = case.parties.get(order=1)
    new = split_party(row, actor=world.unit_head, title="分案", reason="分案")

    undo_merge(found, actor=world.leader, reason="弄错了")

    assert new.parties.get().party == absorbed


VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["甲玩具店", "甲 玩具店", "乙商行"]),
        "uscc": st.sampled_from(["", CODE]),
        "legal_representative": st.sampled_from(["", "王某"]),
        "phone": st.sampled_from(["", "0566-7011111", "13800138000"]),
        "address": st.sampled_from(["", "大渡口镇1号"]),
        "born_on": st.sampled_from([None, "1990-01-01"]),
    }
)


@given(
    one=VALUES, other=VALUES, both=st.booleans(), alias=st.booleans(),
    taken=st.lists(st.sampled_from(FIELDS), unique=True),
)  # fmt: skip
def test_merge_then_undo_is_identity(world, two, one, other, both, alias, taken):
    with transaction.atomic():
        for party, values in zip(two, (one, other), strict=True):
            for name, value in values.items():
                setattr(
                    party, name, "" if name == "uscc" and party is two[1] and one["uscc"] else value
                )
            party.save()
        kept, absorbed = (reload(party) for party in two)
        case = CaseParty.objects.filter(party=absorbed).first().case
        if both:
            add_named_party(case, actor=world.handler, fields={}, party=kept)
        if alias:
            add_alias(absorbed, case, actor=world.handler, kind="shop", name="小星星")
        before = snapshot()

        found = merge_parties(kept, absorbed, actor=world.leader, reason="同一店", other=taken)
        undo_merge(found, actor=world.leader, reason="弄错了")

        assert snapshot() == before
        transaction.set_rollback(True)
