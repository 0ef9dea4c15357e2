"""What became of confiscated goods. ``subject`` is the item."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from workflow.forms.act import DatedForm, MoneyField, area, line
from workflow.forms.goods import SMALLEST
from workflow.models import Disposal, EvidenceFile
from workflow.selectors import measures as selectors


class DisposalForm(DatedForm):
    """One quantity, two officers, a witness and what shows it."""

    kind = forms.ChoiceField(label=_("What became of it"), choices=Disposal.Kind.choices)
    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=SMALLEST, max_digits=14, decimal_places=3
    )
    second_officer = forms.ModelChoiceField(
        label=_("Second officer"), queryset=User.objects.none(), empty_label=None
    )
    document = line(
        _("Document"), max_length=100,
        help_text=_("Number of the record of disposal, of the sale or of the receipt."),
    )  # fmt: skip
    receiver = line(
        _("Who receives it"), max_length=100, required=False, help_text=_("Of goods sold or given.")
    )
    proceeds_fen = MoneyField(
        label=_("Proceeds (yuan)"), required=False, help_text=_("Of goods sold; to the treasury.")
    )
    witness = line(_("Witness"), max_length=100)
    proof = forms.ModelChoiceField(
        label=_("Photograph or receipt"), queryset=EvidenceFile.objects.none(),
        help_text=_("A file of this case; add it to the evidence first."),
    )  # fmt: skip
    reason = area(_("Reason"), max_length=500, rows=2, required=False)
    field_order = (
        "kind", "quantity", "acted_at", "second_officer", "document", "receiver", "proceeds_fen",
        "witness", "proof", "reason", "late_reason",
    )  # fmt: skip

    def prepare(self) -> None:
        measure = self.subject.measure
        choices = {
            "second_officer": selectors.other_handlers(measure.case, self.actor),
            "proof": selectors.files_of(measure, pictures=False),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a model choice
        left = self.subject.not_disposed_of
        self.fields["quantity"].widget.attrs["max"] = f"{left.normalize():f}"
