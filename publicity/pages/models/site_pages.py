"""The pages around the cases: home, the list, and plain pages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from publicity.basepage.models import BasePage
from publicity.pages.front import front_page
from publicity.pages.listing import CaseListing
from publicity.pages.models.exposure import ExposurePage

READ_ONLY_METHODS = ["GET", "HEAD", "OPTIONS"]
MAX_DIGITS = 18  # a release number fits into a signed 64-bit integer


class HomePage(BasePage):
    """What has the bureau caught lately, and how do I find a thing?"""

    introduction = models.CharField(_("who we are, in one sentence"), max_length=200, blank=True)
    example_searches = models.CharField(
        _("example searches"),
        max_length=100,
        blank=True,
        help_text=_("Up to three, separated by spaces."),
    )
    campaign_title = models.CharField(_("current campaign"), max_length=100, blank=True)
    campaign_text = RichTextField(
        _("about the campaign"), blank=True, features=["bold", "ol", "ul", "link"]
    )

    parent_page_types = ["basepage.BasePage"]
    subpage_types = ["pages.CaseIndexPage", "pages.StandardPage"]
    max_count = 1
    template = "publicity/home_page.html"
    allowed_http_methods = READ_ONLY_METHODS
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("example_searches"),
        FieldPanel("campaign_title"),
        FieldPanel("campaign_text"),
    ]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **front_page(), "examples": self.examples}

    @property
    def examples(self) -> list[str]:
        """At most three searches to begin with."""
        return self.example_searches.split()[:3]


class CaseIndexPage(BasePage):
    """Show me the ones like this."""

    introduction = models.CharField(_("introduction"), max_length=200, blank=True)

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ExposurePage"]
    max_count = 1
    template = "publicity/case_index_page.html"
    allowed_http_methods = READ_ONLY_METHODS
    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []

    class Meta:
        verbose_name = _("list of cases")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Answer for the list itself and for ``<release number>/`` below it, nothing else."""
        if not path_components:
            return super().route(request, path_components)
        number, *deeper = path_components
        if deeper or not self.live or not _is_release_number(number):
            raise Http404
        page = ExposurePage.objects.addressable().filter(release_no=int(number)).first()
        if page is None:
            raise Http404
        return RouteResult(page)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "listing": CaseListing(request.GET)}


class StandardPage(BasePage):
    """A plain page: about us, how to complain, accessibility."""

    body = RichTextField(_("text"), features=["h2", "h3", "bold", "ol", "ul", "link"], blank=True)

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "publicity/standard_page.html"
    allowed_http_methods = READ_ONLY_METHODS
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


def _is_release_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS and text == str(int(text))
