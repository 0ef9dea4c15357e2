"""The law library: laws, their dated versions, their articles, and what cites an article."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .decision import Penalty

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = re.compile(r"第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")


def place_of(number: str) -> int:
    """Where an article stands in its law: 第一百二十四条 is 12400, 第五十条之一 5001; else 0."""
    found = _ARTICLE.fullmatch(number)
    if found is None:
        return 0
    return _count(found[1]) * 100 + _count(found[2] or "")


def _count(chinese: str) -> int:
    """The value of a Chinese numeral below ten thousand."""
    total = digit = 0
    for char in chinese:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


class Law(models.Model):
    """A law, a regulation or a rule, whatever version of it is in force."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    issuer = models.CharField(_("issued by"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("law")
        verbose_name_plural = _("laws")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name


class LawVersion(models.Model):
    """One version of a law, in force from a day and until one (both count)."""

    law = models.ForeignKey(
        Law, on_delete=models.PROTECT, related_name="versions", verbose_name=_("law")
    )
    label = models.CharField(_("version"), max_length=40)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a law")
        verbose_name_plural = _("versions of a law")
        ordering = ["law", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["law", "label"], name="law_version_label_once"),
            models.UniqueConstraint(fields=["law", "effective_from"], name="law_version_once"),
            models.CheckConstraint(
                name="law_version_dates_ordered",
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.law.short_name}》（{self.label}）"

    def is_in_force(self, on: date) -> bool:
        """Whether this version is the law on a day."""
        until = self.effective_until
        return self.effective_from <= on and (until is None or on <= until)


class ArticleQuerySet(models.QuerySet["Article"]):
    def in_force(self, on: date) -> ArticleQuerySet:
        """Articles of the versions that are the law on a day."""
        open_or_later = Q(version__effective_until=None) | Q(version__effective_until__gte=on)
        return self.filter(open_or_later, version__effective_from__lte=on)


class Article(models.Model):
    """An article of one version, or a paragraph or item of it where that is what is cited.

    ``heading`` is the library's own short label; ``text`` is the wording of the law, or empty where
    nobody has entered it yet: it is copied from an official print, never made up.
    """

    version = models.ForeignKey(
        LawVersion, on_delete=models.PROTECT, related_name="articles", verbose_name=_("version")
    )
    number = models.CharField(_("article"), max_length=20)
    paragraph = models.CharField(_("paragraph and item"), max_length=30, blank=True)
    heading = models.CharField(_("heading"), max_length=100, blank=True)
    text = models.TextField(_("wording"), max_length=8000, blank=True)
    order = models.PositiveIntegerField(editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["version", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number", "paragraph"], name="article_once"),
        ]

    def __str__(self) -> str:
        return f"《{self.version.law.short_name}》{self.place}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The order follows from the number."""
        self.set_order()
        super().save(*args, **kwargs)

    def set_order(self) -> None:
        """Where it stands in its law."""
        self.order = place_of(self.number)

    def is_cited(self) -> bool:
        """Whether an issued notice or decision rests on it."""
        issued = (
            Q(notice__issued_at__isnull=False)
            | Q(decision__decided_at__isnull=False)
            | Q(penalty__notice__issued_at__isnull=False)
            | Q(penalty__decision__decided_at__isnull=False)
        )
        return self.citations.filter(issued).exists()

    @property
    def place(self) -> str:
        """第一百二十四条第一款第一项"""
        return f"{self.number}{self.paragraph}"


class FineRange(models.Model):
    """How much an article lets a fine be, as entered by the bureau: fen, or times a base.

    ``base_from_fen`` ≤ base < ``base_below_fen`` says when it applies (货值金额不足一万元的…). A
    range with a ``condition`` (情节严重的…) stands beside the plain one; the officer chooses.
    """

    class Base(models.TextChoices):
        NONE = "", _("A fixed range")
        GOODS = "goods", _("Value of the goods")
        GAINS = "gains", _("Illegal gains")
        OTHER = "other", _("Another amount, typed with the penalty")

    class Who(models.TextChoices):
        ANYBODY = "", _("Anybody")
        PERSON = "person", _("A natural person")
        ENTITY = "entity", _("An entity")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="ranges", verbose_name=_("article")
    )
    base = models.CharField(_("counted from"), max_length=10, choices=Base.choices, blank=True)
    who = models.CharField(_("applies to"), max_length=10, choices=Who.choices, blank=True)
    base_from_fen = models.BigIntegerField(_("base from"), null=True, blank=True)
    base_below_fen = models.BigIntegerField(_("base below"), null=True, blank=True)
    min_fen = models.BigIntegerField(_("at least"), null=True, blank=True)
    max_fen = models.BigIntegerField(_("at most"), null=True, blank=True)
    min_times = models.DecimalField(
        _("at least, times"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    max_times = models.DecimalField(
        _("at most, times"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    condition = models.CharField(_("circumstance"), max_length=100, blank=True)
    is_verified = models.BooleanField(
        _("verified"), default=True,
        help_text=_("Read in the official print; an unverified range warns and refuses nothing."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("range of a fine")
        verbose_name_plural = _("ranges of fines")
        ordering = ["article", "pk"]
        constraints = [
            models.CheckConstraint(
                name="fine_range_fen_or_times",
                condition=(
                    Q(min_times=None, max_times=None)
                    & (Q(min_fen__isnull=False) | Q(max_fen__isnull=False))
                )
                | (
                    Q(min_fen=None, max_fen=None)
                    & ~Q(base="")
                    & (Q(min_times__isnull=False) | Q(max_times__isnull=False))
                ),
            ),
            models.CheckConstraint(
                name="fine_range_ordered",
                condition=(Q(min_fen=None) | Q(max_fen=None) | Q(max_fen__gte=F("min_fen")))
                & (Q(min_times=None) | Q(max_times=None) | Q(max_times__gte=F("min_times"))),
            ),
            models.CheckConstraint(
                name="fine_range_not_negative",
                condition=(Q(min_fen=None) | Q(min_fen__gte=0))
                & (Q(min_times=None) | Q(min_times__gte=0))
                & (Q(base_from_fen=None) | Q(base_from_fen__gte=0)),
            ),
            models.CheckConstraint(
                name="fine_range_base_named",
                condition=~Q(base="") | Q(base_from_fen=None, base_below_fen=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.get_base_display()}"


class ArticleCitation(models.Model):
    """A notice, a decision or a penalty rests on an article version, in one role.

    Citations of an issued paper stay as they are when the law changes.
    """

    class Role(models.TextChoices):
        BREACHED = "breached", _("Breached")
        PENALTY = "penalty", _("Basis of the penalty")
        PROCEDURE = "procedure", _("Procedure")
        DISCRETION = "discretion", _("Discretion")

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="citations", verbose_name=_("article")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    notice = models.ForeignKey(
        "workflow.Notice", on_delete=models.PROTECT, null=True, related_name="citations"
    )
    decision = models.ForeignKey(
        "workflow.Decision", on_delete=models.PROTECT, null=True, related_name="citations"
    )
    penalty = models.ForeignKey(
        Penalty, on_delete=models.PROTECT, null=True, related_name="citations"
    )

    class Meta:
        verbose_name = _("citation of an article")
        verbose_name_plural = _("citations of articles")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_of_one_paper",
                condition=Q(notice__isnull=False, decision=None, penalty=None)
                | Q(notice=None, decision__isnull=False, penalty=None)
                | Q(notice=None, decision=None, penalty__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["notice", "article", "role"], name="notice_cites_once",
                condition=Q(notice__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["decision", "article", "role"], name="decision_cites_once",
                condition=Q(decision__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["penalty", "article", "role"], name="penalty_cites_once",
                condition=Q(penalty__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.article)
