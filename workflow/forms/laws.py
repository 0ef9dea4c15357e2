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
            "max_times", "condition",
        )  # fmt: skip


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
