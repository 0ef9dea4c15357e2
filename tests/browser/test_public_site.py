"""The public pages as a citizen meets them: on a phone, without script, on paper, in large type."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publicity.pages.tree import set_categories
from tests.browser.visitor import PHONE
from tests.publicity.pages.factories import make_released

MANY = 45
LONG = "查处某某某（池州）供应链管理有限公司经营未取得合格证明文件的进口预包装食品案"


@pytest.fixture
def published(transactional_db) -> list[Any]:
    """Enough cases for three pages, one of them with a long name."""
    names = {"food_drugs": "食品添加药品", "toys": "劣质儿童玩具", "gas": "黑气瓶"}
    set_categories(2026, names.items())
    first = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
    pages = []
    for number in range(MANY):
        toys = number % 3 == 0
        pages.append(
            make_released(
                at=first + timedelta(days=number),
                title=f"大渡口镇{LONG}" if number == MANY - 1 else f"某镇查处第{number}号案",
                category_code="toys" if toys else "food_drugs",
                category_name="劣质儿童玩具" if toys else "食品添加药品",
                fine_fen=1_000_00 * (number + 1),
            )
        )
    return pages


def addresses(published: list[Any]) -> list[str]:
    newest = published[-1].release_no
    return ["/", "/cases/", "/cases/?category=toys&year=2026", f"/cases/{newest}/",
            "/search/?q=%E9%A3%9F%E5%93%81", "/about/"]  # fmt: skip


def too_wide(page: Any) -> list[str]:
    """What reaches over the right edge of the window."""
    return list(
        page.evaluate(
            """() => {
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return [];
                return [...document.querySelectorAll('body *')]
                    .filter(node => node.getBoundingClientRect().right > width + 1)
                    .map(node => node.outerHTML.slice(0, 120));
            }"""
        )
    )


def test_every_page_fits_a_phone_without_script(house, published):
    visitor = house.visitor(size=PHONE, java_script_enabled=False)
    for address in addresses(published):
        page = visitor.visit(address)
        assert too_wide(page) == [], address
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page = visitor.visit("/cases/987654/", status=404)
    assert too_wide(page) == []


def test_axe_finds_nothing_on_a_phone_at_a_desk_in_the_dark_and_in_large_type(house, published):
    for context in ({"size": PHONE}, {}, {"color_scheme": "dark"}):
        visitor = house.visitor(**context)
        for address in addresses(published):
            visitor.visit(address)
        visitor.visit("/no-such-page/", status=404)


def test_filters_are_chips_that_come_off_and_pages_keep_them(house, published):
    visitor = house.visitor(size=PHONE, java_script_enabled=False)
    page = visitor.visit("/cases/")
    page.locator("a.filters-open").click()
    page.get_by_role("link", name="劣质儿童玩具").first.click()
    assert "category=toys" in page.url
    assert page.locator(".rows .row").count() == 15

    page.locator(".chip").first.click()
    assert "category=" not in page.url
    page.locator(".pages").get_by_text("3", exact=True).click()
    assert page.locator(".rows .row").count() == MANY - 40
    assert too_wide(page) == []


def test_a_word_of_two_characters_is_found_and_marked(house, published):
    visitor = house.visitor()
    page = visitor.visit("/")
    box = page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first
    visitor.reach(box)
    page.keyboard.insert_text("进口")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visitor.settled()
    assert page.locator(".rows .row").count() == 1
    assert page.locator(".row-title mark").inner_text() == "进口"


def test_large_type_stays_from_page_to_page_until_it_is_turned_off(house, published):
    visitor = house.visitor(size=PHONE, java_script_enabled=False)
    page = visitor.visit("/")
    page.locator(".elder-switch").click()
    for address in addresses(published):
        visitor.visit(address)
        assert "elder" in (page.locator("html").get_attribute("class") or "")
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "22px"
        assert too_wide(page) == [], address
    page.locator(".elder-switch").click()
    assert "elder" not in (page.locator("html").get_attribute("class") or "")


def test_paper_has_the_case_and_not_the_furniture(house, published):
    visitor = house.visitor()
    page = visitor.visit(f"/cases/{published[-1].release_no}/")
    page.emulate_media(media="print")
    for furniture in (".top-nav", ".elder-switch", ".around", ".related"):
        found = page.locator(furniture)
        assert found.count() == 0 or not found.first.is_visible(), furniture
    assert page.locator("h1").is_visible()
    assert page.locator(".facts").is_visible()


def test_the_skip_link_is_the_first_stop_of_the_keyboard(house, published):
    visitor = house.visitor()
    page = visitor.visit("/cases/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
