"""All addresses. A public process (`TIEQUAN_SITE=public`) mounts no /admin/.

A staff process knows the public addresses too, because previews and links are made from them, but
its front door is the staff site. Wagtail's document serving has no address anywhere: released
files carry random names under /media/, all others are served by scoped views of the staff site.
"""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from tiequan.health import healthz


def addresses(site: str) -> list[URLPattern | URLResolver]:
    """Return what a process that serves this site ("public", "staff" or "both") answers to."""
    mounted: list[URLPattern | URLResolver] = [path("healthz", healthz, name="healthz")]
    if site != "public":
        # The accounts' addresses come first: their profile page stands before Wagtail's.
        mounted += [
            path("admin/", include("accounts.urls")),
            path("admin/", include("wagtail.admin.urls")),
        ]
    if site == "staff":
        mounted += [path("", RedirectView.as_view(url="/admin/"))]
    if settings.DEBUG:
        mounted += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
    # The page tree's catch-all is the last of the public site's addresses.
    return [
        *mounted,
        path("search/", include("search.urls")),
        path("", include("publicity.pages.urls")),
    ]


handler400 = "accounts.views.refused.bad_request"
urlpatterns = addresses(settings.TIEQUAN_SITE)
