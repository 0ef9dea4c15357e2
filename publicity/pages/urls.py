"""Addresses of the public site; the page tree comes last."""

from __future__ import annotations

from django.urls import path, re_path
from wagtail.urls import serve_pattern
from wagtail.views import serve

from publicity.pages import views
from publicity.pages.feeds import CaseFeed

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="public_sitemap"),
    path("robots.txt", views.robots, name="public_robots"),
    path("cases/feed/", CaseFeed(), name="public_case_feed"),
    # Only the pages: Wagtail's own sign-in for private pages has no address here.
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
