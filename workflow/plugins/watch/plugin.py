"""What the plugin hooks; the answers lie beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import unit_ids
from workflow.plugin import LedgerColumn, Panel, hookimpl
from workflow.plugins.watch import selectors


@hookimpl
def case_panels(case: Any, user: Any) -> Iterable[Panel]:
    def context() -> Mapping[str, Any]:
        return {"case": case, "mark": selectors.mark_of(case, user), "address": _address(case)}

    return [Panel(title=_("Watch"), template="watch/case_panel.html", context=context, order=900)]


@hookimpl
def dashboard_panels(user: Any) -> Iterable[Panel]:
    context = {"cases": selectors.watched_by(user)[:10]}
    if not context["cases"] and not unit_ids(user, "view_case"):
        return []  # who administers has no cases to watch
    return [Panel(title=_("Watched cases"), template="watch/desk_panel.html", context=context)]


@hookimpl
def ledger_columns() -> Iterable[LedgerColumn]:
    return [LedgerColumn(code="watchers", label=_("Watched by"), values=selectors.watchers)]


@hookimpl
def urls() -> Iterable[URLPattern]:
    from workflow.plugins.watch.urls import urlpatterns  # views load after the apps

    return urlpatterns


def _address(case: Any) -> str:
    return reverse("plugins:watch:mark", args=[case.pk])
