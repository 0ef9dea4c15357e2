"""Changing leads and cases, handing a lead to another unit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from workflow.forms.case_content import CaseEditForm
from workflow.forms.lead_content import LeadEditForm
from workflow.forms.routing import RouteForm
from workflow.services.case_file import edit_case
from workflow.services.leads import edit_lead, route_lead
from workflow.views.acts import ActPage


class LeadEdit(ActPage):
    form_class = LeadEditForm
    permission = "edit_lead"
    page_title = gettext_lazy("Change the lead")
    sentence = gettext_lazy(
        "The journal names the fields you change. What waits for signature and rests on them "
        "becomes void."
    )
    done = gettext_lazy("The lead is changed.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        edit_lead(self.record, actor=self.user, fields=data)


class LeadRoute(ActPage):
    form_class = RouteForm
    permission = "route_lead"
    page_title = gettext_lazy("Hand to another unit")
    sentence = gettext_lazy("The lead and its time limits go on in the other unit.")
    done = gettext_lazy("The lead is handed over.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        route_lead(self.record, actor=self.user, unit=data["unit"], reason=data["reason"])

    def after(self) -> HttpResponse:
        """The list: the lead may lie outside the person's scope now."""
        messages.success(self.request, str(self.done))
        return redirect("workflow_lead:index")


class CaseEdit(ActPage):
    form_class = CaseEditForm
    permission = "investigate_case"
    page_title = gettext_lazy("Change the case")
    sentence = gettext_lazy(
        "The journal names the fields you change. What waits for signature and rests on them "
        "becomes void."
    )
    done = gettext_lazy("The case is changed.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        edit_case(self.record, actor=self.user, fields=data)
