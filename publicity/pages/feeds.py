"""The Atom feed of the newest cases, for exactly the filters of its address."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from publicity.pages.addresses import public_address
from publicity.pages.listing import CaseListing
from publicity.pages.models import ExposurePage, SiteInfo

NEWEST = 50


class CaseFeed(Feed):
    """Newest publications first; a withdrawn case leaves with the next reading."""

    feed_type = Atom1Feed
    item_guid_is_permalink = True

    def get_object(self, request: HttpRequest) -> CaseListing:
        return CaseListing(request.GET)

    def title(self, listing: CaseListing) -> str:
        name = SiteInfo.load(request_or_site=None).site_name or _("Exposed cases")
        return " · ".join([name, *(chip.label for chip in listing.chips)])

    def link(self, listing: CaseListing) -> str:
        return public_address("cases/") + (listing.query() if listing.chosen else "")

    def items(self, listing: CaseListing) -> list[ExposurePage]:
        return list(listing.cases.rows().order_by("-released_at", "-pk")[:NEWEST])

    def item_title(self, item: ExposurePage) -> str:
        return item.title

    def item_description(self, item: ExposurePage) -> str:
        return "。".join(text for text in (item.violation, item.penalty_text) if text)

    def item_link(self, item: ExposurePage) -> str:
        return item.address

    def item_pubdate(self, item: ExposurePage) -> datetime | None:
        return item.released_at

    def item_updateddate(self, item: ExposurePage) -> datetime | None:
        return item.last_published_at or item.released_at

    def item_categories(self, item: ExposurePage) -> list[str]:
        return [item.category_name] if item.category_name else []
