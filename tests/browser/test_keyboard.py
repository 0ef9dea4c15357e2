"""The lists by keyboard and by mouse: rows, search, the row that opens."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.casework_stages import Bureau

FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def leads(newsroom, house) -> Any:
    """The list of leads before a handler, and the numbers in it from the top."""
    bureau = Bureau(newsroom, house)
    for number in range(3):
        bureau.world.verifying(title=f"第{number}条线索")
    page = bureau.handler.visitor.visit("/admin/leads/")
    return page, page.locator("tr[data-row] .tq-number a").all_inner_texts()


def test_keys_move_by_rows_and_reach_the_search(leads):
    page, numbers = leads
    assert len(numbers) == 3
    said = []
    for key in ("j", "j", "j", "j", "k"):
        page.keyboard.press(key)
        said.append(page.evaluate(FOCUSED))
    assert said == [numbers[0], numbers[1], numbers[2], numbers[2], numbers[1]]

    page.keyboard.press("/")
    page.keyboard.type("j/k")
    assert page.locator("[data-search]").input_value() == "j/k"


def test_a_row_opens_where_it_is_clicked(leads):
    page, numbers = leads
    with page.expect_navigation():
        page.locator("tr[data-row] .tq-what").nth(1).click()
    assert numbers[1] in page.locator("h1").inner_text()
