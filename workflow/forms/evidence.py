"""Adding a file to the evidence of a lead or a case."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import DatedForm, line
from workflow.models import EvidenceFile


class EvidenceForm(DatedForm):
    upload = forms.FileField(
        label=_("File"),
        max_length=255,
        allow_empty_file=True,  # the service says what an empty file is
        help_text=_("PDF, pictures, sound, video, Office or text; at most 50 MB."),
    )
    title = line(_("What it is"))
    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=EvidenceFile.Kind.choices)
    collectors = line(
        _("Collected by"), required=False, help_text=_("Names, separated by “、”; two as a rule.")
    )
    replaces = forms.ModelChoiceField(
        label=_("Better copy of"),
        queryset=EvidenceFile.objects.none(),
        required=False,
        help_text=_("The earlier file stays in the record."),
    )
    field_order = (
        "upload", "title", "kind", "acted_at", "collectors", "replaces", "late_reason",
    )  # fmt: skip

    def prepare(self) -> None:
        self.fields["acted_at"].label = _("Collected at")
        earlier = self.subject.evidence.filter(replaced_by=None).order_by("-pk")
        self.fields["replaces"].queryset = earlier  # type: ignore[attr-defined]  # declared above

    def clean_collectors(self) -> list[str]:
        names = self.cleaned_data["collectors"].replace("，", "、").replace(",", "、")
        return [name.strip() for name in names.split("、") if name.strip()]
