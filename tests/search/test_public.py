"""The public search page."""

from __future__ import annotations

from datetime import date

import pytest

from publicity.pages.tree import ensure_tree, set_categories
from publicity.pages.withdraw import blank
from search import public
from search.highlight import marked
from search.indexing import index_changes
from search.query import parse, wanted_words
from tests.publicity.pages.factories import make_draft, make_released

pytestmark = pytest.mark.django_db


def get(client, q, **more):
    return client.get("/search/", {"q": q, **more})


def titles(response) -> list[str]:
    return [page.title for page in response.context["page_obj"]]


def test_search_without_a_query_shows_examples(client):
    ensure_tree()

    response = client.get("/search/")

    assert response.status_code == 200
    assert response.context["examples"] == ["食品", "玩具", "价格"]
    assert 'href="/search/?q=%E7%8E%A9%E5%85%B7"' in response.content.decode()
    assert "page_obj" not in response.context


@pytest.mark.parametrize(
    "q", ["西布曲明", "大渡口镇", "东市监罚〔2026〕12号", "M000100Y43", "2026年4月20日", "糖"]
)
def test_released_case_is_found_and_marked(client, q):
    page = make_released(title="某店销售减肥糖果案", decision_number="东市监罚〔2026〕12号")
    make_released(
        title="别的案",
        facts="<p>化肥</p>",
        violation="无",
        handling="",
        significance="",
        category_name="",
        unit_name="",
        place="",
        uscc="",
        decision_number="东市监罚〔2026〕13号",
    )
    page.handling = "<p>2026年4月20日作出行政处罚。</p>"
    page.save()
    index_changes()

    response = get(client, q)

    assert titles(response) == [page.title]
    assert response.context["total"] == "1"
    assert "<mark>" in response.context["page_obj"].object_list[0].highlight or q == "糖"


def test_draft_and_withdrawn_case_are_not_found(client):
    make_draft(title="黑气瓶草稿案")
    withdrawn = make_released(title="黑气瓶案", facts="<p>黑气瓶</p>")
    index_changes()
    assert titles(get(client, "黑气瓶")) == [withdrawn.title]

    blank(withdrawn, on=date(2026, 8, 3), kind="mistake")

    response = get(client, "黑气瓶")
    assert titles(response) == []
    assert withdrawn.title not in response.content.decode()


def test_hits_are_counted_by_category_and_narrowed_to_one(client):
    set_categories(2026, [("gas", "翻新“黑气瓶”"), ("toys", "劣质儿童玩具")])
    for number in range(2):
        make_released(title=f"黑气瓶{number}案", category_code="gas")
    toys = make_released(title="黑气瓶玩具案", category_code="toys")
    index_changes()

    everything = get(client, "黑气瓶")
    narrowed = get(client, "黑气瓶", category="toys")

    kinds = [(kind.name, kind.count, kind.is_chosen) for kind in everything.context["kinds"]]
    assert kinds == [("翻新“黑气瓶”", 2, False), ("劣质儿童玩具", 1, False)]
    assert titles(narrowed) == [toys.title]
    kinds = [(kind.name, kind.count, kind.is_chosen) for kind in narrowed.context["kinds"]]
    assert kinds == [("翻新“黑气瓶”", 2, False), ("劣质儿童玩具", 1, True)]
    assert titles(get(client, "黑气瓶", category="a\x00'")) == []


def test_page_withdrawn_behind_the_index_is_not_shown(client):
    page = make_released(title="黑气瓶案")
    index_changes()

    type(page).objects.filter(pk=page.pk).update(live=False)

    assert titles(get(client, "黑气瓶")) == []


def test_best_hit_comes_first(client):
    ensure_tree()
    other = make_released(title="甲案", facts="<p>顺带提到黑气瓶。</p>")
    named = make_released(title="充装黑气瓶案", facts="<p>查获黑气瓶，黑气瓶十只。</p>")
    index_changes()

    assert titles(get(client, "黑气瓶")) == [named.title, other.title]


@pytest.mark.parametrize(
    "q", ["a\x00b", "\x07", "'\"; DROP TABLE x; --", "(((", "*", "\\", "甲" * 5000]
)
def test_strange_input_is_answered(client, q):
    make_released()
    index_changes()

    assert get(client, q).status_code == 200
    assert get(client, "糖", page="0").status_code == 200
    assert get(client, "糖", page="999999999999999999999").status_code == 200


def test_too_long_query_is_cut_with_a_sentence(client):
    ensure_tree()

    response = get(client, "甲" * 5000)

    assert len(response.context["query"]) == 200
    assert response.context["message"]


def test_lone_surrogate_is_left_out():
    assert public.cleaned("黑\ud800气瓶") == ("黑 气瓶", public.cleaned("\x00")[1])


def test_post_is_refused(client):
    assert client.post("/search/", {"q": "糖"}).status_code == 405


def test_hits_are_counted_up_to_the_cap(client, monkeypatch):
    monkeypatch.setattr(public, "MOST", 2)
    for number in range(3):
        make_released(title=f"黑气瓶案{number}")
    index_changes()

    response = get(client, "黑气瓶")

    assert response.context["total"] == "2+"
    assert len(titles(response)) == 2


def test_query_is_escaped(client):
    make_released(title="<script>黑气瓶</script>案", violation="<b>黑气瓶</b>&")
    index_changes()

    html = get(client, "黑气瓶 <script>").content.decode()

    assert "<script>黑气瓶" not in html
    assert "<b>黑气瓶" not in html


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("黑气瓶", "查获黑气瓶", "查获<mark>黑气瓶</mark>"),
        ("12号", "东市监罚〔2021〕12号、112号", "东市监罚〔2021〕<mark>12号</mark>、112号"),
        (
            "东市监罚[2021]12号",
            "依据东市监罚〔2021〕第12号",
            "依据<mark>东市监罚〔2021〕第12号</mark>",
        ),
        ("2021-05-11", "于２０２１年５月１１日查处", "于<mark>２０２１年５月１１日</mark>查处"),
        ("15000元", "罚款15,000元", "罚款<mark>15,000元</mark>"),
        ("2ABCDE3X", "代码91341721MA2ABCDE3X。", "代码91341721MA<mark>2ABCDE3X</mark>。"),
        ("甲 -乙", "甲<乙", "<mark>甲</mark>&lt;乙"),
        ("abc", "Ａｂｃ", "<mark>Ａｂｃ</mark>"),
    ],
)
def test_words_are_marked_in_the_text_as_written(typed, text, expected):
    assert marked(text, list(wanted_words(parse(typed)))) == expected


def test_excerpt_is_cut_around_the_first_mark():
    text = "无" * 300 + "黑气瓶" + "无" * 300

    piece = marked(text, list(wanted_words(parse("黑气瓶"))), length=100)

    assert piece.startswith("…")
    assert piece.endswith("…")
    assert "<mark>黑气瓶</mark>" in piece
    assert len(piece) < 130
