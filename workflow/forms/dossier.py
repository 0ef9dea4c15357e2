"""What whoever binds a file says of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, area
from workflow.models import Case, Dossier


class DossierForm(ActForm):
    retention = forms.ChoiceField(
        label=_("Retention"), choices=Dossier.Retention.choices,
        help_text=_("Important files are kept for ever; the ordinary procedure counts as such."),
    )  # fmt: skip
    remarks = area(
        _("Remarks on the volume"), max_length=2000, rows=3, required=False,
        help_text=_("Printed on the last page (备考表): what is missing, lent, kept elsewhere."),
    )  # fmt: skip

    def prepare(self) -> None:
        simple = self.subject.procedure == Case.Procedure.SIMPLE
        kinds = Dossier.Retention
        self.initial.setdefault("retention", kinds.THIRTY if simple else kinds.PERMANENT)
