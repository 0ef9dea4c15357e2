"""One lead through all five stages, by the people it needs, to the public page and off it again."""

from __future__ import annotations

import pytest

from accounts import clock
from tests.browser import casework_stages as stages
from tests.browser import publication
from tests.browser.officer import label_of
from tests.casework import reload


@pytest.fixture
def bureau(newsroom, house):
    return stages.Bureau(newsroom, house)


def test_a_lead_goes_through_all_stages_to_the_public_page_and_off_it(bureau, house):
    lead = stages.register(bureau)
    assert lead.state == "verifying"
    case = stages.file(bureau, lead)
    assert case.state == "investigating"
    case = stages.review(bureau, stages.investigate(bureau, case))
    case = stages.notify(bureau, case)
    assert case.state == "noticed"
    case = stages.decide(bureau, case)
    assert case.state == "enforcing"
    case = stages.pay_and_close(bureau, case)
    assert case.state == "closed"
    page = bureau.handler.open(case, tab="timeline")
    assert label_of("case.close") in page.locator("main").inner_text()

    exposed(bureau, house, case)


def exposed(bureau, house, case):
    """The closed case goes out, is read by a stranger, and is taken back."""
    title = "大渡口镇查处某玩具店销售三无玩具案"
    exposure = publication.nominate(bureau, case)
    exposure = publication.draft(bureau, exposure, title=title)
    exposure = publication.check(bureau, exposure)
    stranger = house.visitor()
    assert exposure.release_no is None
    assert title not in stranger.visit("/cases/").content()

    exposure = publication.release(bureau, exposure)
    own = f"/cases/{exposure.release_no}/"
    page = stranger.visit(own)
    assert page.locator("h1").inner_text() == title
    assert case.number not in page.content(), "no number of the file"
    for where, path in publication.places(exposure, "三无玩具").items():
        assert own in publication.told(stranger, where, path), where

    publication.withdraw(bureau, exposure)
    page = stranger.visit(own, status=410)
    notice = page.locator("main").inner_text()
    today = clock.today()
    assert f"{today.year}年{today.month}月{today.day}日" in notice
    assert "玩具" not in page.content()
    for where, path in publication.places(exposure, "三无玩具").items():
        assert own not in publication.told(stranger, where, path), where


def test_part_of_a_case_goes_to_the_police_and_comes_back(bureau):
    case = bureau.world.investigating()
    transfer = stages.hand_over(bureau, case, whole=False)
    assert reload(case).state == "investigating", "a part moves nothing"
    handler = bureau.handler
    handler.step(transfer, "transfer.accept", outcome_number="东公立〔2026〕3号")
    handler.step(
        reload(transfer), "transfer.return", outcome_number="东公退〔2026〕3号", reason="无犯罪事实"
    )
    assert reload(transfer).state == "returned"
    assert reload(case).state == "investigating"


def test_a_whole_case_that_the_police_refuse_stands_where_it_stood(bureau):
    case = bureau.world.concluded()
    transfer = stages.hand_over(bureau, case, whole=True)
    assert reload(case).state == "transferred"
    bureau.handler.step(
        transfer, "transfer.refuse", outcome_number="东公不立〔2026〕5号", reason="未达追诉标准。"
    )
    assert reload(case).state == "concluded"
