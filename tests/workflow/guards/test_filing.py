"""立案: two qualified handlers, none recused, a subject, the four conditions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from tests.casework import reload
from tests.workflow.guards.asking import codes
from workflow import api
from workflow.models import Case, Deadline, Handler
from workflow.services import access, leads
from workflow.services.evidence import add_evidence


def test_filing_is_open_to_a_handler_of_two(world):
    assert codes(world.verifying(), "lead.file", world.handler) == []


def test_filing_needs_a_second_handler_with_a_valid_certificate(world):
    lead = world.verifying()

    world.second.qualified_until = clock.today() - timedelta(days=1)
    world.second.save(update_fields=["qualified_until"])

    assert codes(lead, "lead.file", world.handler) == ["two_handlers"]


def test_recused_handler_does_not_count_and_does_not_act(world):
    lead = world.verifying()
    handler = Handler.objects.get(lead=lead, user=world.second)

    access.recuse(handler, actor=world.leader, reason="与当事人有亲属关系")

    assert codes(lead, "lead.file", world.handler) == ["two_handlers"]
    assert codes(lead, "lead.file", world.second) == ["two_handlers", "recused"]


def test_colleague_who_does_not_handle_does_not_file(world):
    lead = world.verifying()
    colleague = world.person("third", "handler", world.station)

    assert codes(lead, "lead.file", colleague) == ["not_handler"]


def test_filing_needs_a_subject(world):
    lead = world.verifying()
    leads.edit_lead(lead, actor=world.handler, fields={"subject_name": ""})

    assert codes(lead, "lead.file", world.handler) == ["subject_missing"]


@pytest.mark.parametrize(
    "condition", ["breach_shown", "penalty_due", "own_jurisdiction", "in_time"]
)
def test_each_of_the_four_conditions_is_needed(world, condition):
    lead = world.verifying()

    with pytest.raises(api.TransitionRefused) as refused:
        api.propose(
            lead, "lead.file", actor=world.handler, data=world.filing() | {condition: False}
        )

    assert [(r.code, r.field) for r in refused.value.refusals] == [("invalid", condition)]


def test_filed_case_has_the_lead_s_handlers_party_unit_and_date(world):
    case = world.investigating()

    assert [h.user for h in case.handlers.order_by("pk")] == [world.handler, world.second]
    assert case.parties.get().party.name == "某某县小星星玩具店"
    assert (case.unit, case.state, case.filed_at) == (world.station, "investigating", clock.now())
    assert case.deadlines.get(code="C12").due_on.isoformat() == "2022-05-30"


def test_restricted_lead_opens_a_restricted_case_for_the_same_people(world):
    lead = world.lead(restricted=True)
    access.name_to_know(
        lead, [world.unit_head, world.leader, world.second], by=world.handler, reason="知悉"
    )
    api.perform(
        lead, "lead.accept", actor=world.unit_head, data={"handlers": [world.handler, world.second]}
    )
    world.signed(lead, "lead.file", world.filing())

    case = Case.objects.get(lead=lead)
    assert case.restricted
    assert sorted(g.user.username for g in case.grants.all()) == [
        "handler", "leader", "second", "unit_head",
    ]  # fmt: skip


@pytest.mark.parametrize("ground", ["minor", "first", "no_fault", "other"])
def test_declined_lead_keeps_its_ground_and_reason(world, ground):
    lead = world.signed(
        world.verifying(), "lead.decline", {"ground": ground, "reason": "已及时改正。"}
    )

    assert (lead.state, lead.decline_ground, lead.outcome_reason) == (
        "declined", ground, "已及时改正。",
    )  # fmt: skip


def test_declining_without_a_reason_is_refused_beside_the_field(world):
    with pytest.raises(api.TransitionRefused) as refused:
        api.propose(
            world.verifying(), "lead.decline", actor=world.handler, data={"ground": "minor"}
        )

    assert [(r.code, r.field) for r in refused.value.refusals] == [("invalid", "reason")]


def test_declined_lead_is_taken_up_again_on_new_evidence(world):
    lead = world.signed(world.verifying(), "lead.decline", {"ground": "minor", "reason": "轻微"})

    upload = SimpleUploadedFile("诊断.txt", "诊断证明".encode())
    file = add_evidence(
        lead, actor=world.handler, upload=upload, kind="document", title="诊断证明",
        collected_at=clock.now(),
    )  # fmt: skip
    data = {"reason": "新发现同批次产品致人受伤", "evidence": [file.pk]}

    lead = world.signed(lead, "lead.reopen", data)

    assert lead.state == "verifying"


def test_merged_lead_comes_back_where_it_stood(world):
    target, lead = world.lead(title="甲"), world.verifying(title="乙")
    data = {"merged_into": target.number, "reason": "同一当事人"}
    api.perform(lead, "lead.merge", actor=world.handler, data=data)
    assert (reload(lead).state, reload(lead).merged_into) == ("merged", target)

    api.perform(lead, "lead.unmerge", actor=world.handler, data={"reason": "查明非同一主体"})

    assert (reload(lead).state, reload(lead).merged_into) == ("verifying", None)


@pytest.mark.parametrize("outcome", ["lead.file", "lead.decline"])
def test_reporters_of_merged_leads_are_owed_the_outcome_too(world, outcome):
    """投诉举报办法 31: five working days for each named reporter, merged or not."""
    reporter = {"kind": "real_name", "name": "周举报", "phone": "13800000000"}
    target, nearer = world.verifying(title="甲"), world.lead(title="乙")
    farther = world.lead(title="丙", reporter=reporter)
    for lead, into in ((farther, nearer), (nearer, target)):
        api.perform(
            lead, "lead.merge", actor=world.handler,
            data={"merged_into": into.number, "reason": "同一当事人"},
        )  # fmt: skip
    data = world.filing() if outcome == "lead.file" else {"ground": "minor", "reason": "轻微"}

    world.signed(target, outcome, data)

    owed = Deadline.objects.filter(code="C4")
    assert [(limit.lead, limit.state) for limit in owed] == [(farther, "running")]
    leads.inform_reporter(farther, actor=world.handler, acted_at=clock.now(), how="电话")
    assert [limit.state for limit in owed.all()] == ["met"]


def test_lead_is_not_merged_into_one_the_person_may_not_see(world):
    lead = world.verifying()
    foreign = world.lead(unit=world.other, by=world.stranger)

    with pytest.raises(api.TransitionRefused) as refused:
        api.perform(
            lead, "lead.merge", actor=world.handler,
            data={"merged_into": foreign.number, "reason": "同一当事人"},
        )  # fmt: skip

    assert [(r.code, r.field) for r in refused.value.refusals] == [("invalid", "merged_into")]
