"""What the public templates ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from publicity.pages.addresses import public_address
from publicity.pages.models import ExposurePage, SiteInfo
from publicity.pages.money import yuan

register = template.Library()

BRIEF = 40
_TAG = re.compile(r"(<[^>]*>)")
#: A document number, or a number with the unit after it: neither is broken over two lines.
_UNITS = (
    "千克 毫克 公斤 平方米 平方毫米 毫米 厘米 公里 兆帕 万元 亿元 元 年 月 日 时 分 秒 "
    "件 只 瓶 箱 台 辆 家 户 人 名 次 张 包 袋 吨 克 米 号 楼 栋 室 桶 盒 条 头 笔 倍 天 个 % ％"
)
_WHOLE = re.compile(
    r"[\u4e00-\u9fff]{0,10}〔\d{4}〕\d+号"
    rf"|\d[\d,.]*[ \u00a0]?(?:{'|'.join(_UNITS.split())})"
)
_NEXT_ARTICLE = re.compile(r"、(?=第[^、]*条)")
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "en": "en"}
HAN_BLANKS = str.maketrans("", "", "\n\r\t")


@register.simple_tag(takes_context=True)
def site_info(context: template.Context) -> SiteInfo:
    """Return the facts about the bureau, read once per request."""
    request = context.get("request")
    info: SiteInfo = SiteInfo.load(request_or_site=request)
    return info


@register.simple_tag
def at(path: str = "") -> str:
    """Return the address of a public path, wherever the site is mounted."""
    return public_address(path)


@register.simple_tag
def language_tag() -> str:
    """Return the language of the page's labels for the lang attribute."""
    return LANGUAGE_TAGS.get(get_language() or "", "zh-Hans")


@register.simple_tag(takes_context=True)
def is_elder(context: template.Context) -> bool:
    """Say whether the reader asked for the elder mode."""
    return bool(getattr(context.get("request"), "is_elder", False))


@register.simple_tag(takes_context=True)
def elder_query(context: template.Context) -> str:
    """Return the query string of this very page in the other mode."""
    request: HttpRequest | None = context.get("request")
    wanted = "0" if getattr(request, "is_elder", False) else "1"
    if request is None:
        return f"?elder={wanted}"
    parameters = request.GET.copy()
    parameters["elder"] = wanted
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def is_here(context: template.Context, path: str) -> bool:
    """Say whether the page lies at or below the given public path."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    return (
        request.path.startswith(public_address(path)) if path else request.path == public_address()
    )


@register.filter
def money(fen: int | None) -> str:
    """Return an amount of fen in 元 or 万元; nothing for an unknown one."""
    return "" if fen is None else yuan(int(fen))


@register.filter
def penalty_brief(page: ExposurePage) -> str:
    """Return the penalty in a few words: the amounts where there are any, else its text."""
    fine, confiscated = (yuan(fen) if fen else "" for fen in (page.fine_fen, page.confiscated_fen))
    if fine and confiscated:
        return _("fined %(fine)s, confiscated %(confiscated)s") % {
            "fine": fine,
            "confiscated": confiscated,
        }
    if fine:
        return _("fined %(amount)s") % {"amount": fine}
    if confiscated:
        return _("confiscated %(amount)s") % {"amount": confiscated}
    return Truncator(page.penalty_text).chars(BRIEF)


@register.filter
def unbroken(text: str) -> SafeString:
    """The text with every number held to its unit, and every document number in one piece."""
    pieces = _TAG.split(conditional_escape(text))
    for place in range(0, len(pieces), 2):  # every second piece is a tag
        pieces[place] = _WHOLE.sub(r'<span class="nb">\g<0></span>', pieces[place])
    return mark_safe("".join(pieces))  # noqa: S308 -- escaped above, only spans were added


@register.filter
def by_law(blocks: Iterable[Any]) -> list[tuple[str, list[str]]]:
    """Every law once, with its articles one by one."""
    laws: dict[str, dict[str, None]] = {}
    for block in blocks:
        articles = laws.setdefault(block.value["law"], {})
        for article in _NEXT_ARTICLE.split(block.value.get("article") or ""):
            articles.setdefault(article)
    return [(law, list(articles)) for law, articles in laws.items()]


@register.filter
def brief(html: object) -> str:
    """Return the beginning of a rich text as one line of plain text."""
    return Truncator(strip_tags(str(html)).translate(HAN_BLANKS).strip()).chars(120)
