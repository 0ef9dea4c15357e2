"""Answers to forms that come too late or cannot be read: why, what to do, and what was typed."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import requires_csrf_token
from wagtail.admin.forms.auth import LoginForm

from accounts.forms.sign_in import SignInForm
from accounts.typed import typed_in

STAFF = "/admin/"
#: How Django's reasons begin that are about a cookie or token; the others are about the sender.
_OLD_PAGE = "CSRF "


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read. Asks neither host nor database: both may be the trouble."""
    home = STAFF if request.path.startswith(STAFF) else "/"
    context = {"why": _why(exception), "home": home}
    return HttpResponseBadRequest(render_to_string("400.html", context))


def _why(exception: Exception) -> str:
    if isinstance(exception, RequestDataTooBig):
        limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1024**2
        return _("More was typed than the %(mb)d MB one form can take.") % {"mb": limit}
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return _("More fields or files were sent than one form can take.")
    return _("What the browser sent arrived damaged or incomplete.")


@never_cache
@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page is older than the last sign-in, or the form is not from here.

    What was typed is shown only when Django found the sender to be a page of this site.
    """
    is_own = reason.startswith(_OLD_PAGE)
    is_staff = request.path.startswith(STAFF) and settings.TIEQUAN_SITE != "public"
    context = {
        "is_own": is_own,
        "typed": typed_in(request) if is_own else [],
        "came_from": came_from(request) if is_own else "",
    }
    template = "wagtailadmin/403_csrf.html" if is_staff else "403_csrf.html"
    return render(request, template, context, status=403)


@never_cache
def sign_in_first(request: HttpRequest, typed: list[tuple[str, str]]) -> HttpResponse:
    """403: the sign-in page in answer to a form, with what was typed; then back to its page."""
    form: LoginForm = SignInForm(request)
    context = {"form": form, "next": came_from(request), "typed": typed}
    return render(request, "wagtailadmin/login.html", context, status=403)


def came_from(request: HttpRequest) -> str:
    """The address of our page that sent the form; the desk when the browser does not say."""
    page = request.META.get("HTTP_REFERER", "")
    host = {request.get_host()}
    if url_has_allowed_host_and_scheme(page, host, require_https=request.is_secure()):
        return str(page)
    return reverse("wagtailadmin_home") if settings.TIEQUAN_SITE != "public" else "/"
