"""After the calendar or a rule changed: which open limits would move, then moving them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from accounts.access import may
from workflow.services.recompute import dry_run, recompute_all
from workflow.views.tops import TopPage

SHOWN = 200


class RecomputePage(TopPage):
    """A dry run by clock and dates; the button does it and every record's journal says so."""

    template_name = "workflow/lists/recompute.html"
    page_title = gettext_lazy("Limits that would move")
    header_icon = "calendar"

    def may_open(self) -> bool:
        return may(self.user, "manage_settings")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moved = recompute_all(by=self.user)
        said = ngettext("%(n)d limit was moved.", "%(n)d limits were moved.", moved)
        messages.success(request, said % {"n": moved} if moved else _("No limit moves."))
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = dry_run()
        return super().get_context_data(
            rows=rows[:SHOWN],
            more=len(rows) - SHOWN if len(rows) > SHOWN else 0,
            total=sum(row.count for row in rows),
            **kwargs,
        )
