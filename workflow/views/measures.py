"""Measures on goods: imposing one, its page, its list, where the goods go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts.clock import now
from workflow.forms import goods as forms
from workflow.forms.act import ActForm
from workflow.models import ItemMove, MeasureItem
from workflow.selectors import measures as selectors
from workflow.services import goods, measures
from workflow.states import MeasureState
from workflow.templatetags.casework import quantity
from workflow.views.acts import ActPage
from workflow.views.record_page import TabbedPage


class MeasurePage(TabbedPage):
    """What is held, what became of the rest, and what may be done next."""

    template_name = "workflow/measure.html"
    tabs = (
        ("overview", _("Overview")),
        ("deadlines", _("Limits")),
        ("timeline", _("Timeline")),
    )

    def overview(self) -> dict[str, Any]:
        measure = self.record
        moving = measure.state in (MeasureState.IN_FORCE, MeasureState.EXTENDED)
        confiscated = moving and selectors.confiscating_decisions(measure).exists()
        return {
            "rows": [
                (item, [(kind, LABELS[kind]) for kind in selectors.ways_out(item, confiscated)])
                for item in selectors.items_of(measure)
            ],
            "custody": list(measure.custody.select_related("recorded_by")),
            "must_tell": measure.state == MeasureState.EXTENDED
            and measure.extension_told_at is None,
            "must_dispose": measure.is_running and selectors.asks_for_goods(measure.case),
            "can": {
                "list": measure.state in (MeasureState.PROPOSED, MeasureState.APPROVED),
                "move": moving,
                "hand_over": measure.is_running,
            },
        }


class ItemsAct(ActPage):
    """An act with the list of goods below its form."""

    permission = measures.PERMISSION
    rows_title = _("List of the goods")
    row_label = _("Item")

    def rows_now(self) -> list[dict[str, Any]]:
        """What the list says already."""
        return []

    def make_rows(self) -> BaseFormSet[Any]:
        if self.request.method != "POST":
            return forms.ItemRows(prefix="item", initial=self.rows_now())
        data = self.request.POST.copy()
        shown = data.get("item-TOTAL_FORMS", "0")
        if "more" in data and shown.isdecimal() and len(shown) < 4:
            data["item-TOTAL_FORMS"] = str(int(shown) + forms.EMPTY_ROWS)
        return forms.ItemRows(data, prefix="item")


class ImposeMeasure(ItemsAct):
    page_title = _("Take a measure")
    form_class = forms.ImposeForm
    sentence = _(
        "The head of unit and the leader sign. Sealed or seized goods are decided about within 30 "
        "days, preserved ones within 7 working days."
    )
    law = _("Administrative Penalty Law art. 56; Administrative Coercion Law arts. 18-19, 25")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        on_spot = data.pop("when") == "on_spot"
        moment = data.pop("acted_at") or now()
        self.measure = measures.impose_measure(
            self.record, actor=self.user, case_party=data.pop("case_party"),
            late_reason=data.pop("late_reason"), items=rows.items, fields=data,
            carried_out_at=moment if on_spot else None,
        )  # fmt: skip

    def after(self) -> HttpResponse:
        text = gettext("%(number)s waits for the signature of the head of unit.")
        messages.success(self.request, text % {"number": self.measure.number})
        return redirect(reverse("workflow_measure:inspect", args=[self.measure.pk]))


class ListItems(ItemsAct):
    page_title = _("Write the list")
    form_class = ActForm
    sentence = _("The list is signed on the spot by the party, the officers and a witness.")
    law = _("Administrative Coercion Law art. 24")
    done = _("The list is kept.")

    def rows_now(self) -> list[dict[str, Any]]:
        names = ("name", "specification", "quantity", "unit_name", "value_fen", "note")
        return [{name: getattr(item, name) for name in names} for item in self.record.items.all()]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        measures.list_items(self.record, actor=self.user, items=rows.items)


def kinds_of_move() -> Sequence[str]:
    """How goods may leave, as the address says it."""
    return ItemMove.Kind.values


class MoveItem(ActPage):
    """A quantity of one item leaves; the address says how, and the form asks what that needs."""

    form_class = forms.MoveForm
    permission = measures.PERMISSION
    arguments = {"item": MeasureItem, "kind": kinds_of_move}
    done = _("It is kept where the goods went.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if kwargs["kind"] not in ItemMove.Kind.values:
            raise Http404
        super().setup(request, *args, **kwargs)

    @property
    def kind(self) -> ItemMove.Kind:
        return ItemMove.Kind(self.kwargs["kind"])

    @property
    def page_title(self) -> Any:  # type: ignore[override]  # the address says which
        return LABELS[self.kind]

    @property
    def sentence(self) -> Any:  # type: ignore[override]  # the address says which
        return SENTENCES[self.kind]

    @property
    def law(self) -> Any:  # type: ignore[override]  # the address says which
        return LAWS[self.kind]

    def subject(self) -> MeasureItem:
        return selectors.get_item(self.record, self.kwargs["item"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        item = self.about
        return [
            (_("Name"), item.name),
            (_("Specification"), item.specification),
            (_("On the list"), quantity(item.quantity, item.unit_name)),
            (_("Still held"), quantity(item.held, item.unit_name)),
        ]

    def initial(self) -> dict[str, Any]:
        given = {"quantity": quantity(self.about.held), "acted_at": now()}
        if self.kind == ItemMove.Kind.RELEASED:
            given["receiver"] = self.about.measure.case_party.party.name
        if self.kind in ItemMove.SIGNED and (
            permit := selectors.permits_for(self.about, self.kind).first()
        ):
            given |= {"permit": permit.pk, "quantity": quantity(min(permit.left, self.about.held))}
        return given

    def make_form(self) -> ActForm:
        posted = self.request.method == "POST"
        bound = (self.request.POST, self.request.FILES) if posted else (None, None)
        return forms.MoveForm(
            *bound, initial={} if posted else self.initial(), subject=self.about,
            actor=self.user, kind=self.kind,
        )  # fmt: skip

    def act(self, data: dict[str, Any], rows: Any) -> None:
        goods.move_item(
            self.about, actor=self.user, second_officer=data.pop("second_officer"),
            kind=self.kind, quantity=data.pop("quantity"), moved_at=data.pop("acted_at"),
            late_reason=data.pop("late_reason"), fields=data,
        )  # fmt: skip


LABELS = {
    ItemMove.Kind.RELEASED: _("Give back"),
    ItemMove.Kind.CONFISCATED: _("Confiscate"),
    ItemMove.Kind.TRANSFERRED: _("Transfer with the case"),
    ItemMove.Kind.DESTROYED: _("Destroy"),
    ItemMove.Kind.HANDLED_EARLY: _("Dispose of early"),
}
SENTENCES = {
    ItemMove.Kind.RELEASED: _("This much goes back; with the last of it the measure ends."),
    ItemMove.Kind.CONFISCATED: _("It needs an issued decision that confiscates goods."),
    ItemMove.Kind.TRANSFERRED: _("It follows a transfer that was handed over."),
    ItemMove.Kind.DESTROYED: _("Two officers, a witness and a photograph show that it was done."),
    ItemMove.Kind.HANDLED_EARLY: _(
        "Goods that spoil are sold or destroyed early, with the party’s confirmation or after a "
        "public notice; what they bring in takes their place."
    ),
}
LAWS = {
    ItemMove.Kind.RELEASED: _("Administrative Coercion Law art. 28"),
    ItemMove.Kind.CONFISCATED: _("Administrative Coercion Law art. 27"),
    ItemMove.Kind.TRANSFERRED: _("Transfer Regulation arts. 6, 12"),
    ItemMove.Kind.DESTROYED: _("Administrative Coercion Law art. 27"),
    ItemMove.Kind.HANDLED_EARLY: _("Procedure Rules (goods that spoil)"),
}


class HandOverGoods(ActPage):
    page_title = _("Hand over custody")
    form_class = forms.CustodyForm
    permission = measures.PERMISSION
    sentence = _("Who keeps the goods answers for them: they are not used, lost or damaged.")
    law = _("Administrative Coercion Law art. 26")
    done = _("The hand-over is kept.")

    def initial(self) -> dict[str, Any]:
        return {"acted_at": now(), "place": self.record.place}

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Kept by"), self.record.keeper), (_("Where it is kept"), self.record.place)]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        goods.hand_over_goods(self.record, actor=self.user, at=data.pop("acted_at"), **data)


class TellExtension(ActPage):
    page_title = _("Record that the party was told")
    form_class = forms.ToldForm
    permission = measures.PERMISSION
    sentence = _("The party is told of the extension in writing and at once, with the reasons.")
    law = _("Administrative Coercion Law art. 25")
    done = _("It is kept that the party was told.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        measures.tell_extension(self.record, actor=self.user, told_at=data.pop("acted_at"), **data)


class RecordTesting(ActPage):
    page_title = _("Record a test")
    form_class = forms.TestingForm
    permission = measures.PERMISSION
    sentence = _(
        "The days of the test, both ends included, do not count for this measure, nor for the "
        "limits of the case that are ticked."
    )
    law = _("Administrative Coercion Law art. 25; Procedure Rules art. 64")
    done = _("The limit stands still for these days.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        measures.record_testing(self.record, actor=self.user, **data)
