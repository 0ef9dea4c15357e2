"""Response headers that Django has no setting for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import page_not_found

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
# Wagtail's date widgets start themselves with an inline script, and its editor sets inline styles;
# previews and the editor's workers come from the same origin.
ADMIN = {
    **STRICT,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
}

GetResponse = Callable[[HttpRequest], HttpResponse]


def policy(directives: dict[str, str]) -> str:
    """Return the header's value for the given directives."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


class ContentSecurityPolicyMiddleware:
    """No page of the public site loads anything from elsewhere or runs inline code.

    A view that needs another policy sets the header itself; it is left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        directives = ADMIN if request.path.startswith("/admin/") else STRICT
        response.headers.setdefault("Content-Security-Policy", policy(directives))
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class OwnNotFoundPage:
    """While DEBUG is on, an address that does not exist shows the site's own page too.

    The demo runs with DEBUG; whoever tries it meets the page a citizen would meet. Errors of the
    program (500) keep Django's report. Must be the innermost middleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return page_not_found(request, Http404())
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that found nothing; any other exception goes its way."""
        return page_not_found(request, exception) if isinstance(exception, Http404) else None
