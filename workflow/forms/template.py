"""A new version of a document template."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import no_control_characters
from workflow.forms.act import line


class TemplateForm(forms.Form):
    file = forms.FileField(
        label=_("Template (docx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_(
            "Fields stand in double braces, as {{ 当事人.名称 }}; at most 5 MB, no macros."
        ),
    )
    note = line(
        _("What changed"), max_length=200, required=False, validators=[no_control_characters]
    )
