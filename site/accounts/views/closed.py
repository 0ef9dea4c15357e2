"""What stands in the place of a screen of Wagtail's that does not exist here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.viewsets.base import ViewSet


class ClosedViewSet(ViewSet):
    """No address, no menu item: what is asked for below its prefix is not found."""

    def on_register(self) -> None:
        """Nothing to show in any menu."""


class ClosedBulkAction(BulkAction):
    """Wagtail's bulk actions on accounts name accounts to anybody: they are not found."""

    display_name = aria_label = template_name = ""

    def __init__(self, request: HttpRequest, model: type[Any]) -> None:
        raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


def closed_bulk_actions() -> list[type[ClosedBulkAction]]:
    """One per action that ``wagtail.users`` registers."""
    models = [get_user_model()]
    return [
        type(f"Closed_{name}", (ClosedBulkAction,), {"action_type": name, "models": models})
        for name in ("assign_role", "delete", "set_active_state")
    ]
