"""Transfers of my units: those that wait for somebody, and the ended ones."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.selectors.transfers import transfers_in_units
from workflow.views.tops import PagedPage


class TransferList(PagedPage):
    template_name = "workflow/lists/transfers.html"
    page_title = _("Transfers")
    header_icon = "resubmit"
    tabs: ClassVar[dict[str, str | Promise]] = {"running": _("Under way"), "ended": _("Ended")}

    def rows_of(self, tab: str) -> QuerySet[Any]:
        return transfers_in_units(self.user, running=tab == "running")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.paged(self.rows_of(self.tab))
        return super().get_context_data(lines=shown["page_obj"].object_list, **shown, **kwargs)
