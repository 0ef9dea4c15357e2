"""The base of every page of the site: it knows whether a page may be public at all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta


class BasePage(AbstractPage):
    """A page that, when it needs a release, is live only under a release number.

    The check constraint is the last line of the airlock: whatever route makes a page live
    (Wagtail's publishing, its scheduler, a copy, a plain update), the database refuses it
    until the release of the exposure has written the number.
    """

    release_no = models.PositiveBigIntegerField(
        _("release number"), null=True, blank=True, unique=True, editable=False
    )
    needs_release = models.BooleanField(_("needs a release"), default=False, editable=False)

    search_auto_update = False  # the search layer follows pages within their transaction
    private_page_options: list[str] = []  # what is public is public to everybody

    class Meta(AbstractPageMeta):
        constraints = [
            models.CheckConstraint(
                name="basepage_live_only_when_released",
                condition=Q(live=False) | Q(needs_release=False) | Q(release_no__isnull=False),
                violation_error_message=_(
                    "This page goes live only through the release of its exposure. "
                    "Open the exposure and take its next step there."
                ),
            ),
        ]
