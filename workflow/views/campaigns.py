"""Campaigns and their categories, for the campaign office; another year's from a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from accounts.access import may
from workflow.forms.campaign import CampaignForm
from workflow.models import Campaign
from workflow.selectors.campaigns import campaigns, categories_of, get_campaign
from workflow.services.campaign_upload import Loaded, upload_campaign
from workflow.views.routes import Argument
from workflow.views.tops import TopPage


class CampaignPage(TopPage):
    """For those who manage campaigns."""

    header_icon = "calendar-check"

    def may_open(self) -> bool:
        return may(self.user, "manage_campaigns")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        crumbs = {"url": reverse("workflow_campaigns"), "label": _("Campaigns")}
        return [*self.breadcrumbs_items, crumbs, {"url": "", "label": str(self.get_page_title())}]


class CampaignList(CampaignPage):
    template_name = "workflow/lists/campaigns.html"
    page_title = gettext_lazy("Campaigns")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("workflow_campaign_load")
        return [HeaderButton(_("Load a file"), url=url, icon_name="upload")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(campaigns=campaigns(), **kwargs)


class CampaignDetail(CampaignPage):
    template_name = "workflow/lists/campaign.html"
    arguments: ClassVar[dict[str, Argument]] = {"pk": Campaign}

    def get_page_title(self) -> str:
        return str(self.campaign)

    @cached_property
    def campaign(self) -> Campaign:
        return get_campaign(self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = categories_of(self.campaign)
        return super().get_context_data(campaign=self.campaign, categories=rows, **kwargs)


class CampaignLoad(CampaignPage):
    """First what the file would make, then the act."""

    template_name = "workflow/lists/campaign_load.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Load a campaign")
    loaded: Loaded | None = None
    errors: tuple[str, ...] = ()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = CampaignForm(request.POST, request.FILES)
        keep = request.POST.get("do") == "keep"
        if self.form.is_valid():
            try:
                text = self.form.cleaned_data["text"]
                self.loaded = upload_campaign(text, actor=self.user, keep=keep)
            except ValidationError as error:
                self.errors = tuple(error.messages)
        if self.loaded and keep:
            done = _("%(campaign)s is loaded with %(n)d categories.")
            n = len(self.loaded.categories)
            messages.success(request, done % {"campaign": self.loaded.campaign, "n": n})
            return redirect("workflow_campaign", self.loaded.campaign.pk)
        status = 200 if self.loaded else 422
        return self.render_to_response(self.get_context_data(form=self.form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", CampaignForm())
        form = kwargs["form"]
        text = form.cleaned_data.get("text", "") if form.is_bound else ""
        return super().get_context_data(loaded=self.loaded, errors=self.errors, text=text, **kwargs)
