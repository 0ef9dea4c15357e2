"""The one seam that scopes every staff view: what a person may not see does not exist.

Wagtail's generic views never ask about the single record, so ``construct_view`` mixes ``Scoped``
into every view of a viewset, the stock ones included.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.http import AuthenticatedRequest
from workflow.selectors.scope import is_reachable, reachable
from workflow.views import routes


class Scoped:
    """Mixed into a view: 404 for a record out of scope, and no row of it in any list."""

    model: type[models.Model]
    request: AuthenticatedRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Before the view looks anything up: ``pk`` must be a record the person may open."""
        if "pk" in kwargs and not is_reachable(self.model, request.user, kwargs["pk"]):  # type: ignore[arg-type]  # behind require_admin_access
            raise Http404
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # the view's

    def get_base_queryset(self) -> models.QuerySet[Any]:
        return self.scoped_rows()

    def scoped_rows(self) -> models.QuerySet[Any]:
        """The rows of a list, its export and its search; a list page may say them better."""
        named = getattr(super(), "scoped_rows", None)
        return named() if named else reachable(self.model, self.request.user)

    def user_has_permission(self, permission: str) -> bool:
        record = getattr(self, "object", None)
        if record is not None and record.pk:
            return bool(self.user_has_permission_for_instance(permission, record))  # type: ignore[attr-defined]  # Wagtail's
        return bool(super().user_has_permission(permission))  # type: ignore[misc]  # Wagtail's


class ScopedViewSet(ModelViewSet):
    """Only the routes named here exist: no delete, copy, history, usage or stock inspection.

    ``pages``: (name, route, view) of the pages of one record. A view says in ``arguments`` what
    its arguments besides ``pk`` are.
    """

    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    form_fields: list[str] = []
    #: name → view of the pages without a record; "index" also gives "index_results".
    tops: ClassVar[tuple[tuple[str, str, type], ...]] = ()
    pages: ClassVar[tuple[tuple[str, str, type], ...]] = ()

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        scoped = type(view_class.__name__, (Scoped, view_class), {"__module__": __name__})
        return super().construct_view(scoped, **kwargs)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        known = {"index", *(name for name, _route, _view in (*self.tops, *self.pages))}
        absent = {
            f"{name}_url_name": None
            for name in ("add", "edit", "delete", "history", "usage")
            if name not in known
        }
        return super().get_common_view_kwargs(**{**absent, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = []
        if self.index_view_class is not ModelViewSet.index_view_class:
            patterns.append(self._path("index", "", self.index_view, self.index_view_class))
            results = self.index_results_view
            patterns.append(self._path("index_results", "results/", results, self.index_view_class))
        for name, route, view_class in (*self.tops, *self.pages):
            patterns.append(self._path(name, route, self.construct_view(view_class), view_class))
        return patterns

    def _path(self, name: str, route: str, view: Any, view_class: type) -> URLPattern:
        arguments = dict(getattr(view_class, "arguments", {}))
        if "<int:pk>" in route:
            arguments["pk"] = self.model
        routes.register(self.get_url_name(name), arguments)
        return path(route, view, name=name)

    def register_permissions(self) -> None:
        """Nothing: acts are given by postings."""

    def register_admin_url_finder(self) -> None:
        """Nothing: no page of Wagtail's may link to these records."""
