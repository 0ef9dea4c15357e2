"""What a citizen gets at the public addresses."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.utils.safestring import mark_safe

from publicity.pages.models import ExposureCorrection, ExposurePage
from publicity.pages.templatetags.public_site import unbroken
from publicity.pages.tree import ensure_tree, set_categories
from tests.publicity.pages.factories import make_draft, make_released

pytestmark = pytest.mark.django_db


def test_home_shows_the_newest_cases_and_zero_categories(client):
    set_categories(2026, [("food_drugs", "食品添加药品"), ("toys", "劣质儿童玩具")])
    page = make_released(title="某店销售减肥糖果案")

    html = client.get("/").content.decode()

    assert page.title in html
    assert f'href="/cases/{page.release_no}/"' in html
    assert '<span class="none">劣质儿童玩具</span>' in html


def test_home_without_cases_says_what_would_be_here(client):
    ensure_tree()

    html = client.get("/").content.decode()

    assert "案例发布后会出现在这里" in html


def test_case_page_shows_key_facts_and_meta(client):
    page = make_released()

    response = client.get(page.address)
    html = response.content.decode()

    assert response.status_code == 200
    assert '<span class="nb">东市监罚〔2026〕12号</span>' in html
    assert "5\N{NO-BREAK SPACE}万元" in html
    assert "1,260\N{NO-BREAK SPACE}元" in html
    assert "2026年4月20日" in html
    assert '<meta name="PubDate" content="2026-05-11 10:00">' in html


def test_case_page_leads_from_each_article_to_its_cases(client):
    law = "中华人民共和国特种设备安全法"
    page = make_released(
        laws=[
            ("law", {"law": law, "article": "第四十九条第一款、第八十五条第二款"}),
            ("law", {"law": law, "article": "第一百条"}),
        ]
    )

    html = client.get(page.address).content.decode()

    linked = [unquote(q) for q in re.findall(r'href="/search/\?q=([^"]+)"', html)]
    articles = ("第四十九条第一款", "第八十五条第二款", "第一百条")
    assert linked == [f"{law} {article}" for article in articles]
    assert html.count(f"《{law}》") == 2  # once in the key facts, once in the list


def test_numbers_stay_with_their_units_and_document_numbers_whole(client):
    page = make_released(
        place="沿江路88号",
        decision_number="东市监罚〔2026〕18号、东市监罚〔2026〕19号",
        facts="<p>查获1,260.5千克，共31只。</p>",
    )

    html = client.get(page.address).content.decode()

    whole = re.findall(r'<span class="nb">([^<]+)</span>', html)
    wanted = ["88号", "东市监罚〔2026〕18号", "东市监罚〔2026〕19号", "1,260.5千克", "31只"]
    assert [text for text in wanted if text not in whole] == []


def test_unbroken_keeps_tags_and_escapes_plain_text():
    assert unbroken(mark_safe('<a href="/x/3号">3号</a>')) == (
        '<a href="/x/3号"><span class="nb">3号</span></a>'
    )
    assert unbroken("<b>5元") == '&lt;b&gt;<span class="nb">5元</span>'


def test_large_text_can_be_read_aloud_and_nothing_else_brings_a_script(client):
    page = make_released()

    plain = client.get(page.address).content.decode()
    large = client.get(page.address, {"elder": "1"}).content.decode()

    assert "<script" not in plain
    assert large.count("<script") == 1
    assert 'class="button read-aloud" type="button" hidden' in large


def test_case_page_links_neighbours_in_the_order_of_the_list(client):
    older = make_released(title="较早的案", decided_on=date(2026, 3, 1))
    page = make_released(decided_on=date(2026, 3, 2))
    newer = make_released(title="较晚的案", decided_on=date(2026, 3, 3))

    context = client.get(page.address).context_data

    assert (context["older"].pk, context["newer"].pk) == (older.pk, newer.pk)
    assert {case.pk for case in context["related"]} == {older.pk, newer.pk}


def test_case_page_shows_corrections_newest_first(client):
    page = make_released()
    ExposureCorrection.objects.create(page=page, corrected_on=date(2026, 6, 1), note="更正地点")
    ExposureCorrection.objects.create(page=page, corrected_on=date(2026, 7, 1), note="更正金额")

    html = client.get(page.address).content.decode()

    assert 0 < html.index("更正金额") < html.index("更正地点")


@pytest.mark.parametrize(
    "path",
    [
        "/cases/999/",
        "/cases/01001/",
        "/cases/x/",
        "/cases/1001/more/",
        "/cases/9999999999999999999/",
    ],
)
def test_unknown_address_is_a_404_page_of_ours(client, path):
    make_released(release_no=1001)

    response = client.get(path)

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_draft_has_no_address(client):
    draft = make_draft()

    statuses = [
        client.get(f"/cases/{name}/").status_code for name in (draft.slug, str(draft.pk), "None")
    ]

    assert statuses == [404, 404, 404]


def test_pages_take_no_post(client):
    page = make_released()

    assert [client.post(path).status_code for path in ("/", "/cases/", page.address)] == [405] * 3


@pytest.mark.parametrize("path", ["/", "/cases/", "/about/"])
def test_page_loads_nothing_from_elsewhere_and_no_script(client, path):
    make_released()

    html = client.get(path).content.decode()

    assert "<script" not in html
    assert 'src="' not in html
    assert html.count('<link rel="stylesheet"') == 1


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/", 10), ("/cases/", 14), ("case", 13)])
def test_page_asks_the_database_the_same_however_many_cases(
    client, django_assert_num_queries, path, queries, cases
):
    pages = [make_released() for _ in range(cases)]
    client.get("/")  # the site's root paths are read once a process

    with django_assert_num_queries(queries):
        response = client.get(pages[0].address if path == "case" else path)

    assert response.status_code == 200


def test_english_browser_gets_the_language_of_the_content(client):
    make_released()

    html = client.get("/", headers={"accept-language": "en-US"}).content.decode()

    assert '<html lang="zh-Hans">' in html


def test_elder_mode_is_kept_until_it_is_left(client):
    ensure_tree()

    first = client.get("/?elder=1").content.decode()
    second = client.get("/cases/").content.decode()
    third = client.get("/cases/?elder=0").content.decode()
    fourth = client.get("/").content.decode()

    assert ['class="elder"' in html for html in (first, second, third, fourth)] == [
        True,
        True,
        False,
        False,
    ]


def test_released_leaves_out_drafts_and_withdrawn(db):
    make_draft()
    page = make_released()
    withdrawn = make_released()
    ExposurePage.objects.filter(pk=withdrawn.pk).update(live=False)

    assert list(ExposurePage.objects.released()) == [page]
