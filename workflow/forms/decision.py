"""Drafting a decision with the contents of 行政处罚法 art. 59."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import area, line
from workflow.forms.articles import CitingForm
from workflow.models import Decision


class DecisionForm(CitingForm):
    kind = forms.ChoiceField(
        label=_("Kind of decision"), choices=Decision.Kind.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=_("Ground of no penalty"),
        choices=[("", "—"), *Decision.NoPenaltyGround.choices],
        required=False,
    )
    party_identity = area(_("The party"), max_length=2000, rows=3)
    facts = area(_("Facts and evidence"), max_length=20000, rows=10)
    basis = area(
        _("Kinds and basis of the penalty"),
        required=False,
        help_text=_("Left empty, what is cited makes it."),
    )
    performance = area(_("Way and deadline to perform"), max_length=2000, rows=3, required=False)
    remedies = area(_("Remedies"), max_length=2000, rows=3)
    authority = line(_("Deciding authority"), max_length=100)
    education = area(
        _("How the party was educated"), max_length=2000, rows=2, required=False,
        help_text=_("Where no penalty is imposed (Administrative Penalty Law art. 33)."),
    )  # fmt: skip

    field_order = (
        "kind", "ground", "party_identity", "facts", "usual", "breached", "discretion",
        "procedure", "basis",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Decision.Kind.NO_PENALTY and not data.get("ground"):
            self.add_error("ground", _("Choose on which ground no penalty is imposed."))
        if data.get("kind") == Decision.Kind.PENALTY:
            data["ground"] = ""
        return data
