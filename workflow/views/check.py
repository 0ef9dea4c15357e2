"""案卷自查: what does not agree within a case file, with the place to mend it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from workflow.selectors.consistency import ERROR, findings
from workflow.services.access import note_view
from workflow.views.pages import RecordPage


class CheckPage(RecordPage):
    """Everybody who may see the case may check it; a look at a restricted one is kept."""

    template_name = "workflow/check.html"
    page_title = _("Check of the file")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_view(self.record, actor=self.user)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = findings(self.record)
        return super().get_context_data(
            errors=[finding for finding in found if finding.severity == ERROR],
            warnings=[finding for finding in found if finding.severity != ERROR],
            **kwargs,
        )
