"""The page editor of a case: it saves drafts, and every saved draft is told to the exposure."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from publicity.exposures.models import Exposure
from publicity.exposures.states import WRITABLE
from publicity.pages.models import ExposurePage
from workflow.api import JournalLine, lock, record_act

#: The only things the page editor of a case can do.
SAVING = frozenset({"action-save-draft", "action-page-locked"})


@hooks.register("construct_page_action_menu", order=1000)
def only_saving(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if isinstance(context.get("page"), ExposurePage):
        items[:] = [item for item in items if item.name in SAVING]


@hooks.register("construct_page_listing_buttons", order=1000)
def no_ways_around(buttons: list[Any], page: Any, user: Any, context: Any = None) -> None:
    if page.specific_class is ExposurePage:
        buttons.clear()
        if button := _door(page):
            buttons.append(button)


@hooks.register("register_page_header_buttons")
def door_to_the_exposure(page: Any, user: Any, view_name: str, next_url: Any = None) -> list[Any]:
    button = _door(page) if page.specific_class is ExposurePage else None
    return [button] if button else []


@hooks.register("after_edit_page")
def tell_the_exposure(request: HttpRequest, page: Any) -> None:
    """A changed text voids what was proposed about it; one journal line per writer and turn."""
    if page.specific_class is not ExposurePage:
        return
    with transaction.atomic():
        exposure = Exposure.objects.filter(page=page.pk, state__in=WRITABLE).first()
        if exposure is None:
            return
        last = JournalLine.objects.filter(
            record_type=exposure._meta.label_lower, record_id=exposure.pk
        ).order_by("-seq")
        line = last.first()
        actor: Any = request.user
        if line is None or (line.verb, line.actor_id) != ("exposure.write", actor.pk):
            record_act(lock(exposure), "exposure.write", actor=actor)


def _door(page: Any) -> Button | None:
    exposure = Exposure.objects.filter(page=page.pk).only("pk").first()
    if exposure is None:
        return None
    url = reverse("plugins:exposures:inspect", args=[exposure.pk])
    return Button(_("Redaction and next step"), url=url, icon_name="view", priority=1)
