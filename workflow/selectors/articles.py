"""Finding articles: those usual for a category first, and the one a person has typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from accounts.clock import today
from workflow.guards.citations import days_that_count
from workflow.models import Article, ArticleCitation, FineRange, Law, LawVersion

_TYPED = re.compile(
    r"《?(?P<law>[^《》（）()第]+)》?\s*(?:[（(](?P<version>[^（）()]+)[）)])?\s*"
    r"(?P<number>第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)(?P<paragraph>.*)"
)


def usual_articles(case: Any) -> list[Article]:
    """Articles the case's category usually cites, in its order, by the version that applies."""
    if case.category is None:
        return []
    wanted = [
        (law["law"], place)
        for law in case.category.laws
        for place in law.get("articles", ())
    ]  # fmt: skip
    day = days_that_count(case, ArticleCitation.Role.BREACHED, today())[0]
    names = {name for name, _place in wanted}
    rows = Article.objects.in_force(day).filter(version__law__name__in=names)
    rows = rows.select_related("version__law")
    found = {(row.version.law.name, row.place): row for row in rows}
    return [found[key] for key in dict.fromkeys(wanted) if key in found]


def choosable_articles(case: Any) -> list[Article]:
    """Every article of the law that applies, the usual ones first. Three queries at most."""
    usual = usual_articles(case)
    day = days_that_count(case, ArticleCitation.Role.BREACHED, today())[0]
    rows = Article.objects.in_force(day).select_related("version__law")
    rows = rows.exclude(pk__in=[row.pk for row in usual])
    return [*usual, *rows.order_by("version__law__short_name", "order", "paragraph")]


def articles_on(day: date) -> list[Article]:
    """Every article of the law of a day. Two queries at most."""
    rows = Article.objects.in_force(day).select_related("version__law")
    return list(rows.order_by("version__law__short_name", "order", "paragraph"))


class UnknownArticleError(LookupError):
    """Nothing in the library is called so; the message says what is there instead."""

    def __init__(self, text: str, near: Sequence[Article] = ()) -> None:
        self.text, self.near = text, list(near)
        super().__init__(text)


def find_article(text: str, *, on: Sequence[date]) -> Article:
    """The article a person means by 《食品安全法》第三十四条第二项, of the version in force.

    A version named in brackets is taken as named. Raises ``UnknownArticleError``.
    """
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        raise UnknownArticleError(text)
    name = typed["law"].strip()
    law = Law.objects.filter(Q(name=name) | Q(short_name=name)).first()
    if law is None:
        raise UnknownArticleError(text)
    rows = Article.objects.filter(version__law=law, number=typed["number"])
    rows = rows.select_related("version__law").order_by("version__effective_from", "pk")
    if typed["version"]:
        rows = rows.filter(version__label=typed["version"].strip())
    place = typed["paragraph"].strip()
    exact = [row for row in rows if row.paragraph == place]
    for day in on:
        for row in exact:
            if row.version.is_in_force(day):
                return row
    if exact:
        return exact[-1]
    raise UnknownArticleError(text, list(rows[:5]))


def laws(search: str = "") -> QuerySet[Law]:
    """Laws with the number of their versions; ``search`` looks into names and articles."""
    rows = Law.objects.annotate(size=Count("versions", distinct=True))
    if search:
        in_articles = Q(versions__articles__text__contains=search)
        in_articles |= Q(versions__articles__heading__contains=search)
        in_articles |= Q(versions__articles__number=search)
        found = Law.objects.filter(
            Q(name__contains=search) | Q(short_name__contains=search) | in_articles
        )
        rows = rows.filter(pk__in=found.values("pk"))
    return rows.order_by("short_name")


def get_law(pk: int) -> Law:
    """A law with its versions and how many articles each has; else ``Http404``."""
    versions = LawVersion.objects.annotate(size=Count("articles")).order_by("-effective_from")
    return get_object_or_404(Law.objects.prefetch_related(Prefetch("versions", versions)), pk=pk)


def get_version(pk: int) -> LawVersion:
    """A version with its law; else ``Http404``."""
    return get_object_or_404(LawVersion.objects.select_related("law"), pk=pk)


def get_article(pk: int) -> Article:
    """An article with version, law and ranges; else ``Http404``."""
    rows = Article.objects.select_related("version__law").prefetch_related("ranges")
    return get_object_or_404(rows, pk=pk)


def get_range(pk: int) -> FineRange:
    """A range with its article, version and law; else ``Http404``."""
    return get_object_or_404(FineRange.objects.select_related("article__version__law"), pk=pk)


def articles_of(version: LawVersion, search: str = "") -> QuerySet[Article]:
    """The articles of a version in their order; ``search`` looks into number, heading, wording."""
    rows = version.articles.annotate(ranged=Count("ranges"))
    if search:
        hit = Q(number__contains=search) | Q(heading__contains=search) | Q(text__contains=search)
        rows = rows.filter(hit)
    return rows.order_by("order", "pk")
