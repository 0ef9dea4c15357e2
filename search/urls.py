"""Addresses under /search/."""

from __future__ import annotations

from django.urls import URLPattern, path

from search.public import search

app_name = "search"
urlpatterns: list[URLPattern] = [path("", search, name="public")]
