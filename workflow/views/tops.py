"""What the pages without a record share: who may open them, tabs and filters in the address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.http import AuthenticatedRequest
from accounts.models import User
from workflow.selectors.desk import has_casework
from workflow.selectors.lists import CappedPaginator, count_label


class TopPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of casework; for people without casework it does not exist."""

    request: AuthenticatedRequest
    page_title: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def may_open(self) -> bool:
        return has_casework(self.user)

    @property
    def user(self) -> User:
        """Who is signed in."""
        return self.request.user

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]


class PagedPage(TopPage):
    """A page of rows in tabs, fifty at a time."""

    per_page = 50
    tabs: ClassVar[dict[str, str | Promise]] = {}

    @property
    def tab(self) -> str:
        asked = self.request.GET.get("tab", "")
        return asked if asked in self.tabs else next(iter(self.tabs), "")

    def address(self, **changed: str) -> str:
        params = self.request.GET.copy()
        params.pop("p", None)
        for name, value in changed.items():
            params[name] = value
        return f"?{params.urlencode()}"

    def rows_of(self, tab: str) -> QuerySet[Any]:
        """The rows of a tab."""
        raise NotImplementedError

    def paged(self, rows: QuerySet[Any]) -> dict[str, Any]:
        """The page of the address, and what the template says about it."""
        paginator = CappedPaginator(rows, self.per_page)
        page = paginator.get_page(self.request.GET.get("p"))
        return {
            "page_obj": page, "paginator": paginator, "count_label": count_label(paginator.found),
            "elided_page_range": list(paginator.get_elided_page_range(page.number)),
            "kept": {"tab": self.tab} if self.tabs else {},
            "clear_url": f"?tab={self.tab}" if self.tabs else "?",
            "tabs": [
                {"label": label, "url": self.address(tab=code), "current": code == self.tab}
                for code, label in self.tabs.items()
            ],
        }  # fmt: skip
