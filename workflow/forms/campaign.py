"""A campaign's file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 1024 * 1024


class CampaignForm(forms.Form):
    """A JSON file of another year; ``text`` carries it from the trial to the act."""

    file = forms.FileField(label=_("File of the campaign (JSON)"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if file is None:
            if not data.get("text"):
                self.add_error("file", _("Choose the file."))
            return data
        if file.size > LARGEST:
            self.add_error("file", _("A campaign's file is not larger than 1 MB."))
            return data
        try:
            data["text"] = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not text in UTF-8."))
        return data
