"""The page of a case: where it stands, what may be done next, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from workflow.models import CourtApplication
from workflow.models.scope import sees
from workflow.selectors.case_page import (
    day_count,
    named_parties,
    papers_of,
    parties_of,
    stages_of_case,
)
from workflow.selectors.execution import standings_of
from workflow.selectors.measures import asks_for_goods, measures_of
from workflow.selectors.parties import before
from workflow.selectors.timeline import remarks_of
from workflow.services.case_file import BEFORE_DECISION, DRAFTING
from workflow.services.measures import OPEN_CASE
from workflow.states import CaseState
from workflow.views.panels import actions_for, panels_for
from workflow.views.record_page import TabbedPage

_ANSWERING = (CaseState.NOTICED, CaseState.HEARING)
_NAMING = (CaseState.INVESTIGATING, CaseState.CONCLUDED)


class CasePage(TabbedPage):
    template_name = "workflow/case.html"
    tabs = (
        ("overview", _("Overview")),
        ("parties", _("Parties")),
        ("documents", _("Documents and evidence")),
        ("measures", _("Measures")),
        ("execution", _("Execution")),
        ("deadlines", _("Limits")),
        ("transfers", _("Transfers")),
        ("publicity", _("Publicity")),
        ("timeline", _("Timeline")),
    )

    def beside(self, open_limits: Sequence[Any]) -> dict[str, Any]:
        return {
            **super().beside(open_limits),
            "stages": stages_of_case(self.record),
            "count": day_count(open_limits),
            "must_dispose": asks_for_goods(self.record),
            "plugin_actions": actions_for(self.record, self.user),
            "can": {
                "name_parties": self.record.state in _NAMING,
                "draft_notice": self.record.state in DRAFTING,
                "draft_decision": self.record.state in BEFORE_DECISION,
                "answer": self.record.state in _ANSWERING,
                "edit": self.record.state in BEFORE_DECISION,
                "impose": self.record.state in OPEN_CASE,
            },
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["panels"] = panels_for(self.record, self.request, tab=context["tab"])
        return context

    def overview(self) -> dict[str, Any]:
        lead = self.record.lead
        return {
            "parties": named_parties(self.record),
            # A lead has a scope of its own: it may be restricted where its case is not.
            "lead": lead if lead is not None and sees(self.user, lead) else None,
            "before": before(self.record, self.user),
            "remarks": remarks_of(self.record),
        }

    def parties(self) -> dict[str, Any]:
        rows = parties_of(self.record, self.memo)
        prefetch_related_objects(rows, "measures")
        split_off = [row.split_into for row in rows if row.split_into is not None]
        return {"parties": rows, "seen": [case.pk for case in split_off if sees(self.user, case)]}

    def measures(self) -> dict[str, Any]:
        return {"measures": measures_of(self.record, self.open_limits)}

    def documents(self) -> dict[str, Any]:
        return {**super().documents(), "papers": papers_of(self.record, self.memo)}

    def execution(self) -> dict[str, Any]:
        return {"standings": standings_of(self.record), "final": CourtApplication.FINAL}

    def publicity(self) -> dict[str, Any]:
        return {"parties": parties_of(self.record, self.memo)}
