"""Citing articles: typed by name, or ticked among those usual for the category."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from workflow.forms.act import ActForm
from workflow.forms.step import SeveralField
from workflow.guards.citations import days_that_count
from workflow.models import Article, ArticleCitation
from workflow.selectors.articles import UnknownArticleError, find_article, usual_articles

#: The page lists the articles to choose from under this id (a datalist of the browser's own).
LIST = "cw-articles"
ROLES = ("breached", "discretion", "procedure")


def named(article: Article) -> str:
    """《产品质量法》（2018年修正）第四十九条: how a form says which version is meant."""
    return f"{article.version}{article.place}"


class ArticleField(forms.CharField):
    """One article, typed or chosen from the page's list; clean value is an ``Article`` or None.

    ``days``: on one of which the version should be the law, the usual one first.
    """

    days: Sequence[date] = ()

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": LIST, "autocomplete": "off"}))
        super().__init__(max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _found(text, self.days) if text else None


class ArticlesField(forms.CharField):
    """Several articles, one a line; clean value is a list of ``Article``."""

    days: Sequence[date] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), required=False, **kwargs
        )

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [_found(line, self.days) for line in lines if line]


def _found(text: str, days: Sequence[date]) -> Article:
    try:
        return find_article(text, on=days or [today()])
    except UnknownArticleError as unknown:
        if unknown.near:
            message = _("The library has not “%(text)s”, but: %(near)s.")
            near = "、".join(named(article) for article in unknown.near)
            values = {"text": text, "near": near}
        else:
            message = _(
                "The library has no “%(text)s”: write 《law》 and 第…条, or enter it there."
            )
            values = {"text": text}
        raise forms.ValidationError(message, code="unknown", params=values) from unknown


class CitingForm(ActForm):
    """A paper of one party that cites articles; ``citations`` of the clean data has them all."""

    usual = SeveralField(
        label=_("Breached, usual in this category"),
        queryset=Article.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    breached = ArticlesField(
        label=_("Articles breached"), help_text=_("One a line: 《产品质量法》第四十九条")
    )
    discretion = ArticlesField(label=_("Articles of discretion"))
    procedure = ArticlesField(label=_("Articles of procedure"))

    def prepare(self) -> None:
        case = self.subject.case
        usual = usual_articles(case)
        field: Any = self.fields["usual"]
        field.queryset = Article.objects.filter(pk__in=[row.pk for row in usual])
        field.choices = [(row.pk, f"{row} {row.heading}") for row in usual]
        if not usual:
            del self.fields["usual"]
        for name in ROLES:
            articles: Any = self.fields[name]
            articles.days = days_that_count(case, name, today())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ticked = list(data.pop("usual", None) or ())
        cited = [(article, ArticleCitation.Role.BREACHED) for article in ticked]
        for name in ROLES:
            cited += [
                (article, ArticleCitation.Role(name)) for article in data.pop(name, None) or ()
            ]
        data["citations"] = list(dict.fromkeys(cited))
        return data
