"""A level of a reconsideration or lawsuit, its outcome, and when that takes effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.act import ActForm, DayField, MoneyField, area, line
from workflow.models import Challenge, Decision, EvidenceFile, Penalty
from workflow.models.challenge import follows
from workflow.templatetags.casework import yuan

STAYS, CHANGED, STRUCK = "", "changed", "struck"


class CourseForm(ActForm):
    """What is known of a level before its outcome. ``subject`` is the challenge."""

    file_number = line(_("File number"), max_length=80, required=False)
    accepted_on = DayField(label=_("Accepted on"), required=False)
    notified_on = DayField(
        label=_("Copy received on"), required=False,
        help_text=_("When the bureau received the copy: its time to answer runs from here."),
    )  # fmt: skip
    enforcement_suspended = forms.BooleanField(
        label=_("Enforcement suspended"), required=False,
        help_text=_("Only where the authority or court has said so."),
    )  # fmt: skip


class ChallengeForm(CourseForm):
    """A new level. ``subject`` is the decision, or the level it hangs on."""

    kind = forms.ChoiceField(label=_("Level of the challenge"), choices=Challenge.Kind.choices)
    body = line(_("Before whom"), max_length=100, help_text=_("The authority or court."))
    filed_on = DayField(label=_("Filed on"))
    field_order = (
        "kind", "body", "filed_on", "file_number", "accepted_on", "notified_on",
        "enforcement_suspended",
    )  # fmt: skip

    def prepare(self) -> None:
        previous = None if isinstance(self.subject, Decision) else self.subject
        kinds = [pair for pair in Challenge.Kind.choices if follows(pair[0], previous)]
        field: Any = self.fields["kind"]
        field.choices = kinds or Challenge.Kind.choices


class SettleForm(ActForm):
    """The outcome, and what becomes of each penalty. ``subject`` is the challenge."""

    outcome = forms.ChoiceField(label=_("Outcome"))
    outcome_on = DayField(label=_("Outcome on"))
    instrument = forms.ChoiceField(
        label=_("Written in"), choices=Challenge.Instrument.choices,
        help_text=_("A judgment and a ruling may be appealed in different times."),
    )  # fmt: skip
    document_number = line(_("Number of the document"), max_length=80, required=False)
    document = forms.ModelChoiceField(
        label=_("Document on file"), queryset=EvidenceFile.objects.none(), required=False
    )
    served_on = DayField(
        label=_("Received by the party on"),
        help_text=_("The time to sue or to appeal runs from here."),
    )
    received_on = DayField(label=_("Received by the bureau on"), required=False)
    added_kind = forms.ChoiceField(
        label=_("Penalty put in place of another"), required=False,
        choices=[("", "—"), *Penalty.Kind.choices],
    )  # fmt: skip
    added_amount = MoneyField(label=_("Its amount (yuan)"), required=False)
    note = area(_("Note"), required=False)

    def prepare(self) -> None:
        challenge = self.subject
        outcomes = [
            pair for pair in Challenge.Outcome.choices if pair[0] in challenge.level.outcomes
        ]
        outcome: Any = self.fields["outcome"]
        outcome.choices = outcomes
        document: Any = self.fields["document"]
        document.queryset = challenge.decision.case_party.case.evidence.order_by("-pk")
        self.penalties = list(challenge.decision.penalties.all())
        for penalty in self.penalties:
            self._add_penalty(penalty)
        if challenge.kind == Challenge.Kind.REVIEW:
            self.fields["instrument"].initial = Challenge.Instrument.DECISION
        else:
            self.fields["instrument"].initial = Challenge.Instrument.JUDGMENT
        parts = [name for name in self.fields if name.startswith(("part_", "amount_"))]
        self.order_fields(
            ["outcome", *parts, "added_kind", "added_amount", "outcome_on", "instrument"]
        )

    def _add_penalty(self, penalty: Penalty) -> None:
        choices = [(STAYS, _("is upheld")), (STRUCK, _("was revoked"))]
        name = str(penalty.get_kind_display())
        if penalty.kind in Penalty.WITH_AMOUNT:
            choices.insert(1, (CHANGED, _("has another amount")))
            name = f"{name} {yuan(penalty.amount_fen)}"
        label = _("%(penalty)s of the decision") % {"penalty": name}
        self.fields[f"part_{penalty.pk}"] = forms.ChoiceField(
            label=label, choices=choices, required=False
        )
        if penalty.kind in Penalty.WITH_AMOUNT:
            label = _("%(penalty)s: new amount (yuan)") % {"penalty": name}
            self.fields[f"amount_{penalty.pk}"] = MoneyField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        parts: list[dict[str, Any]] = []
        for penalty in self.penalties:
            said = data.pop(f"part_{penalty.pk}", STAYS)
            amount = data.pop(f"amount_{penalty.pk}", None)
            if said == STRUCK:
                parts.append({"penalty": penalty.pk, "struck": True})
            elif said == CHANGED and amount:
                parts.append({"penalty": penalty.pk, "amount_fen": amount})
            elif said == CHANGED and f"amount_{penalty.pk}" not in self.errors:
                self.add_error(f"amount_{penalty.pk}", _("Say the new amount."))
            elif said == STAYS and amount:
                self.add_error(f"part_{penalty.pk}", _("Say what became of this penalty."))
        kind, amount = data.pop("added_kind", ""), data.pop("added_amount", None)
        if kind:
            parts.append({"kind": kind, "amount_fen": amount})
        elif amount:
            self.add_error("added_kind", _("Choose the kind of this penalty."))
        if kind and kind not in Penalty.WITH_AMOUNT and amount:
            self.add_error("added_amount", _("Only a fine and confiscated gains have an amount."))
        return {**data, "parts": parts}


class EffectForm(ActForm):
    effective_on = DayField(
        label=_("In effect since"), help_text=_("Nobody appealed in the time to appeal.")
    )


class RefundForm(ActForm):
    amount = MoneyField(label=_("Amount (yuan)"))
    refunded_on = DayField(label=_("Given back on"))
    voucher = line(_("Voucher number"), max_length=60, required=False)
