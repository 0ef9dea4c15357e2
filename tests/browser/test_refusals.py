"""What does not go: the page says why, under which article, where to mend it, and keeps text."""

from __future__ import annotations

import pytest

from tests.browser.casework_stages import FACTS, LAW, Bureau
from tests.browser.officer import address, label_of
from tests.casework import reload

REPORT = "经查，事实清楚。" * 60


@pytest.fixture
def bureau(newsroom, house):
    return Bureau(newsroom, house)


def test_a_blocked_step_says_what_is_missing_under_which_law_and_where_to_mend_it(bureau):
    case = bureau.world.investigating()
    handler = bureau.handler
    page = handler.open(case)
    blocked = page.locator(".cw-blocked", has_text=label_of("case.conclude"))
    reasons = blocked.locator(".cw-reasons li")
    assert reasons.count() >= 2
    assert all("条" in law for law in reasons.locator(".cw-law").all_inner_texts())
    handler.visitor.press(blocked.locator(f'a[href^="{address(case, "edit")}"]').first)
    handler.fill(facts=FACTS, legal_basis=LAW)
    handler.submit()
    assert reload(case).facts == FACTS


def test_a_page_from_before_somebody_elses_change_is_refused_and_keeps_the_text(bureau):
    world = bureau.world
    case = world.investigating()
    world.evidence(case)
    handler = bureau.handler
    handler.act(case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW)
    other = handler.second_tab()
    handler.open_step(case, "case.conclude")
    handler.fill(report=REPORT, proposal="罚款5000元。")
    other.act(case, "overview", address(case, "edit"), facts=FACTS + "补充。")

    assert handler.submit_in_vain().strip()
    assert reload(case).state == "investigating"
    page = handler.page
    assert page.locator("[name=report]").input_value() == REPORT
    assert page.locator("[name=proposal]").input_value() == "罚款5000元。"
    handler.submit(label_of("case.conclude"))
    assert reload(case).state == "concluded"


def test_a_missing_field_is_marked_and_what_was_typed_stays(bureau):
    world = bureau.world
    case = world.investigating()
    world.evidence(case)
    handler = bureau.handler
    handler.act(case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW)
    handler.open_step(case, "case.conclude")
    handler.fill(report=REPORT, proposal=" ", complex_or_major=True)

    assert handler.submit_in_vain().strip()
    assert handler.page.locator("[name=report]").input_value() == REPORT
    assert handler.page.locator("[name=complex_or_major]").is_checked()
    assert reload(case).state == "investigating"


def test_for_a_person_of_another_unit_the_case_does_not_exist(bureau):
    case = bureau.world.investigating()
    stranger = bureau.stranger
    for name in ("inspect", "edit", "add_evidence", "propose_transfer"):
        page = stranger.visitor.visit(address(case, name), status=404)
        assert case.title not in page.content()
    page = stranger.visitor.visit(f"/admin/cases/?q={case.number}")
    assert case.title not in page.locator("main").inner_text()


def test_from_the_desk_to_a_signature_by_keyboard_alone(bureau):
    world = bureau.world
    lead = world.verifying()
    from workflow import api

    api.propose(lead, "lead.file", actor=world.handler, data=world.filing())
    bureau.unit_head.sign_from_desk(lead.number)
    bureau.leader.sign_from_desk(lead.number)
    assert reload(lead).state == "filed"
