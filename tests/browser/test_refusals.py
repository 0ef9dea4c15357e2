"""What does not go: the page says why, under which article, where to mend it, and keeps text."""

from __future__ import annotations

import pytest

from tests.browser.casework_stages import FACTS, LAW, Bureau
from tests.browser.officer import PRIMARY, address, label_of
from tests.casework import reload
from workflow.services import leads

REPORT = "经查，事实清楚。" * 60
PROPOSAL = "罚款5000元。"


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
    handler.fill(report=REPORT, proposal=PROPOSAL)
    other.act(case, "overview", address(case, "edit"), facts=FACTS + "补充。")

    assert handler.submit_in_vain().strip()
    assert reload(case).state == "investigating"
    page = handler.page
    assert page.locator("[name=report]").input_value() == REPORT
    assert page.locator("[name=proposal]").input_value() == PROPOSAL
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


@pytest.fixture
def writing(bureau):
    """A handler at the form of a step, with the text typed and not yet sent."""
    case = bureau.world.investigating()
    bureau.world.evidence(case)
    handler = bureau.handler
    handler.act(case, "overview", address(case, "edit"), facts=FACTS, legal_basis=LAW)
    handler.open_step(case, "case.conclude")
    handler.fill(report=REPORT, proposal=PROPOSAL)
    return handler


def sent_too_late(officer, title: str, text: list[str]) -> None:
    """Press the button: the answer says so and shows what was typed."""
    page = officer.page
    officer.visitor.press(page.locator(PRIMARY).first)
    assert title in page.locator("main").inner_text()
    shown = page.locator("section[aria-labelledby=typed-text] textarea[readonly]")
    assert [area.input_value() for area in shown.all()] == text


def test_a_page_from_before_another_sign_in_shows_what_was_typed(writing, bureau, house):
    writing.visitor.context.clear_cookies(name="sessionid")
    house.sign_in(writing.visitor, bureau.world.handler, page=writing.second_tab().page)

    sent_too_late(writing, "未作任何办理", [REPORT, PROPOSAL])

    writing.visitor.press(writing.page.get_by_role("link", name="重新打开页面"))
    assert writing.page.locator("[name=report]").input_value() == ""


def test_a_form_for_a_record_that_left_the_scope_shows_what_was_typed(bureau):
    world, head = bureau.world, bureau.unit_head
    lead = world.verifying()
    head.open_step(lead, "lead.merge")
    head.fill(merged_into="不记得了", reason=REPORT)
    leads.route_lead(lead, actor=world.office, unit=world.other, reason="属地")

    sent_too_late(head, "没有这个页面", ["不记得了", REPORT])

    head.visitor.press(head.page.get_by_role("link", name="回到工作台"))


def test_a_page_from_before_the_session_ended_shows_what_was_typed(writing):
    form = writing.page.url
    writing.visitor.context.clear_cookies(name="sessionid")

    sent_too_late(writing, "您的登录已失效", [REPORT, PROPOSAL])

    assert writing.page.locator("[name=next]").input_value() == form
