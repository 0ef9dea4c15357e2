"""A new version of a document template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.text import no_control_characters
from workflow.documents.binding.order import volumes
from workflow.forms.act import line, said_of_field
from workflow.models import DocumentForm
from workflow.services.templates import fit_template


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

    def __init__(self, *args: Any, form_row: DocumentForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_row = form_row

    def clean_file(self) -> Any:
        """A file that may not be a template says so with the other mistakes."""
        upload = self.cleaned_data["file"]
        with said_of_field():
            fit_template(self.form_row, upload)
        return upload


def _volumes() -> list[tuple[str, str]]:
    return [(name, name) for name in volumes()]


class PlaceForm(forms.Form):
    """Where documents of a form lie in a bound file."""

    volume = forms.ChoiceField(label=_("Volume"), choices=_volumes)
    order = forms.IntegerField(
        label=_("Place in the volume"),
        min_value=1,
        max_value=999,
        help_text=_("Papers are bound by this number, those with the same one by date."),
    )
