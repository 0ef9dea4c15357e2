"""The register of numbers: one class and year at a time, with an export of exactly that."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from accounts.access import may
from workflow.models import NumberSequence
from workflow.selectors import numbers
from workflow.services.exports import note_export
from workflow.views.spreadsheet import spreadsheet
from workflow.views.tops import PagedPage


class NumberRegister(PagedPage):
    template_name = "workflow/lists/numbers.html"
    page_title = gettext_lazy("Register of numbers")
    header_icon = "list-ol"
    http_method_names = ["get", "head", "options"]

    def may_open(self) -> bool:
        return may(self.user, "view_numbers")

    @cached_property
    def sequences(self) -> list[NumberSequence]:
        return numbers.sequences()

    @cached_property
    def sequence(self) -> NumberSequence | None:
        """The counter the address names; the first one otherwise."""
        asked = self.request.GET.get("of", "")
        named = (row for row in self.sequences if str(row.pk) == asked)
        return next(named, next(iter(self.sequences), None))

    @property
    def may_export(self) -> bool:
        return self.sequence is not None and may(self.user, "export_records")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.may_export:
            return []
        kinds = (("xlsx", _("Download XLSX")), ("csv", _("Download CSV")))
        return [
            Button(label, url=self.address(export=kind), icon_name="download", priority=90)
            for kind, label in kinds
        ]

    def get(  # type: ignore[override]  # an export is streamed
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        kind = request.GET.get("export", "")
        if kind in ("xlsx", "csv"):
            return self.exported(kind)
        return self.render_to_response(self.get_context_data())

    def exported(self, kind: str) -> HttpResponseBase:
        """The file, after it was noted who took it."""
        sequence = self.sequence
        if sequence is None or not self.may_export:
            raise PermissionDenied
        asked = {"kind": sequence.kind, "year": str(sequence.year), "unit": sequence.unit_code}
        note_export(
            actor=self.user, name="workflow.issuednumber", file_format=kind, filters=asked,
            rows=sequence.last,
        )  # fmt: skip
        return spreadsheet(numbers.table(sequence, self.user), kind, "numbers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = numbers.series_names()
        choices = [
            (row.pk, names.get(row.kind, row.kind), row.year, row.unit_code)
            for row in self.sequences
        ]
        context: dict[str, Any] = {"choices": choices, "sequence": self.sequence}
        if self.sequence is not None:
            context |= self.paged(numbers.numbers_of(self.sequence))
            context["entries"] = numbers.entries(list(context["page_obj"]), self.user)
            context["gaps"] = numbers.gaps_of(self.sequence)
        return super().get_context_data(**context, **kwargs)
