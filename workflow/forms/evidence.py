"""Adding a file to the evidence of a lead or a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import DatedForm, line, said_of_field
from workflow.models import EvidenceFile
from workflow.services.evidence import fitting


class EvidenceForm(DatedForm):
    upload = forms.FileField(
        label=_("File"),
        max_length=255,
        required=False,
        allow_empty_file=True,  # the service says what an empty file is
    )
    #: The name of an upload that came in parts before the form was sent.
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
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
        help_text = _("PDF, pictures, sound, video, Office or text; at most %(mb)d MB.")
        self.fields["upload"].help_text = help_text % {"mb": settings.EVIDENCE_MB}

    def clean_upload(self) -> Any:
        """What may not be stored is said with the other mistakes, before anything is done."""
        upload = self.cleaned_data["upload"]
        if upload:
            with said_of_field():
                fitting(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("upload") and not data.get("token") and "upload" not in self.errors:
            self.add_error("upload", _("Choose a file."))
        return data

    def clean_collectors(self) -> list[str]:
        names = self.cleaned_data["collectors"].replace("，", "、").replace(",", "、")
        return [name.strip() for name in names.split("、") if name.strip()]
