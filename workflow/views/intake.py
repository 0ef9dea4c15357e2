"""Registering a lead: one screen that recognises party and duplicates and says why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import may
from accounts.models import Unit
from workflow.engine.refusals import TransitionRefused
from workflow.forms.lead_content import LeadIntakeForm
from workflow.models import Lead
from workflow.plugin import Refusal
from workflow.selectors.intake import Proposal, proposal
from workflow.selectors.look_alikes import LookAlikes, look_alikes
from workflow.services.leads import register_lead
from workflow.views.refused import show_refusals
from workflow.views.tops import TopPage


class LeadAdd(TopPage):
    """One screen for a new lead; what was typed stays, whatever is wrong with it."""

    model = Lead
    template_name = "workflow/lists/intake.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Register a lead")
    header_icon = "plus"
    form: LeadIntakeForm
    known = LookAlikes()
    proposal: Proposal | None = None
    on_top: tuple[Refusal, ...] = ()

    def may_open(self) -> bool:
        return may(self.user, "register_lead")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        leads = {
            "url": reverse("workflow_lead:index"),
            "label": capfirst(str(Lead._meta.verbose_name_plural)),
        }
        return [*self.breadcrumbs_items, leads, {"url": "", "label": str(self.page_title)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = LeadIntakeForm(subject=None, actor=self.user)
        units = list(self.form.fields["unit"].queryset)  # type: ignore[attr-defined]  # a model choice
        if len(units) == 1:
            self.form.initial["unit"] = units[0].pk
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.known = look_alikes(self.user, request.POST)
        self.form = LeadIntakeForm(
            request.POST, subject=None, actor=self.user, recognised=self.known.parties
        )
        valid = self.form.is_valid()
        data = self.form.cleaned_data
        self.proposal = proposal(data.get("category"), data.get("place") or "")
        if "check" in request.POST:
            return self.again(200)
        unit = self.unit() if valid else None
        if unit is None or not self.known.seen_by(data["known"]):
            return self.again(422)
        try:
            lead = self.register(unit)
        except TransitionRefused as refused:
            self.on_top = tuple(show_refusals(self.form, refused.refusals))
            return self.again(422)
        return self.done(lead)

    def unit(self) -> Unit | None:
        """The unit chosen, else the proposed one; an error beside the field when neither can be."""
        chosen: Unit | None = self.form.cleaned_data["unit"]
        allowed = self.form.fields["unit"].queryset  # type: ignore[attr-defined]  # a model choice
        proposed = self.proposal.unit if self.proposal else None
        if chosen is None and proposed is not None and proposed in allowed:
            return proposed
        if chosen is None:
            self.form.add_error("unit", _("Category and place name no unit of yours: choose one."))
        return chosen

    def register(self, unit: Unit) -> Lead:
        data = self.form.cleaned_data
        return register_lead(
            actor=self.user, unit=unit, received_at=data["received_at"],
            fields=self.form.content_data, reporter=self.form.reporter_data,
            restricted=data["restricted"], late_reason=data["late_reason"],
            party=data["party"], party_match=self.form.party_match,
        )  # fmt: skip

    def done(self, lead: Lead) -> HttpResponse:
        done = _("Registered: %(number)s, handled by %(unit)s.")
        messages.success(self.request, done % {"number": lead.number, "unit": lead.unit})
        if self.proposal and self.proposal.unit != lead.unit:
            text = _("Category and place point to %(unit)s: have the lead handed over there.")
            messages.info(self.request, text % {"unit": self.proposal.unit})
        if "next" in self.request.POST:
            return redirect("workflow_lead:add")
        return redirect("workflow_lead:inspect", lead.pk)

    def again(self, status: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=self.form, known=self.known, chosen=self.request.POST.get("party", ""),
            proposal=self.proposal, refusals=self.on_top, **kwargs,
        )  # fmt: skip


class KnownWhileTyping(TopPage):
    """The same suggestions for what is typed so far, as a part of the page; nothing is kept.

    By POST: a name or a phone belongs into no address and no log of addresses.
    """

    template_name = "workflow/lists/_known.html"
    http_method_names = ["options", "post"]

    def may_open(self) -> bool:
        return may(self.user, "register_lead")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = {
            "known": look_alikes(self.user, request.POST),
            "chosen": request.POST.get("party", ""),
        }
        return self.render_to_response(context)
