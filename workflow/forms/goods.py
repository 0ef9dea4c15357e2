"""Measures and goods: imposing, the list, where a quantity goes, custody, testing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.clock import today
from accounts.models import User
from accounts.text import no_control_characters
from workflow.forms.act import ActForm, DatedForm, DayField, MoneyField, area, line
from workflow.forms.limits import LimitsField, offer_limits
from workflow.forms.step import MomentField
from workflow.guards.measure import COERCING, limit_of
from workflow.models import (
    CaseParty,
    Decision,
    EvidenceFile,
    ItemMove,
    ItemPermit,
    Measure,
    Transfer,
)
from workflow.powers import Power, powers_for
from workflow.selectors import measures as selectors
from workflow.services.testing import leaves_out_for_sure, stopped_too

MOST = 100
EMPTY_ROWS = 3
SMALLEST = Decimal("0.001")


class ImposeForm(ActForm):
    """Proposing a measure, or keeping one made on the spot. ``subject`` is the case."""

    case_party = forms.ModelChoiceField(
        label=_("Party"), queryset=CaseParty.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind of measure"), choices=Measure.Kind.choices)
    power = forms.ChoiceField(
        label=_("Basis"), help_text=_("What the categories of this case allow.")
    )
    basis = line(
        _("Basis, as the document cites it"),
        required=False,
        help_text=_("Only where it differs: another paragraph, a later numbering."),
    )
    superior_approval = line(
        _("Approval of the city-level bureau"),
        required=False,
        max_length=100,
        help_text=_("Document number; needed under the Anti-Unfair Competition Law."),
    )
    reason = area(_("Facts and reasons"))
    target = area(_("What is to be taken or sealed"), max_length=2000, required=False, rows=2)
    when = forms.ChoiceField(
        label=_("When"),
        widget=forms.RadioSelect,
        initial="before",
        choices=(
            ("before", _("Approval first, then carry it out")),
            ("on_spot", _("Made on the spot: approval due within 24 hours")),
        ),
    )
    acted_at = MomentField(
        label=_("Made on the spot at"), required=False, help_text=_("Empty: now.")
    )
    place = line(_("Where it is kept"), max_length=300, required=False)
    keeper = line(_("Kept by"), max_length=100, required=False)
    witness = line(_("Present"), max_length=100, required=False)
    late_reason = line(_("Why it is entered late"), max_length=500, required=False)

    def prepare(self) -> None:
        case = self.subject
        parties = case.parties.standing().select_related("party")
        self.fields["case_party"].queryset = parties  # type: ignore[attr-defined]  # declared above
        self.powers = powers_for(case, today())
        self.fields["power"].choices = [(p.code, _named(p)) for p in self.powers]  # type: ignore[attr-defined]  # declared above
        offered = {kind for power in self.powers for kind in power.kinds}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # declared above
            (code, label) for code, label in Measure.Kind.choices if code in offered
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        power = next((p for p in self.powers if p.code == data.get("power")), None)
        if power is not None and data.get("kind") not in power.kinds:
            self.add_error("power", _("This article gives no power to this kind of measure."))
        return data


def _named(power: Power) -> str:
    labels = dict(Measure.Kind.choices)
    return f"{power}（{'、'.join(str(labels[kind]) for kind in power.kinds)}）"


class ItemForm(forms.Form):
    """One line of the list; a line without a name is left out."""

    name = line(_("Name"), required=False)
    specification = line(_("Specification"), required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), required=False, min_value=SMALLEST, max_digits=14, decimal_places=3
    )
    unit_name = line(_("Unit of quantity"), max_length=20, required=False)
    value_fen = MoneyField(label=_("Value of the goods (yuan)"), required=False)
    note = line(_("Note"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "specification", "unit_name", "note"):
            self.fields[name].validators.append(no_control_characters)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in self.fields):
            return data
        for name in ("name", "quantity", "unit_name"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Needed for every line of the list."))
        return data


class _Rows(forms.BaseFormSet):
    @property
    def items(self) -> list[dict[str, Any]]:
        """Values of the filled rows, as the services take them."""
        return [dict(form.cleaned_data) for form in self.forms if form.cleaned_data.get("name")]


ItemRows = forms.formset_factory(
    ItemForm, formset=_Rows, extra=EMPTY_ROWS, max_num=MOST, validate_max=True, absolute_max=MOST
)


#: What is asked for each way goods leave, in the order of the paper.
ASKED: dict[str, tuple[str, ...]] = {
    ItemMove.Kind.RELEASED: ("permit", "document", "receiver", "reason", "proof"),
    ItemMove.Kind.CONFISCATED: ("decision", "receiver", "reason", "proof"),
    ItemMove.Kind.TRANSFERRED: ("transfer", "receiver", "document", "proof"),
    ItemMove.Kind.DESTROYED: ("permit", "decision", "document", "witness", "proof", "reason"),
    ItemMove.Kind.HANDLED_EARLY: (
        "permit",
        "document",
        "reason",
        "receiver",
        "proceeds_fen",
        "proof",
    ),
}
_ALWAYS = ("quantity", "acted_at", "second_officer")


class MoveForm(DatedForm):
    """A quantity of one item leaves. ``subject`` is the item, ``kind`` how it leaves."""

    quantity = forms.DecimalField(
        label=_("Quantity"), min_value=SMALLEST, max_digits=14, decimal_places=3
    )
    second_officer = forms.ModelChoiceField(
        label=_("Second officer"), queryset=User.objects.none(), empty_label=None
    )
    permit = forms.ModelChoiceField(
        label=_("Approval it rests on"), queryset=ItemPermit.objects.none(), required=False,
        help_text=_("What the leader signed for this item; “Approve what leaves” asks for it."),
    )  # fmt: skip
    document = line(
        _("Document"), max_length=100, required=False,
        help_text=_("Number of the paper that allows it: decision to lift, approval, list."),
    )  # fmt: skip
    decision = forms.ModelChoiceField(
        label=_("Decision that confiscates it"), queryset=Decision.objects.none(), required=False
    )
    transfer = forms.ModelChoiceField(
        label=_("Transfer it goes with"), queryset=Transfer.objects.none(), required=False
    )
    receiver = line(_("Who receives it"), max_length=100, required=False)
    witness = line(_("Witness"), max_length=100, required=False)
    reason = area(_("Reason"), max_length=500, rows=2, required=False)
    proceeds_fen = MoneyField(label=_("Proceeds (yuan)"), required=False)
    proof = forms.ModelChoiceField(
        label=_("Photograph or receipt"), queryset=EvidenceFile.objects.none(), required=False,
        help_text=_("A file of this case; add it to the evidence first."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        measure = self.subject.measure
        wanted = (*_ALWAYS, *ASKED[self.kind], "late_reason")
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        self.order_fields(list(wanted))
        pictures = self.kind == ItemMove.Kind.DESTROYED
        choices = {
            "second_officer": selectors.other_handlers(measure.case, self.actor),
            "permit": selectors.permits_for(self.subject, self.kind),
            "decision": selectors.confiscating_decisions(measure),
            "transfer": selectors.transfers_that_left(measure, self.actor),
            "proof": selectors.files_of(measure, pictures=pictures),
        }
        for name, rows in choices.items():
            if name in self.fields:
                self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a model choice
        self.fields["quantity"].widget.attrs["max"] = f"{self.subject.held.normalize():f}"


class CustodyForm(DatedForm):
    """保管交接: who takes the goods over, and where they are then."""

    to_keeper = line(_("Taken over by"), max_length=100)
    place = line(_("Where it is kept"), max_length=300)
    note = line(_("Note"), max_length=500, required=False)
    field_order: tuple[str, ...] = ("acted_at", "to_keeper", "place", "note", "late_reason")


class ThingForm(CustodyForm):
    """The same of a thing in evidence, which names who gives it away."""

    from_keeper = line(_("Handed over by"), max_length=100)
    field_order = ("acted_at", "from_keeper", "to_keeper", "place", "note", "late_reason")


class ToldForm(DatedForm):
    document = line(_("Document"), max_length=100, help_text=_("Number of the decision to extend."))
    field_order = ("acted_at", "document", "late_reason")


class TestingForm(ActForm):
    """期间告知书: which days of testing do not count, as the party was told."""

    from_on = DayField(label=_("First day of the test"))
    until_on = DayField(label=_("Last day of the test"))
    institution = line(_("Who tests"), max_length=100)
    document = line(
        _("Number of the notice of the period"),
        max_length=100,
        help_text=_("The party is told in writing which days do not count."),
    )
    also = LimitsField()

    def prepare(self) -> None:
        limit = limit_of(self.subject, COERCING)
        offer_limits(self, stopped_too(limit) if limit else [])
        also: Any = self.fields.get("also")
        if limit is not None and also is not None:
            # Goods of another measure are away only where somebody says so.
            of_the_file = [row for row in also.queryset if row.record_type != limit.record_type]
            also.initial = [row.pk for row in of_the_file if leaves_out_for_sure(row)]
