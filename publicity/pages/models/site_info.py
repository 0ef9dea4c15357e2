"""What the header and the footer say about the bureau; a blank is left out, never invented."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="site")
class SiteInfo(BaseGenericSetting):
    """The one row of facts about the site and the bureau behind it."""

    site_name = models.CharField(_("site name"), max_length=60, blank=True)
    bureau_name = models.CharField(_("bureau name"), max_length=60, blank=True)
    organiser = models.CharField(_("organiser"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=150, blank=True)
    phone = models.CharField(_("office phone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    complaint_phone = models.CharField(
        _("phone for complaints and reports"), max_length=30, blank=True, default="12315"
    )
    complaint_url = models.URLField(_("address for complaints and reports"), blank=True)
    site_code = models.CharField(_("government website code"), max_length=30, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    police_url = models.URLField(_("address of the public security filing"), blank=True)
    mistake_url = models.URLField(_("address for reporting mistakes of the site"), blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("site_name"), FieldPanel("bureau_name"), FieldPanel("organiser")],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("complaint_phone"),
                FieldPanel("complaint_url"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("site_code"),
                FieldPanel("icp_number"),
                FieldPanel("police_number"),
                FieldPanel("police_url"),
                FieldPanel("mistake_url"),
            ],
            heading=_("Filings"),
        ),
    ]

    class Meta:
        verbose_name = _("site information")
        verbose_name_plural = _("site information")
