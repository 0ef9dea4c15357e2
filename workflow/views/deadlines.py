"""The list of time limits: mine or my units', the first due first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import may
from workflow.forms.due import DueForm
from workflow.selectors import due, export
from workflow.selectors.desk import limits_for
from workflow.services.exports import note_export
from workflow.views.spreadsheet import spreadsheet
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
        shown = self.paged(self.narrowed())
        lines = due.due_rows(shown["page_obj"].object_list)
        return super().get_context_data(
            list_form=self.form,
            lines=lines,
            files=[
                (kind.upper(), self.address(export=kind))
                for kind in ("xlsx", "csv")
                if may(self.user, "export_records")
            ],
            **shown,
            **kwargs,
        )

    @cached_property
    def form(self) -> DueForm:
        return DueForm(self.request.GET, user=self.user)

    def narrowed(self) -> QuerySet[Any]:
        rows = self.rows_of(self.tab)
        if not self.form.is_valid():
            return rows.none()
        return due.asked_for(rows, self.form.cleaned_data)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or exactly this list as a file; who took it is kept."""
        kind = request.GET.get("export", "")
        if kind not in ("csv", "xlsx"):
            return super().get(request, *args, **kwargs)
        if not may(self.user, "export_records"):
            raise PermissionDenied
        rows = self.narrowed()
        asked = {name: str(value) for name, value in self.form.cleaned_data.items() if value}
        note_export(
            actor=self.user, name="workflow.deadline", file_format=kind,
            filters={**asked, "tab": self.tab}, rows=rows[: export.LONGEST].count(),
        )  # fmt: skip
        return spreadsheet(export.limits_table(rows), kind, "limits")
