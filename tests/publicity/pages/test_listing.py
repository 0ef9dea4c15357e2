"""The list of cases: filters, counts, chips, paging, bad input."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from publicity.pages.listing import CaseListing
from publicity.pages.tree import ensure_tree, set_categories
from tests.publicity.pages.factories import make_released

pytestmark = pytest.mark.django_db
TOYS = {"category_code": "toys", "category_name": "劣质儿童玩具"}
OTHER_UNIT = {"unit_name": "香隅市场监督管理所"}


def listing(address: str = "") -> CaseListing:
    return CaseListing(QueryDict(address))


def options(page: CaseListing, name: str) -> dict[str, int]:
    return {
        option.value: option.count
        for facet in page.facets
        if facet.name == name
        for option in facet.options
    }


def test_cases_come_newest_decision_first():
    old = make_released(decided_on=date(2026, 1, 5))
    new = make_released(decided_on=date(2026, 2, 5))

    assert [case.pk for case in listing().page_obj] == [new.pk, old.pk]


def test_cases_come_newest_publication_first_when_asked():
    first = make_released(decided_on=date(2026, 2, 5), at=datetime(2026, 3, 1, tzinfo=UTC))
    second = make_released(decided_on=date(2026, 1, 5), at=datetime(2026, 4, 1, tzinfo=UTC))

    assert [case.pk for case in listing("sort=released").page_obj] == [second.pk, first.pk]


def test_each_filter_lets_its_cases_through():
    make_released(decided_on=date(2025, 12, 31))
    toys = make_released(**TOYS, **OTHER_UNIT)

    found = [
        [case.pk for case in listing(address).page_obj]
        for address in ("category=toys", "year=2026", "unit=香隅市场监督管理所")
    ]

    assert found == [[toys.pk]] * 3


def test_counts_heed_the_other_filters_and_show_zero():
    set_categories(2026, [("food_drugs", "食品"), ("toys", "玩具"), ("cement", "水泥")])
    make_released()
    make_released(**TOYS, **OTHER_UNIT)

    page = listing("unit=香隅市场监督管理所")

    assert options(page, "category") == {"food_drugs": 0, "toys": 1, "cement": 0}
    assert options(page, "unit") == {"大渡口市场监督管理所": 1, "香隅市场监督管理所": 1}


def test_fines_are_filtered_by_range_and_counted():
    made = {
        yuan: make_released(fine_fen=yuan * 100 if yuan else None)
        for yuan in (0, 9_999, 10_000, 49_999, 50_000, 200_000)
    }

    page = listing("fine=5w")

    assert {case.pk for case in page.page_obj} == {made[10_000].pk, made[49_999].pk}
    assert [chip.label for chip in page.chips] == ["罚款 1–5 万元"]
    assert options(page, "fine") == {"none": 1, "1w": 1, "5w": 2, "20w": 1, "more": 1}
    assert listing("fine=1000").chosen == {}


def test_chip_names_the_filter_and_removes_it_alone():
    make_released(**TOYS)

    chips = listing("category=toys&year=2026&sort=released").chips

    assert [(chip.label, chip.query) for chip in chips] == [
        ("劣质儿童玩具", "?year=2026&sort=released"),
        ("2026年", "?category=toys&sort=released"),
    ]


def test_empty_result_says_which_filter_to_remove(client):
    make_released()

    html = client.get("/cases/?category=toys&year=2019").content.decode()

    assert "去掉“未知类别”" in html
    assert ">toys<" not in html
    assert "去掉“2019年”" in html


def test_page_address_keeps_filters(client):
    for _ in range(21):
        make_released()

    html = client.get("/cases/?year=2026").content.decode()
    second = client.get("/cases/?year=2026&page=2").content.decode()

    assert 'href="?year=2026&amp;page=2"' in html
    assert (html.count('class="row"'), second.count('class="row"')) == (20, 1)


@pytest.mark.parametrize(
    "address",
    [
        "year=abc",
        "year=99999",
        "year=２０２６",
        "category=%00",
        "category=" + "x" * 500,
        "unit=%ED%A0%80",
        "page=-1",
        "page=x",
        "page=99999",
        "sort=title",
        "category=a&category=b",
        "category='\"><script>",
    ],
)
def test_bad_input_is_answered_with_a_page(client, address):
    make_released()

    response = client.get(f"/cases/?{address}")

    assert response.status_code == 200
    assert "<script" not in response.content.decode()


def test_listing_without_any_case_says_how_it_fills(client):
    ensure_tree()

    html = client.get("/cases/").content.decode()

    assert "案例发布后会出现在这里" in html


def test_feed_holds_exactly_the_filtered_cases(client):
    make_released(title="食品案")
    make_released(title="玩具案", **TOYS)

    response = client.get("/cases/feed/?category=toys")
    xml = response.content.decode()

    assert response.headers["Content-Type"].startswith("application/atom+xml")
    assert ("玩具案" in xml, "食品案" in xml) == (True, False)


def test_feed_reads_the_cases_once(client, django_assert_max_num_queries):
    for _ in range(3):
        make_released()

    with django_assert_max_num_queries(7):
        client.get("/cases/feed/")
