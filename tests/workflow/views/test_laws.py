"""The pages of the law library, and citing on the pages of papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.casework import reload
from workflow.models import Article, ArticleCitation, FineRange, Law, LawVersion
from workflow.selectors.articles import UnknownArticleError, find_article

PAGES = ("workflow_laws", "workflow_law", "workflow_law_version", "workflow_article")


@pytest.fixture
def article(world) -> Article:
    return Article.objects.get(
        version__law__short_name="产品质量法", version__label="2018年修正", number="第四十九条"
    )


def addresses(article: Article) -> list[str]:
    version = article.version
    return [
        reverse("workflow_laws"), reverse("workflow_law", args=[version.law_id]),
        reverse("workflow_law_version", args=[version.pk]),
        reverse("workflow_article", args=[article.pk]),
    ]  # fmt: skip


def test_everybody_with_casework_reads_and_who_keeps_it_changes(client, world, article):
    for person, links in ((world.handler, False), (world.jurist, True)):
        client.force_login(person)
        for address in addresses(article):
            page = client.get(address)
            assert page.status_code == 200
        assert (reverse("workflow_range_add", args=[article.pk]) in page.content.decode()) is links
        add = client.get(reverse("workflow_law_add"))
        assert add.status_code == (200 if links else 404)


def test_lists_need_no_more_queries_for_more_rows(
    client, world, article, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.jurist)
    counted = []
    for search in ("第四十九条", ""):
        for address in (addresses(article)[0], addresses(article)[2]):
            client.get(address, {"q": search})
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address, {"q": search})
            counted.append(len(queries))

    assert counted[:2] == counted[2:]


def test_a_version_an_article_and_a_range_are_added(client, world, article):
    client.force_login(world.jurist)
    law = article.version.law

    client.post(
        reverse("workflow_law_version_add", args=[law.pk]),
        {"label": "2027年修订", "effective_from": "2027-01-01"},
    )
    version = LawVersion.objects.get(label="2027年修订")
    client.post(
        reverse("workflow_article_add", args=[version.pk]),
        {"number": "第六十条", "paragraph": "", "heading": "处罚", "text": ""},
    )
    added = version.articles.get()
    page = client.post(
        reverse("workflow_range_add", args=[added.pk]),
        {"base": "goods", "who": "", "min_times": "1", "max_times": "3"},
    )

    assert page.status_code == 302
    assert added.ranges.get().max_times == 3
    article.version.refresh_from_db()
    assert article.version.effective_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"base": "", "min_times": "1"}, "base"), ({"base": ""}, "min_fen"),
        ({"base": "", "min_fen": "2", "max_fen": "1"}, "max_fen"),
        ({"base": "goods", "min_times": "2", "max_times": "1"}, "max_times"),
        ({"base": "goods", "min_fen": "1", "max_times": "1"}, "min_times"),
        ({"base": "", "min_fen": "-1"}, "min_fen"),
        ({"base": "goods", "min_times": "-1"}, "min_times"),
        ({"base": "", "min_fen": "1", "base_below_fen": "5"}, "base"),
    ],
)  # fmt: skip
def test_a_range_that_says_nothing_is_refused_at_its_field(client, world, article, data, field):
    client.force_login(world.jurist)

    page = client.post(reverse("workflow_range_add", args=[article.pk]), {"who": "", **data})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not article.ranges.exists()


@pytest.mark.parametrize(
    ("until", "fields"),
    [("2026-12-31", ["effective_until"]), ("9999-12-31", ["effective_until"]), ("2027-01-01", [])],
)
def test_a_version_ends_on_its_first_day_or_later(client, world, article, until, fields):
    client.force_login(world.jurist)
    data = {"label": "2027年修订", "effective_from": "2027-01-01", "effective_until": until}

    page = client.post(reverse("workflow_law_version_add", args=[article.version.law_id]), data)

    assert list(page.context["form"].errors if page.context else []) == fields
    assert LawVersion.objects.filter(label="2027年修订").exists() == (not fields)


@pytest.mark.parametrize(
    ("first", "until", "fields"),
    [
        ("2016-01-01", "2099-12-31", ["effective_until"]),
        ("1999-01-01", "1999-12-31", []),
        ("2020-01-01", "2020-12-31", ["effective_from"]),
    ],
)
def test_versions_that_would_both_be_the_law_are_refused_at_the_day(
    client, world, article, first, until, fields
):
    """Beside the version of 2018, and one that ended with 2020."""
    client.force_login(world.jurist)
    law = article.version.law
    LawVersion.objects.create(
        law=law, label="从前", effective_from=date(2000, 1, 1), effective_until=date(2000, 12, 31)
    )
    law.versions.filter(pk=article.version_id).update(effective_until=date(2020, 12, 31))
    data = {"label": "另一版", "effective_from": first, "effective_until": until}

    page = client.post(reverse("workflow_law_version_add", args=[law.pk]), data)

    assert list(page.context["form"].errors if page.context else []) == fields


def test_a_file_is_tried_and_then_loaded(client, world):
    client.force_login(world.jurist)
    text = "法律名称,版本,施行日期,条\n某办法,2020年公布,2020-01-01,第一条\n"
    address = reverse("workflow_law_load")

    assert client.post(address, {"text": text, "do": "try"}).status_code == 200
    assert not Law.objects.filter(name="某办法").exists()
    assert client.post(address, {"text": text, "do": "keep"}).status_code == 302
    assert Law.objects.filter(name="某办法").exists()
    bad = client.post(address, {"text": text + "某办法,x,y,z\n", "do": "keep"})
    assert (bad.status_code, "3" in bad.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "typed",
    [
        "《食品安全法》第三十四条第二项", "食品安全法第三十四条第二项",
        "中华人民共和国食品安全法 第三十四条第二项", "《食品安全法》（2021年修正）第三十四条第二项",
        " 食品安全法(2021年修正)第三十四条第二项 ",
    ],
)  # fmt: skip
def test_articles_are_found_as_people_write_them(db, typed):
    found = find_article(typed, on=[date(2022, 3, 1)])

    assert (found.version.label, found.place) == ("2021年修正", "第三十四条第二项")


@pytest.mark.parametrize("typed", ["", "食品安全法", "某法第一条", "食品安全法第九百条", "第一条"])
def test_what_is_not_there_is_not_found(db, typed):
    with pytest.raises(UnknownArticleError):
        find_article(typed, on=[date(2022, 3, 1)])


def test_a_notice_cites_and_shows_what_it_cites(client, world):
    case = world.reviewed()
    client.force_login(world.handler)
    row = case.parties.get()
    address = reverse("workflow_case:draft_notice", args=[case.pk, row.pk])
    assert "cw-articles" in client.get(address).content.decode()
    data = {
        "facts": "事实", "reasons": "理由", "basis": "", "breached": "产品质量法第三十六条\n",
        "penalty-TOTAL_FORMS": "1", "penalty-INITIAL_FORMS": "0", "penalty-0-kind": "fine",
        "penalty-0-amount_fen": "5000", "penalty-0-article": "产品质量法第五十四条",
    }  # fmt: skip

    wrong = client.post(address, {**data, "breached": "产品质量法第九百条"})
    assert wrong.status_code == 422
    assert client.post(address, data).status_code == 302

    assert ArticleCitation.objects.count() == 2
    page = client.get(reverse("workflow_case:inspect", args=[case.pk]), {"tab": "parties"})
    assert "《产品质量法》第三十六条" in page.content.decode()
    again = client.get(address).content.decode()
    assert "《产品质量法》（2018年修正）第三十六条" in again
    assert (
        reload(case).parties.get().notices.get().basis.startswith("违反了《产品质量法》第三十六条")
    )


def test_a_range_is_corrected_and_taken_out_by_who_keeps_the_library(client, world):
    found = FineRange.objects.get(article__number="第八十四条")
    pages = [reverse(f"workflow_range_{act}", args=[found.pk]) for act in ("edit", "remove")]
    client.force_login(world.handler)
    assert [client.post(page).status_code for page in pages] == [404, 404]

    client.force_login(world.jurist)
    shown = client.get(reverse("workflow_article", args=[found.article_id])).content.decode()
    assert [page in shown for page in pages] == [True, True]
    data = {"base": "", "who": "", "min_fen": "30000", "max_fen": "300000", "is_verified": "on"}
    assert client.post(pages[0], data).status_code == 302
    found.refresh_from_db()
    assert (found.min_fen, found.max_fen, found.is_verified) == (3_000_000, 30_000_000, True)

    assert client.get(pages[1]).status_code == 200
    assert client.post(pages[1]).status_code == 302
    assert not FineRange.objects.filter(pk=found.pk).exists()


def test_a_version_is_corrected_and_what_a_paper_cites_stays(client, world, article):
    case = world.enforcing()
    notice = case.parties.get().notices.get()
    ArticleCitation.objects.create(notice=notice, article=article, role="breached")
    page = reverse("workflow_law_version_edit", args=[article.version_id])
    data = {"label": "2018年修正", "effective_from": "2018-12-30", "note": "更正"}
    client.force_login(world.handler)
    assert client.post(page, data).status_code == 404

    client.force_login(world.jurist)
    assert page in client.get(addresses(article)[2]).content.decode()
    assert client.post(page, data).status_code == 302

    article.version.refresh_from_db()
    assert (article.version.effective_from, article.version.note) == (date(2018, 12, 30), "更正")
    assert notice.citations.get().article == article
