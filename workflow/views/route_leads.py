"""Assigning many leads to a unit: first what would change, then all or those that can."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import may
from workflow.forms.routing import RouteForm
from workflow.models import Lead
from workflow.selectors.records import some_leads
from workflow.services.bulk import Outcome, route_leads
from workflow.views.tops import TopPage

MOST = 200


class RouteLeads(TopPage):
    """``?id=…&id=…`` names the leads; those out of scope do not exist."""

    template_name = "workflow/lists/route_leads.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Assign leads to a unit")
    header_icon = "resubmit"
    outcomes: list[Outcome] | None = None

    def may_open(self) -> bool:
        return may(self.user, "route_lead")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        given = request.POST if request.method == "POST" else request.GET
        ids = [int(pk) for pk in given.getlist("id") if pk.isdecimal() and len(pk) < 18]
        self.leads: list[Lead] = some_leads(self.user, ids[:MOST])
        self.form = RouteForm(
            request.POST if request.method == "POST" else None, subject=None, actor=self.user
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.leads:
            messages.warning(request, _("Choose at least one lead first."))
            return redirect("workflow_lead:index")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.leads:
            raise Http404
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        how = request.POST.get("do", "")
        partly = how == "partly"
        data = {"unit": self.form.cleaned_data["unit"], "reason": self.form.cleaned_data["reason"]}
        self.outcomes = route_leads(
            self.leads, actor=self.user, apply=how in ("all", "partly"), partly=partly, **data
        )
        moved = sum(not outcome.refusals for outcome in self.outcomes)
        if partly or (how == "all" and moved == len(self.outcomes)):
            said = ngettext("%(n)d lead handed over.", "%(n)d leads handed over.", moved)
            messages.success(request, said % {"n": moved})
            return redirect("workflow_lead:index")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outcomes = self.outcomes or []
        return super().get_context_data(
            form=self.form, leads=self.leads, outcomes=outcomes,
            can=sum(not outcome.refusals for outcome in outcomes),
            cannot=sum(bool(outcome.refusals) for outcome in outcomes), **kwargs,
        )  # fmt: skip
