"""What waits for my signature, and what became of what I proposed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.selectors import waiting
from workflow.views.tops import PagedPage


class ApprovalList(PagedPage):
    """Approvals: waiting for me, or proposed by me."""

    template_name = "workflow/lists/approvals.html"
    page_title = _("Signatures")
    header_icon = "edit"
    tabs: ClassVar[dict[str, str | Promise]] = {
        "waiting": _("Waiting for me"),
        "proposed": _("Proposed by me"),
    }

    def rows_of(self, tab: str) -> QuerySet[Any]:
        mine = waiting.approvals_proposed_by if tab == "proposed" else waiting.approvals_waiting_for
        return mine(self.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.paged(self.rows_of(self.tab))
        lines = waiting.approval_rows(shown["page_obj"].object_list)
        return super().get_context_data(lines=lines, tab=self.tab, **shown, **kwargs)
