"""What may not be is refused with a clear reason, and nothing at all has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock
from accounts.models import Posting
from accounts.services import end_posting
from tests.casework import later, reload
from tests.everything import everything
from workflow import api
from workflow.services import access, case_file, leads


def refused(act) -> list[tuple[str, str]]:
    """(code, field) of every reason against ``act``, which must change nothing.

    The people of the test must be there before: the world makes them when first asked for.
    """
    before = everything()

    with pytest.raises(api.TransitionRefused) as caught:
        act()

    assert everything() == before
    reasons = caught.value.refusals
    assert all(str(reason.message) for reason in reasons)
    return [(reason.code, reason.field) for reason in reasons]


def accept(world, lead, **data):
    data = {"handlers": [world.handler, world.second], **data}
    return api.perform(lead, "lead.accept", actor=world.unit_head, data=data)


def conclude(world, case, actor=None, seen=None, **data):
    data = {"report": "事实清楚。", "proposal": "罚款", **data}
    return api.perform(case, "case.conclude", actor=actor or world.handler, data=data, seen=seen)


@pytest.fixture(autouse=True)
def people(world):
    return [world.handler, world.second, world.stranger, world.unit_head, world.office]


@pytest.fixture
def lead(world):
    return world.lead()


@pytest.fixture
def case(world):
    """A case that may be concluded."""
    case = world.investigating()
    world.evidence(case)
    fields = {"facts": "经查，当事人销售三无玩具 30 件。", "legal_basis": "产品质量法第二十七条"}
    return case_file.edit_case(case, actor=world.handler, fields=fields)


def test_the_act_itself_is_good(world, lead, case):
    assert accept(world, lead).verb == "lead.accept"
    assert conclude(world, case).verb == "case.conclude"


def test_asked_twice(world, case):
    conclude(world, case)

    assert refused(lambda: conclude(world, case)) == [("wrong_state", "")]


def test_from_a_stale_page(world, case):
    seen = reload(case).version - 1

    assert refused(lambda: conclude(world, case, seen=seen)) == [("stale", "")]


def test_by_a_person_whose_posting_ended_a_minute_ago(world, case):
    posting = Posting.objects.get(user=world.handler)
    end_posting(posting, by=None, reason="调离")

    with later(minutes=1):
        assert refused(lambda: conclude(world, case)) == [("out_of_scope", "")]


def test_by_a_person_whose_posting_ended_while_another_process_kept_it_in_memory(world, case):
    """The rights cached on the user of a long request do not outlive the posting."""
    person = world.handler
    assert api.refusals(api.attempt_of(case, "case.conclude", person)) == []
    end_posting(Posting.objects.get(user=person), by=None, reason="调离")

    assert refused(lambda: conclude(world, case, actor=person)) == [("out_of_scope", "")]


def test_by_a_stranger_and_by_a_colleague_without_the_act(world, case):
    stranger, head = world.stranger, world.unit_head

    assert refused(lambda: conclude(world, case, actor=stranger)) == [("out_of_scope", "")]
    assert refused(lambda: conclude(world, case, actor=head)) == [("no_permission", "")]


def test_on_a_lead_that_was_routed_to_another_unit(world, lead):
    leads.route_lead(lead, actor=world.office, unit=world.other, reason="属地")

    assert refused(lambda: accept(world, lead)) == [("out_of_scope", "")]


def test_on_a_record_that_was_restricted_meanwhile(world, lead):
    access.restrict(lead, actor=world.office, people=[world.handler], reason="防止跑风漏气")

    assert refused(lambda: accept(world, lead)) == [("out_of_scope", "")]


@pytest.mark.parametrize("missing", ["report", "proposal"])
def test_with_a_field_missing(world, case, missing):
    assert refused(lambda: conclude(world, case, **{missing: ""})) == [("invalid", missing)]


def test_with_a_choice_nobody_offered(world, lead):
    found = refused(lambda: accept(world, lead, handlers=[world.handler, world.stranger]))

    assert found == [("invalid", "handlers")]


def test_dated_tomorrow(world, case):
    tomorrow = clock.now() + timedelta(days=1)

    found = refused(lambda: conclude(world, case, acted_at=tomorrow))

    assert found == [("in_the_future", "acted_at")]


def test_dated_before_the_act_it_follows(world, case):
    before = clock.now() - timedelta(hours=2)

    assert refused(lambda: conclude(world, case, acted_at=before)) == [
        ("before_previous", "acted_at")
    ]


@pytest.mark.parametrize("when", ["yesterday afternoon", "2022-02-30T10:00", "٣"])
def test_dated_in_no_calendar(world, case, when):
    assert refused(lambda: conclude(world, case, acted_at=when)) == [("invalid", "acted_at")]


def test_entered_late_without_reason(world, case):
    happened = clock.now() + timedelta(hours=1)

    with later(days=7):
        found = refused(lambda: conclude(world, case, acted_at=happened))
        line = conclude(world, case, acted_at=happened, late_reason="系统停机")

    assert found == [("late", "late_reason")]
    assert (line.acted_at, line.late_reason) == (happened, "系统停机")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("report", "长" * (10 * 1024 * 1024 // 3), id="ten megabytes"),
        pytest.param("report", "有\x00无", id="a zero byte"),
        pytest.param("report", "铃\x07声", id="a control character"),
        pytest.param("proposal", "半\ud83d个", id="half a surrogate"),
        pytest.param("note", "半\udc00个", id="half a surrogate in the note"),
    ],
)
def test_with_text_nobody_can_keep(world, case, field, text):
    found = refused(lambda: conclude(world, case, **{field: text}))

    assert set(found) == {("invalid", field)}


def test_with_text_that_is_only_strange(world, case):
    """Line breaks, emoji and characters beyond the first plane are kept as typed."""
    report = "第一行\n第二行\t𠮷野家😀"

    conclude(world, case, report=report)

    assert reload(case).report == report


def test_every_reason_is_said_at_once(world):
    case = world.investigating()

    found = refused(lambda: conclude(world, case, report=""))

    assert found == [
        ("invalid", "report"), ("facts_missing", ""), ("basis_missing", ""),
        ("evidence_missing", ""),
    ]  # fmt: skip


def test_an_internal_step_by_hand(world, case):
    found = refused(lambda: api.perform(case, "case.transfer", actor=world.handler))

    assert found == [("internal", "")]


def test_a_step_nobody_bound(world, case):
    before = everything()

    with pytest.raises(LookupError, match="case\\.fly"):
        api.perform(case, "case.fly", actor=world.handler)

    assert everything() == before


def test_a_record_that_was_never_saved(world):
    handler = world.handler
    before = everything()

    with pytest.raises(api.Case.DoesNotExist):
        api.perform(api.Case(), "case.conclude", actor=handler)

    assert everything() == before
