"""Keeps who has no post today out of the staff site, whatever an old session says."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts import access
from accounts.clock import now
from accounts.grants import recompute_grants
from accounts.models import User
from accounts.roles import group_names

SEEN_EVERY = 60
"""Seconds after which another request moves the end of an idle session on."""
GetResponse = Callable[[HttpRequest], HttpResponse]


class PostingMiddleware:
    """After ``AuthenticationMiddleware`` and ``MessageMiddleware``; other sites pass untouched."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._turned_away(request) or self.get_response(request)

    def _turned_away(self, request: HttpRequest) -> HttpResponseRedirectBase | None:
        if not _is_staff_page(request) or not isinstance(request.user, User):
            return None
        user = request.user
        _start_half_hour_again(request)
        if not access.postings_of(user):
            logout(request)
            messages.error(request, _("Your posting has ended. Ask the security administrator."))
            return redirect("wagtailadmin_login")
        _refresh_groups(user)
        if user.must_change_password and request.path not in _still_open():
            messages.warning(request, _("Choose a password of your own before you go on."))
            return redirect("wagtailadmin_account")
        return None


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
