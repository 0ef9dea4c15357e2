"""The page of a lead: what was heard, about whom, what it became; and who reported it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from workflow.forms.side import InformForm, RevealForm
from workflow.selectors.case_page import stages_of_lead
from workflow.selectors.lead_page import (
    cases_of,
    looks_like,
    masked_reporters,
    merged_into_it,
    owes_answer,
)
from workflow.selectors.parties import before
from workflow.selectors.timeline import remarks_of
from workflow.services.leads import inform_reporter, reveal_reporter
from workflow.views.acts import ActPage
from workflow.views.record_page import TabbedPage


class LeadPage(TabbedPage):
    template_name = "workflow/lead.html"
    tabs = (
        ("overview", _("Overview")),
        ("documents", _("Documents and evidence")),
        ("deadlines", _("Limits")),
        ("transfers", _("Transfers")),
        ("timeline", _("Timeline")),
    )

    def beside(self, open_limits: Sequence[Any]) -> dict[str, Any]:
        return {**super().beside(open_limits), "stages": stages_of_lead(self.record)}

    def overview(self) -> dict[str, Any]:
        return {
            "reporters": masked_reporters(self.record),
            "owes_answer": owes_answer(self.record),
            "cases": cases_of(self.record, self.user),
            "similar": looks_like(self.record, self.user),
            "merged": merged_into_it(self.record, self.user),
            "before": before(self.record, self.user),
            "remarks": remarks_of(self.record),
        }


class InformReporter(ActPage):
    """A named reporter was told what became of the lead; the limit to tell it ends."""

    page_title = _("Record that the reporter was told")
    form_class = InformForm
    permission = "edit_lead"
    sentence = _("The limit to tell the reporter ends with this entry.")
    law = _("Measures on Complaints and Reports art. 31")
    done = _("It is recorded that the reporter was told.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        inform_reporter(self.record, actor=self.user, **data)


class RevealReporter(ActPage):
    """Who reported, after a reason that is kept; shown in answer to the form, never stored."""

    page_title = _("See who reported")
    form_class = RevealForm
    permission = "reveal_reporter"
    sentence = _("Your name and your reason are kept with the lead.")
    law = _("Measures on Complaints and Reports art. 33")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        self.reporters = reveal_reporter(self.record, actor=self.user, reason=data["reason"])

    def after(self) -> HttpResponse:
        context = self.get_context_data(form=self.make_form(), reporters=self.reporters)
        response = self.response_class(
            request=self.request,
            template="workflow/reporters.html",
            context=context,
            using=self.template_engine,
        )
        add_never_cache_headers(response)
        return response
