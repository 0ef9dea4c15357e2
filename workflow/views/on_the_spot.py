"""A penalty on the spot from nothing but the form; cash handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.access import may
from workflow.engine.refusals import TransitionRefused
from workflow.forms.articles import named
from workflow.forms.on_the_spot import SPOT, CashForm, SpotCaseForm
from workflow.models import Case
from workflow.plugin import Refusal
from workflow.selectors.articles import articles_on
from workflow.services.on_the_spot import hand_in_cash, punish_on_the_spot
from workflow.views.acts import ActPage
from workflow.views.refused import show_refusals
from workflow.views.tops import TopPage


class PunishOnTheSpot(TopPage):
    """One form for party, facts, article, penalty, place, statement and payment."""

    model = Case
    template_name = "workflow/on_the_spot.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Penalty on the spot")
    header_icon = "edit"
    on_top: tuple[Refusal, ...] = ()

    def may_open(self) -> bool:
        return may(self.user, "investigate_case")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        label = capfirst(str(Case._meta.verbose_name_plural))
        cases = {"url": reverse("workflow_case:index"), "label": label}
        return [*self.breadcrumbs_items, cases, {"url": "", "label": str(self.page_title)}]

    @cached_property
    def form(self) -> SpotCaseForm:
        data = self.request.POST if self.request.method == "POST" else None
        return SpotCaseForm(data, subject=None, actor=self.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form.is_valid() and (case := self.punish(self.form.cleaned_data)):
            done = _("Decided on the spot: %(number)s.")
            number = case.parties.get().decisions.get().number
            messages.success(request, done % {"number": number})
            return redirect("workflow_case:inspect", case.pk)
        return self.render_to_response(self.get_context_data(), status=422)

    def punish(self, data: dict[str, Any]) -> Case | None:
        decision = {name: data[name] for name in SPOT}
        for name in ("breached", "basis"):
            decision[name] = named(data[name])
        if data["amount_fen"]:
            decision["amount_fen"] = f"{data['amount_fen'] // 100}.{data['amount_fen'] % 100:02d}"
        names = ("name", "uscc", "id_number")
        try:
            return punish_on_the_spot(
                actor=self.user, unit=data["unit"], second=data["second"],
                party={"kind": data["party_kind"], **{name: data[name] for name in names}},
                case={"cause": data["cause"], "category": data["category"]}, decision=decision,
            )  # fmt: skip
        except TransitionRefused as refused:
            self.on_top = tuple(show_refusals(self.form, refused.refusals))
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        articles = [(named(row), row.heading) for row in articles_on(clock.today())]
        return super().get_context_data(
            form=self.form, refusals=self.on_top, articles=articles, **kwargs
        )


class HandInCash(ActPage):
    page_title = gettext_lazy("Hand in the cash")
    form_class = CashForm
    permission = "record_payment"
    sentence = gettext_lazy("The limit of two working days ends.")
    law = gettext_lazy("Administrative Penalty Law art. 71")
    done = gettext_lazy("It is kept that the cash was handed in.")
    tab = "parties"

    def initial(self) -> dict[str, Any]:
        return {"handed_in_on": clock.today()}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        hand_in_cash(self.record, actor=self.user, handed_in_on=data["handed_in_on"])
