"""Every way of Wagtail's around the machine is shut, and says where the open door is.

What is not on the list below is refused for the page of a case, so that a new view of Wagtail's is
refused too. Deleting, moving, copying or unpublishing what lies above such pages is refused alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from publicity.basepage.models import BasePage
from publicity.exposures.models import Exposure
from publicity.exposures.states import WRITABLE
from publicity.pages.models import ExposurePage

PAGES = "wagtailadmin_pages"
PAGE_KEYS = ("page_id", "page_to_move_id", "pk")
TYPE_KEYS = (("content_type_app_name", "content_type_model_name"), ("app_label", "model_name"))
#: Views that show the draft, or write it while it may be written.
READING = frozenset(
    {"view_draft", "revisions_view", "revisions_compare", "revisions_index", "history",
     "history_results", "usage", "workflow_history"}
)  # fmt: skip
WRITING = frozenset({"edit", "preview_on_edit", "revisions_revert"})
#: What would carry the pages below along.
WITH_BELOW = frozenset({"delete", "move", "move_confirm", "unpublish", "copy"})
#: What a form of the page editor could ask besides saving a draft.
BEYOND_SAVING = (
    "action-publish",
    "action-submit",
    "action-workflow-action",
    "action-cancel-workflow",
    "action-restart-workflow",
    "go_live_at",
    "expire_at",
)


class AirlockMiddleware:
    """Asks before any page view of the staff site whether it would go around an exposure."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not request.user.is_authenticated:
            return None
        if match.url_name == "wagtail_bulk_action":
            return _bulk(request, kwargs)
        if match.namespace != PAGES:
            return None
        if _is_of_cases(kwargs):
            return _refused(request, None, _("Pages of cases are made by nominating a case."))
        return _of_page(request, match, kwargs)


def _of_page(
    request: HttpRequest, match: ResolverMatch, kwargs: Mapping[str, Any]
) -> HttpResponse | None:
    pk = next((int(kwargs[key]) for key in PAGE_KEYS if key in kwargs), None)
    if pk is None:
        return None
    name = match.url_name or ""
    if not ExposurePage.objects.filter(pk=pk).exists():
        above = name in WITH_BELOW and _has_cases_below([pk])
        return _refused(request, None, _below()) if above else None
    exposure = Exposure.objects.reachable_by(request.user).filter(page=pk).first()  # type: ignore[arg-type]  # signed in
    if exposure is None:
        raise Http404
    if name in READING:
        return None
    if name not in WRITING:
        return _refused(request, exposure, _around())
    if exposure.state not in WRITABLE:
        return _refused(request, exposure, _locked(exposure))
    if any(request.POST.get(key) for key in BEYOND_SAVING):
        return _refused(request, exposure, _around())
    return None


def _bulk(request: HttpRequest, kwargs: Mapping[str, Any]) -> HttpResponse | None:
    label = f"{kwargs.get('app_label', '')}.{kwargs.get('model_name', '')}".lower()
    if label not in {BasePage._meta.label_lower, ExposurePage._meta.label_lower}:
        return None
    asked = request.GET.getlist("id")
    if "all" in asked:
        roots = _keys(request.GET.getlist("childOf") or ["1"])
        concerned = _has_cases_below(
            roots or list(BasePage.objects.filter(depth=1).values_list("pk", flat=True))
        )
    else:
        concerned = _has_cases_below(_keys(asked))
    return _refused(request, None, _below()) if concerned else None


def _keys(asked: Sequence[str]) -> list[int]:
    """What was asked, as numbers of pages; there is no page of a number beyond the database's."""
    keys = [int(key) for key in asked if key.isdecimal()]
    if any(key > BigIntegerField.MAX_BIGINT for key in keys):
        raise Http404
    return keys


def _is_of_cases(kwargs: Mapping[str, Any]) -> bool:
    own = (ExposurePage._meta.app_label, ExposurePage._meta.model_name)
    return any((kwargs.get(a), kwargs.get(b)) == own for a, b in TYPE_KEYS)


def _has_cases_below(pks: list[int]) -> bool:
    """Whether one of these pages is a case's, or has some below it."""
    for page in BasePage.objects.filter(pk__in=pks):
        if ExposurePage.objects.descendant_of(page, inclusive=True).exists():
            return True
    return False


def _around() -> str:
    return _(
        "The page of a case is published, withdrawn, moved or deleted through its exposure alone. "
        "Take the next step there."
    )


def _below() -> str:
    return _(
        "There are pages of cases here: they are published, withdrawn, moved or deleted through "
        "their exposures alone. Open the exposure and take its next step there."
    )


def _locked(exposure: Exposure) -> str:
    text = _(
        "The text is locked: the exposure stands at “%(state)s”. Take the approval back there "
        "before you edit."
    )
    if exposure.release_no is not None:
        text = _(
            "The text is public: the exposure stands at “%(state)s”. Correct or withdraw it there."
        )
    return text % {"state": exposure.get_state_display()}


def _refused(request: HttpRequest, exposure: Exposure | None, message: str) -> HttpResponse:
    """Nothing is done; the message leads to where it is done."""
    if exposure is None:
        where = reverse("plugins:exposures:index")
    else:
        where = reverse("plugins:exposures:inspect", args=[exposure.pk])
    if "application/json" in request.headers.get("Accept", ""):
        answer = {"success": False, "error_code": "airlock", "error_message": message}
        return JsonResponse(answer, status=400)
    messages.error(request, message)
    return redirect(where)
