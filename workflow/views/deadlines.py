"""The list of time limits: mine or my units', the first due first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.forms.due import DueForm
from workflow.selectors import due
from workflow.selectors.desk import limits_for
from workflow.views.tops import PagedPage


class DeadlineList(PagedPage):
    """Time limits by person or unit, by kind and by state."""

    template_name = "workflow/lists/deadlines.html"
    page_title = _("Time limits")
    header_icon = "time"
    tabs: ClassVar[dict[str, str | Promise]] = {
        "unit": _("My units"),
        "mine": _("Handled by me"),
    }

    def rows_of(self, tab: str) -> QuerySet[Any]:
        return limits_for(self.user, tab)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DueForm(self.request.GET, user=self.user)
        rows = self.rows_of(self.tab)
        rows = due.asked_for(rows, form.cleaned_data) if form.is_valid() else rows.none()
        shown = self.paged(rows)
        lines = due.due_rows(shown["page_obj"].object_list)
        return super().get_context_data(list_form=form, lines=lines, **shown, **kwargs)
