"""The page tree stands after every migration and heals when pages are missing."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from publicity.basepage.models import BasePage
from publicity.pages.models import CaseCategory, CaseIndexPage, HomePage, SiteInfo
from publicity.pages.tree import ensure_tree, set_categories

pytestmark = pytest.mark.django_db


def test_tree_is_made_once():
    first = ensure_tree()
    before = list(BasePage.objects.order_by("path").values_list("path", "slug", "title"))

    second = ensure_tree()

    assert second.pk == first.pk
    assert list(BasePage.objects.order_by("path").values_list("path", "slug", "title")) == before
    assert [slug for _path, slug, _title in before] == ["root", "public", "cases", "about"]


def test_welcome_page_is_gone_and_the_site_starts_at_home():
    home = ensure_tree()

    assert not BasePage.objects.filter(title__contains="Welcome").exists()
    assert [site.root_page_id for site in Site.objects.all()] == [home.pk]
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_tree_grows_from_an_empty_database():
    Site.objects.all().delete()
    BasePage.objects.all().delete()
    SiteInfo.objects.all().delete()

    home = ensure_tree()

    assert Site.objects.get().root_page_id == home.pk
    assert CaseIndexPage.objects.get().url_path == "/public/cases/"
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_tree_keeps_what_an_editor_wrote():
    home = ensure_tree()
    HomePage.objects.filter(pk=home.pk).update(introduction="改过的介绍")
    SiteInfo.objects.update(bureau_name="某县市场监督管理局")

    ensure_tree()

    assert HomePage.objects.get().introduction == "改过的介绍"
    assert SiteInfo.objects.get().bureau_name == "某县市场监督管理局"


def test_categories_become_exactly_the_announced_ones():
    set_categories(2026, [("toys", "玩具"), ("food", "食品")])

    set_categories(2026, [("food", "食品安全"), ("gas", "气瓶")])

    assert list(CaseCategory.objects.values_list("code", "name", "order")) == [
        ("food", "食品安全", 0),
        ("gas", "气瓶", 1),
    ]
