"""The page tree every installation starts with. Its words are content, editable afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import QuerySet
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Site

from publicity.basepage.models import BasePage
from publicity.pages.models import (
    CaseCategory,
    CaseIndexPage,
    ExposurePage,
    HomePage,
    SiteInfo,
    StandardPage,
)

HOME_SLUG = "public"
CASES_SLUG = "cases"
ABOUT_SLUG = "about"
SITE_NAME = "铁拳行动案例公开"
BUREAU = "东至县市场监督管理局"
ABOUT = (
    "<p>本站公开{bureau}在民生领域案件查办“铁拳”行动中依法作出行政处罚决定的典型案例。"
    "公开的是决定送达之后另行制作的公开文本，自然人姓名等个人信息已作处理。</p>"
    "<h2>公开依据</h2><p>《中华人民共和国行政处罚法》第四十八条、"
    "《市场监督管理行政处罚信息公示规定》。</p>"
    "<h2>内容有误怎么办</h2><p>公开内容有误的，可以向本局提出更正申请并附上证据材料，"
    "经核实后及时更正。处罚决定被依法变更、撤销、确认违法或者确认无效的，"
    "本局在三个工作日内撤下案例，并在原地址说明日期和原因。</p>"
    "<h2>无障碍</h2><p>页面可以只用键盘浏览，不需要脚本；页首“大字版”放大文字并加强对比，"
    "选择会一直保留，再点一次即恢复。</p>"
)


def ensure_tree() -> HomePage:
    """Make root, site, home page, list of cases, about page and site information where missing.

    Safe to repeat: what exists, and whatever an editor made of it, stays. Wagtail's welcome page
    goes. Returns the home page.
    """
    with transaction.atomic():
        root = _ensure_root()
        home = HomePage.objects.first() or _add_home(root)
        _ensure_site(home)
        _remove_welcome_page(root)
        _ensure_child(home, CaseIndexPage, CASES_SLUG, title="典型案例")
        if not StandardPage.objects.filter(slug=ABOUT_SLUG).exists():
            body = ABOUT.format(bureau=BUREAU)
            _ensure_child(home, StandardPage, ABOUT_SLUG, title="关于本站", body=body)
        SiteInfo.objects.get_or_create(
            pk=_site_info_pk(),
            defaults={"site_name": SITE_NAME, "bureau_name": BUREAU, "organiser": BUREAU},
        )
    return home


def plain_pages() -> QuerySet[BasePage]:
    """The pages in public that need no release, in the order of the tree."""
    return (
        BasePage.objects.live().public().filter(needs_release=False, depth__gt=1).order_by("path")
    )


def set_categories(year: int, categories: Iterable[tuple[str, str]]) -> None:
    """Make the year's announced categories these pairs of code and name, in this order."""
    kept = []
    with transaction.atomic():
        for order, (code, name) in enumerate(categories):
            kept.append(code)
            CaseCategory.objects.update_or_create(
                year=year, code=code, defaults={"name": name, "order": order}
            )
        CaseCategory.objects.filter(year=year).exclude(code__in=kept).delete()


def ensure_tree_after_migrate(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Run ``ensure_tree`` once all its tables stand; a partial migration makes nothing."""
    if using != DEFAULT_DB_ALIAS:
        return
    wanted = {
        model._meta.db_table
        for model in (HomePage, CaseIndexPage, StandardPage, ExposurePage, SiteInfo, CaseCategory)
    }
    if wanted <= set(connections[using].introspection.table_names()):
        ensure_tree()


def _ensure_root() -> BasePage:
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    locale, _created = Locale.objects.get_or_create(language_code=language)
    root: BasePage | None = BasePage.objects.filter(depth=1).first()
    return root or BasePage.add_root(title="Root", slug="root", locale=locale)


def _add_home(root: BasePage) -> HomePage:
    home = HomePage(
        title=SITE_NAME,
        slug=HOME_SLUG,
        introduction=f"{BUREAU}依法公开民生领域“铁拳”行动查办的典型案例。",
        example_searches="食品 玩具 价格",
    )
    root.add_child(instance=home)
    return home


def _ensure_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if site.root_page_id is not None and site.root_page.specific_class is HomePage:
        return
    address = urlsplit(settings.TIEQUAN_BASE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = site.site_name or SITE_NAME
    site.root_page = home
    site.save()


def _remove_welcome_page(root: BasePage) -> None:
    for page in BasePage.objects.child_of(root):
        if page.specific_class is BasePage:
            page.delete()


def _ensure_child(home: HomePage, model: type[BasePage], slug: str, **content: str) -> None:
    if not model.objects.filter(slug=slug).exists():
        home.refresh_from_db()
        home.add_child(instance=model(slug=slug, **content))


def _site_info_pk() -> int:
    present = SiteInfo.objects.values_list("pk", flat=True).first()
    return present or 1
