"""Keeps who has no post today out of the staff site, whatever an old session says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts import access
from accounts.clock import now
from accounts.grants import recompute_grants
from accounts.models import User
from accounts.roles import group_names
from accounts.typed import typed_in
from accounts.views.refused import sign_in_first

SEEN_EVERY = 60
"""Seconds after which another request moves the end of an idle session on."""
GetResponse = Callable[[HttpRequest], HttpResponse]


class PostingMiddleware:
    """After ``AuthenticationMiddleware`` and ``MessageMiddleware``; other sites pass untouched.

    It stands behind the check of the form's token: only what one of our own pages sent is shown
    again to who is turned away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _is_staff_page(request):
            return None
        if not isinstance(request.user, User):
            return _came_too_late(request)
        user = request.user
        _start_half_hour_again(request)
        if not access.postings_of(user):
            return _posting_has_ended(request)
        _refresh_groups(user)
        if user.must_change_password and request.path not in _still_open():
            messages.warning(request, _("Choose a password of your own before you go on."))
            return redirect("wagtailadmin_account")
        return None


def _came_too_late(request: HttpRequest) -> HttpResponse | None:
    """The sign-in page with what was typed; Wagtail's own answer when there is nothing to keep."""
    if _is_script(request) or not (typed := typed_in(request)):
        return None
    messages.error(
        request,
        _("Nothing was done: you are signed out. Copy what you typed, sign in and enter it again."),
    )
    return sign_in_first(request, typed)


def _posting_has_ended(request: HttpRequest) -> HttpResponse:
    typed = typed_in(request)
    logout(request)
    messages.error(request, _("Your posting has ended. Ask the security administrator."))
    if _is_script(request) or not typed:
        return redirect("wagtailadmin_login")
    return sign_in_first(request, typed)


def _is_script(request: HttpRequest) -> bool:
    """Whether a script asks, which shows nobody a page."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def _start_half_hour_again(request: HttpRequest) -> None:
    """Move the end of an idle session on, by one write a minute at most."""
    moment = int(now().timestamp())
    if moment - request.session.get("seen_at", 0) >= SEEN_EVERY:
        request.session["seen_at"] = moment


def _is_staff_page(request: HttpRequest) -> bool:
    try:
        home = reverse("wagtailadmin_home")
    except NoReverseMatch:  # a public process has no staff site
        return False
    return request.path.startswith(home) and request.path != reverse("wagtailadmin_login")


def _still_open() -> set[str]:
    names = ("account", "logout", "javascript_catalog", "sprite")
    return {reverse(f"wagtailadmin_{name}") for name in names}


def _refresh_groups(user: User) -> None:
    """Wagtail reads groups without asking for dates: mend them here if ``tick`` is late."""
    held = set(Group.objects.filter(user=user).values_list("name", flat=True))
    if held != group_names(access.live_roles(user)):
        recompute_grants(user)
