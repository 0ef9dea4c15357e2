"""Amounts at which the law demands more, as dated data."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Threshold(models.Model):
    """An amount in fen that steers the machine between two dates; ``source`` says where it stands.

    ``is_verified`` False: read nowhere officially, the bureau should confirm or change it.
    """

    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    amount_fen = models.BigIntegerField(_("amount"))
    effective_from = models.DateField(_("from"))
    effective_until = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    laws = models.CharField(
        _("only fines under"), max_length=200, blank=True,
        help_text=_("Short names of laws, with 、 between them, where the amount counts for fines "
                    "under them only."),
    )  # fmt: skip
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        verbose_name = _("threshold")
        verbose_name_plural = _("thresholds")
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "effective_from"], name="threshold_once"),
            models.CheckConstraint(
                name="threshold_dates_ordered",
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def law_names(self) -> frozenset[str]:
        """Short names of the laws it is about; empty: not bound to a law."""
        return frozenset(name.strip() for name in self.laws.split("、") if name.strip())


#: (code, name, amount in fen, from, source, verified). Loaded once; the bureau's changes stay.
SHIPPED = (
    ("hearing_person", "听证：自然人罚没款", 1_000_000, date(2019, 4, 1),
     "市场监督管理行政处罚听证办法 第五条", False),
    ("hearing_entity", "听证：法人及其他组织罚没款", 10_000_000, date(2019, 4, 1),
     "市场监督管理行政处罚听证办法 第五条", False),
    ("discussion_person", "集体讨论：自然人罚没款", 1_000_000, date(2019, 4, 1),
     "行政处罚法 第五十七条；数额参照听证标准", False),
    ("discussion_entity", "集体讨论：法人及其他组织罚没款", 10_000_000, date(2019, 4, 1),
     "行政处罚法 第五十七条；数额参照听证标准", False),
    ("city_food_fine", "食品安全罚款由设区的市级以上决定", 30_000_000, date(2019, 12, 1),
     "食品安全法实施条例 第八十一条", True),
    ("spot_person", "当场处罚：自然人罚款", 5_000, date(1996, 10, 1),
     "行政处罚法（1996年）第三十三条", True),
    ("spot_person", "当场处罚：自然人罚款", 20_000, date(2021, 7, 15),
     "行政处罚法 第五十一条", True),
    ("spot_entity", "当场处罚：法人及其他组织罚款", 100_000, date(1996, 10, 1),
     "行政处罚法（1996年）第三十三条", True),
    ("spot_entity", "当场处罚：法人及其他组织罚款", 300_000, date(2021, 7, 15),
     "行政处罚法 第五十一条", True),
    ("spot_cash", "当场收缴罚款", 2_000, date(1996, 10, 1),
     "行政处罚法（1996年）第四十七条", False),
    ("spot_cash", "当场收缴罚款", 10_000, date(2021, 7, 15), "行政处罚法 第六十八条", True),
    ("cite_articles", "普通程序决定须引用法条：罚没款合计达到", 0, date(2019, 4, 1),
     "行政处罚法 第五十九条；填写终止日期即停用", False),
)  # fmt: skip
#: What a shipped threshold is about, by its code.
LAWS = {"city_food_fine": "食品安全法、食品安全法实施条例"}


def load_thresholds() -> None:
    """Make sure every shipped threshold is there; rows that exist are left as they are."""
    known = set(Threshold.objects.values_list("code", "effective_from"))
    Threshold.objects.bulk_create(
        Threshold(
            code=code, name=name, amount_fen=amount, effective_from=start, source=source,
            is_verified=verified, laws=LAWS.get(code, ""),
        )
        for code, name, amount, start, source, verified in SHIPPED
        if (code, start) not in known
    )  # fmt: skip


def threshold(code: str, on: date) -> int | None:
    """The amount in fen in force on a day; None when no row covers it."""
    row = threshold_row(code, on)
    return row.amount_fen if row else None


def threshold_row(code: str, on: date) -> Threshold | None:
    """The row in force on a day; None when none covers it."""
    rows = Threshold.objects.filter(code=code, effective_from__lte=on).filter(
        Q(effective_until=None) | Q(effective_until__gte=on)
    )
    return rows.order_by("-effective_from").first()
