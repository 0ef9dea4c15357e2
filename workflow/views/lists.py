"""The lists of leads and cases: tabs, search, filters in the address, export of exactly this."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from accounts.access import may
from accounts.http import AuthenticatedRequest
from workflow.forms.lists import CaseListForm, LeadListForm, ListForm
from workflow.selectors import export, lists, tabs
from workflow.services.exports import note_export
from workflow.views.spreadsheet import spreadsheet


class RecordIndex(generic.IndexView):
    """One tab of records the person may see, narrowed as the address says."""

    request: AuthenticatedRequest
    template_name = "workflow/lists/index.html"
    results_template_name = "workflow/lists/results.html"
    form_class: type[ListForm]
    any_permission_required = ["view"]
    paginator_class = lists.CappedPaginator
    columns: ClassVar[list[Any]] = []
    filterset_class = None
    is_searchable = False
    list_export: ClassVar[list[str]] = []
    empty_text: Any = ""
    sorts: ClassVar[tuple[str, ...]] = ("-updated", "updated")
    sort_labels: ClassVar[dict[str, Any]] = {"updated": gettext_lazy("Updated")}

    @cached_property
    def tab(self) -> str:
        asked = self.request.GET.get("tab", tabs.UNIT)
        return asked if asked in tabs.TABS else tabs.UNIT

    @cached_property
    def form(self) -> ListForm:
        return self.form_class(self.request.GET, user=self.request.user)

    @cached_property
    def sort(self) -> str:
        asked = self.request.GET.get("ordering", "")
        return asked if asked in self.sorts else self.sorts[0]

    def scoped_rows(self) -> QuerySet[Any]:
        return tabs.rows_of_tab(self.model, self.request.user, self.tab)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows of this address; none when a filter is not one the person may use."""
        rows = self.get_base_queryset()
        if not self.form.is_valid():
            return rows.none()
        rows = lists.ordered(lists.narrowed(rows, self.form.cleaned_data), self.sort)
        return rows if self.is_export else lists.with_columns(rows)

    def get_paginator(self, queryset: QuerySet[Any], per_page: int, **kwargs: Any) -> Any:
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if self.tab == tabs.UNIT:
            paginator.units = tabs.units_of(self.model, self.request.user)
        if self.is_whole and self.sort in ("-updated", "updated"):
            newest = self.sort == "-updated"
            paginator.whole = lists.WholeTab(self.request.user, self.tab, newest)
        return paginator

    @property
    def is_whole(self) -> bool:
        """Whether no filter narrows the tab."""
        return self.form.is_valid() and not any(self.form.cleaned_data.values())

    def get_page_title(self) -> str:
        return str(super().get_page_title())

    @cached_property
    def may_export(self) -> bool:
        return may(self.request.user, "export_records")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.may_export:
            return []
        kinds = (("xlsx", _("Download XLSX")), ("csv", _("Download CSV")))
        return [
            Button(label, url=self.get_export_url(kind), icon_name="download", priority=90)
            for kind, label in kinds
        ]

    def get_export_url(self, kind: str) -> str:
        params = self.request.GET.copy()
        for name in ("p", "_w_filter_fragment"):
            params.pop(name, None)
        params["export"] = kind
        return f"{self.index_url}?{params.urlencode()}"

    def tabs(self, known: dict[str, int]) -> list[dict[str, Any]]:
        """Every tab with the number of its rows; ``known`` are those counted already."""
        found = []
        for code, label in tabs.TABS.items():
            count = known.get(code)
            if count is None:
                count = tabs.count_of(self.model, self.request.user, code)
            params = self.request.GET.copy()
            for name in ("p", "export", "_w_filter_fragment"):
                params.pop(name, None)
            params["tab"] = code
            found.append({
                "label": label, "url": f"?{params.urlencode()}", "current": code == self.tab,
                "count": lists.count_label(count),
            })  # fmt: skip
        return found

    def sort_links(self) -> list[dict[str, Any]]:
        """The addresses that sort by an index, and how the list is sorted now."""
        links = []
        for name, label in self.sort_labels.items():
            params = self.request.GET.copy()
            params.pop("p", None)
            params["ordering"] = name if self.sort == f"-{name}" else f"-{name}"
            now = {f"-{name}": "descending", name: "ascending"}.get(self.sort, "none")
            links.append({"url": f"?{params.urlencode()}", "now": now, "label": label})
        return links

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:
            return self.exported()
        response: HttpResponseBase = super().get(request, *args, **kwargs)
        return response

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        columns, lines = lists.lines_for(list(context["object_list"]))
        found = context["paginator"].found
        known = {self.tab: found} if self.is_whole else {}
        return context | {
            "lines": lines, "plugin_columns": columns, "tabs": self.tabs(known),
            "list_form": self.form,
            "sort_links": self.sort_links(), "empty_text": self.empty_text, "tab": self.tab,
            "machine": self.model.machine, "found": found,
            "count_label": lists.count_label(found),
            "kept": {"tab": self.tab, "ordering": self.sort},
            "clear_url": f"{self.index_url}?tab={self.tab}",
            "may_route": self.model.machine == "lead" and may(self.request.user, "route_lead"),
            "route_url": reverse("workflow_route_leads"),
        }  # fmt: skip

    def exported(self) -> HttpResponseBase:
        """The file, after it was noted who took it."""
        if not self.may_export:
            raise PermissionDenied
        rows, kind = self.get_queryset(), self.request.GET["export"]
        asked = {name: str(value) for name, value in self.form.cleaned_data.items() if value}
        note_export(
            actor=self.request.user, name=self.model._meta.label_lower, file_format=kind,
            filters={**asked, "tab": self.tab}, rows=rows[: export.LONGEST].count(),
        )  # fmt: skip
        return spreadsheet(export.table(rows), kind, self.model.machine)


class LeadIndex(RecordIndex):
    form_class = LeadListForm
    add_item_label = gettext_lazy("Register a lead")
    empty_text = gettext_lazy(
        "Leads of your units stand here once somebody registers them or assigns them to a unit."
    )


class CaseIndex(RecordIndex):
    form_class = CaseListForm
    sorts = ("-updated", "updated", "-filed", "filed")
    sort_labels = {"filed": gettext_lazy("Filed"), "updated": gettext_lazy("Updated")}
    empty_text = gettext_lazy(
        "Cases of your units stand here once the filing of a lead was signed."
    )
