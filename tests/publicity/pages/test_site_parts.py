"""Header, footer, crawlers, error pages, money and texts."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from publicity.pages.models import SiteInfo
from publicity.pages.money import yuan
from publicity.pages.tree import ensure_tree
from tests.publicity.pages.factories import make_draft, make_released

ATOM = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.django_db
def test_footer_shows_what_is_filled_in_and_leaves_blanks_out(client):
    ensure_tree()
    SiteInfo.objects.update(icp_number="皖ICP备00000000号", site_code="")

    html = client.get("/").content.decode()

    assert "皖ICP备00000000号" in html
    assert "网站标识码" not in html


@pytest.mark.django_db
def test_sitemap_lists_pages_and_released_cases_alone(client):
    make_draft()
    page = make_released()

    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)

    assert [node.text for node in tree.iter(f"{ATOM}loc")] == [
        "http://testserver/",
        "http://testserver/cases/",
        "http://testserver/about/",
        f"http://testserver/cases/{page.release_no}/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("cases", [1, 3])
def test_sitemap_reads_the_cases_once(client, django_assert_max_num_queries, cases):
    for _ in range(cases):
        make_released()
    client.get("/sitemap.xml")

    with django_assert_max_num_queries(4):
        client.get("/sitemap.xml")


def test_robots_names_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_server_error_page_needs_neither_context_nor_database():
    html = render_to_string("500.html")

    assert "页面暂时打不开" in html
    assert "{%" not in html


def test_server_error_page_finds_its_stylesheet():
    assert settings.STATIC_URL == "/static/"
    assert 'href="/static/publicity/site.css"' in render_to_string("500.html")


@pytest.mark.django_db
def test_forbidden_page_says_whom_to_ask(rf):
    html = render_to_string("403.html", request=rf.get("/"))

    assert "安全管理员" in html


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0 元"),
        (1, "0.01 元"),
        (50, "0.50 元"),
        (126_000, "1,260 元"),
        (999_900, "9,999 元"),
        (1_000_000, "1 万元"),
        (1_250_000, "1.25 万元"),
        (1_234_567, "12,345.67 元"),
        (123_456_700, "1,234,567 元"),
        (1_234_560_000_000, "1,234,560 万元"),
    ],
)
def test_money_loses_no_fen(fen, text):
    assert yuan(fen).replace("\N{NO-BREAK SPACE}", " ") == text


def test_stylesheet_asks_nothing_of_another_host():
    css = Path("publicity/pages/static/publicity/site.css").read_text(encoding="utf-8")

    assert "url(" not in css
    assert "@import" not in css
