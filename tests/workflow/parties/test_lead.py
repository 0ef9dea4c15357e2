"""Leads: their party recognised with its reason; a declined one taken up again; remarks."""

from __future__ import annotations

import pytest

from tests.casework import later, reload
from workflow import api
from workflow.engine.refusals import TransitionRefused
from workflow.models import EvidenceFile, JournalLine, Party
from workflow.selectors.recognise import Match, Traits, recognised
from workflow.services.leads import edit_lead
from workflow.services.remarks import add_remark

CODE = "91341721MA2N0ABC4X"


@pytest.fixture
def known(world):
    """A party of a case of the station."""
    case = world.investigating()
    party = case.parties.get().party
    party.uscc, party.phone, party.address = CODE, "0566-7011111", "大渡口镇1号"
    party.save()
    return party


def names(user, **traits):
    return [(one.party.name, one.match) for one in recognised(user, Traits.of(**traits))]


@pytest.mark.parametrize(
    ("traits", "match"),
    [
        ({"uscc": CODE}, Match.CODE),
        ({"name": "某某县 小星星玩具店", "address": "大渡口镇 １ 号"}, Match.NAME_PLACE),
        ({"phone": "(0566) 7011111"}, Match.PHONE),
        ({"name": "某某县小星星玩具店"}, Match.NAME),
        ({"name": "小星星玩具店"}, Match.ALIKE),
        ({"name": "别的店", "address": "东至县大渡口镇1号"}, Match.ADDRESS),
    ],
)
def test_party_is_recognised_with_its_reason(world, known, traits, match):
    assert names(world.handler, **traits) == [(known.name, match)]
    assert names(world.stranger, **traits) == []


def test_another_code_is_another_party(world, known):
    assert names(world.handler, name=known.name, uscc="92341721MA2N0ABC4P") == []


def test_the_same_code_links_a_new_lead_and_the_same_name_does_not(world, known):
    by_code = world.lead(subject_uscc=CODE, subject_name="写错了的名字")
    by_name = world.lead(subject_name=known.name)

    assert (by_code.party, by_code.party_match) == (known, "code")
    assert (by_name.party, by_name.party_match) == (None, "")
    edit_lead(by_code, actor=world.handler, fields={"subject_uscc": ""})
    assert reload(by_code).party is None


@pytest.mark.parametrize("chosen", [True, False])
def test_filing_takes_the_party_that_was_chosen(world, known, chosen):
    lead = world.verifying(subject_name=known.name)
    data = {**world.filing(), "party": known.pk if chosen else ""}

    world.signed(lead, "lead.file", data)

    party = reload(lead).party
    assert (party == known, reload(lead).party_match) == (chosen, "name" if chosen else "new")
    assert Party.objects.count() == (1 if chosen else 2)


@pytest.fixture
def declined(world):
    lead = world.verifying()
    return world.signed(lead, "lead.decline", {"ground": "minor", "reason": "轻微并改正"})


def evidence(world, lead):
    return EvidenceFile.objects.create(
        lead=lead, kind="inspection", title="新检验报告", original_name="a.txt", size=1,
        mime_type="text/plain", sha256="0" * 64, collected_at=lead.state_since,
        uploaded_by=world.handler, file="x",
    )  # fmt: skip


def test_a_declined_lead_needs_new_evidence(world, declined):
    with pytest.raises(TransitionRefused) as refused:
        api.propose(declined, "lead.reopen", actor=world.handler, data={"reason": "新情况"})

    assert "no_new_evidence" in [refusal.code for refusal in refused.value.refusals]


def test_with_new_evidence_it_is_verified_again_and_its_days_run_anew(world, declined):
    with later(days=10):
        file = evidence(world, declined)
        data = {"reason": "检验不合格", "evidence": [file.pk]}

        lead = world.signed(declined, "lead.reopen", data)

        assert lead.state == "verifying"
        first, second = lead.deadlines.filter(code="C1").order_by("pk")
        assert first.done_at is not None
        assert second.starts_at == lead.state_since
        assert second.is_open


def test_a_remark_stands_in_the_journal_and_moves_nothing(world):
    case = world.investigating()
    approval = api.propose(case, "case.extend", actor=world.handler, data={"reason": "复杂"})

    add_remark(case, actor=world.reviewer, text=" 已电话联系检验机构。 ")

    line = JournalLine.objects.get(verb="remark.added")
    assert (line.case_id, line.actor, line.reason) == (
        case.pk,
        world.reviewer,
        "已电话联系检验机构。",
    )
    assert reload(case).version == case.version
    approval.refresh_from_db()
    assert approval.is_pending


@pytest.mark.parametrize(
    ("who", "text", "code"),
    [("stranger", "备注", "out_of_scope"), ("handler", " ", "text_missing")],
)
def test_a_remark_is_refused(world, who, text, code):
    case = world.investigating()

    with pytest.raises(TransitionRefused) as refused:
        add_remark(case, actor=getattr(world, who), text=text)

    assert [refusal.code for refusal in refused.value.refusals] == [code]
