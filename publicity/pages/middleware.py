"""What a reader chose for the public pages: larger text, another language."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

COOKIE = "elder"
ONE_YEAR = 365 * 24 * 3600
CHOICES = {"1": True, "0": False}


class PublicSiteMiddleware:
    """Keep the elder mode across pages, and the site's own language.

    ``?elder=1`` and ``?elder=0`` choose; a first-party cookie, used for nothing else, remembers.
    The pages speak the language of their content unless the reader picked another one: what a
    browser happens to prefer must not mix English labels into Chinese decisions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/"):
            return self.get_response(request)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        asked = CHOICES.get(request.GET.get(COOKIE, ""))
        remembered = request.COOKIES.get(COOKIE) == "1"
        is_elder = remembered if asked is None else asked
        request.is_elder = is_elder  # type: ignore[attr-defined]  # for the template tags
        response = self.get_response(request)
        if asked is True:
            response.set_cookie(COOKIE, "1", max_age=ONE_YEAR, samesite="Lax", httponly=True)
        elif asked is False and COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
        patch_vary_headers(response, ("Cookie",))
        return response
