"""Laws, their versions, articles and ranges; and a file of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import DayInput, MoneyField
from workflow.forms.settings import SettingForm
from workflow.models import Article, FineRange, Law, LawVersion
from workflow.models.law import place_of

LARGEST = 2 * 1024 * 1024


class LawForm(SettingForm):
    class Meta:
        model = Law
        fields = ("name", "short_name", "issuer")


class LawVersionForm(SettingForm):
    class Meta:
        model = LawVersion
        fields = ("label", "effective_from", "effective_until", "note")
        widgets = {"effective_from": DayInput, "effective_until": DayInput}


class ArticleForm(SettingForm):
    class Meta:
        model = Article
        fields = ("number", "paragraph", "heading", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "number": _("In Chinese numerals: 第一百二十四条"),
            "paragraph": _("Where a paragraph or an item is cited: 第一款第一项"),
            "text": _("Copied from the official print; left empty rather than from memory."),
        }

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if not place_of(number):
            message = _("“%(number)s” is no article: write 第…条 in Chinese numerals.")
            raise forms.ValidationError(message, code="number", params={"number": number})
        return number


def _money(label: Any) -> MoneyField:
    return MoneyField(label=label, min_value=Decimal(0), required=False)


class FineRangeForm(SettingForm):
    """A range in yuan, or in times of a base."""

    base_from_fen = _money(_("Base from (yuan)"))
    base_below_fen = _money(_("Base below (yuan)"))
    min_fen = _money(_("At least (yuan)"))
    max_fen = _money(_("At most (yuan)"))

    class Meta:
        model = FineRange
        fields = (
            "base", "who", "base_from_fen", "base_below_fen", "min_fen", "max_fen", "min_times",
            "max_times", "condition", "is_verified",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A range in one measure, the lower end first; times of a base that is named."""
        data = super().clean()
        fen, times = _ends(data, "fen"), _ends(data, "times")
        for unit, (least, most) in (("fen", fen), ("times", times)):
            if least is not None and least < 0:
                self.add_error(f"min_{unit}", _("Less than nothing is no range."))
            if least is not None and most is not None and most < least:
                self.add_error(f"max_{unit}", _("The upper end is not below the lower end."))
        self._one_measure(any(e is not None for e in fen), any(e is not None for e in times))
        based = [data.get("base_from_fen"), data.get("base_below_fen"), *times]
        if not data.get("base") and any(value is not None for value in based):
            self.add_error("base", _("Say what the times and the base are counted from."))
        return data

    def _one_measure(self, in_yuan: bool, in_times: bool) -> None:
        if {"min_fen", "max_fen", "min_times", "max_times"} & set(self.errors):
            return
        if in_yuan and in_times:
            self.add_error("min_times", _("In yuan or in times, not in both."))
        elif not in_yuan and not in_times:
            self.add_error("min_fen", _("Enter at least one end of the range."))


def _ends(data: dict[str, Any], unit: str) -> tuple[Any, Any]:
    return data.get(f"min_{unit}"), data.get(f"max_{unit}")


class LawFileForm(forms.Form):
    """A JSON or CSV file; ``text`` carries it from the trial to the act."""

    file = forms.FileField(label=_("File of laws (JSON or CSV)"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None:
            if not data.get("text"):
                self.add_error("file", _("Choose the file."))
            return data
        if file.size > LARGEST:
            self.add_error("file", _("A file of laws is not larger than 2 MB."))
            return data
        raw = file.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                data["text"] = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            return data
        self.add_error("file", _("The file is not text in UTF-8 or GBK."))
        return data
