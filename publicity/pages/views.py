"""The public addresses that are no pages: for crawlers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publicity.pages.addresses import public_address
from publicity.pages.listing import released_cases
from publicity.pages.tree import plain_pages

LONGEST_SITEMAP = 50_000


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the plain pages and every released case: two queries, and no withdrawn one."""
    pages = plain_pages().only("url_path", "slug", "last_published_at", "live")
    cases = released_cases().only("release_no", "last_published_at", "released_at", "live")
    addresses = [
        (page.get_url(request), page.last_published_at) for page in pages if page.get_url(request)
    ]
    addresses += [
        (case.address, case.last_published_at or case.released_at)
        for case in cases.order_by("-release_no")[: LONGEST_SITEMAP - len(addresses)]
    ]
    entries = [
        {"address": request.build_absolute_uri(path), "changed_at": changed}
        for path, changed in addresses
    ]
    return render(
        request, "publicity/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask crawlers to leave searches and the staff's door alone, and name the sitemap."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri(public_address('sitemap.xml'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
