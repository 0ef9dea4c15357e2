"""The whole case on paper: what its tabs show, one after another, without what is for screens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from workflow.selectors import timeline
from workflow.selectors.record_page import evidence_of, handlers_of, limits_of, people_who_know
from workflow.services.access import note_view
from workflow.views.case_page import CasePage
from workflow.views.pages import RecordPage

#: Rows of evidence and lines of the timeline at most: paper ends somewhere, and says that it does.
MOST = 500


class CasePrint(CasePage):
    """Nothing can be done here, so no step is asked for; a look at a restricted case is kept."""

    template_name = "workflow/case_print.html"
    page_title = _("Print of the case")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_view(self.record, actor=self.user)
        return RecordPage.get(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        limits = limits_of(self.record)
        self.open_limits = [limit for limit in limits if limit.deadline.is_open]
        evidence = evidence_of(self.record)
        lines = timeline.lines_of(self.record)
        return RecordPage.get_context_data(
            self,
            **self.overview(), **self.execution(), **self.measures(), **self.transfers(),
            **self.made_documents(),
            **{name: value for name, value in self.parties().items() if name == "seen"},
            rows=self.parties()["parties"], papers=super().documents()["papers"],
            handlers=handlers_of(self.record, self.memo), knowing=people_who_know(self.record),
            limits=limits, limit_url_name="workflow_case:deadline",
            evidence_rows=evidence[:MOST], more_evidence=max(evidence.count() - MOST, 0),
            entries=timeline.entries(self.record, lines[:MOST]),
            more_lines=max(lines.count() - MOST, 0), may={}, can={}, **kwargs,
        )  # fmt: skip
