"""What the site told me: read it, go there, be done with it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from workflow.selectors.notices import notices_of, with_reachable
from workflow.services.digest import choose_digest, wants_digest
from workflow.services.notices import mark_read
from workflow.views.tops import PagedPage


class NoticeList(PagedPage):
    """The person's own notices; nobody reads another's."""

    template_name = "workflow/lists/notices.html"
    page_title = _("Notices to me")
    header_icon = "mail"

    def may_open(self) -> bool:
        return True

    def rows_of(self, tab: str) -> QuerySet[Any]:
        return notices_of(self.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = str(request.POST.get("notice", ""))
        if asked == "all":
            mark_read(self.user)
        elif asked in ("digest_on", "digest_off"):
            choose_digest(self.user, wanted=asked == "digest_on")
        elif asked.isdecimal() and len(asked) < 18:
            mark_read(self.user, notice=int(asked))
        else:
            raise Http404
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.paged(self.rows_of(self.tab))
        lines = with_reachable(list(shown["page_obj"].object_list), self.user)
        return super().get_context_data(
            lines=lines, wants_digest=wants_digest(self.user), **shown, **kwargs
        )
