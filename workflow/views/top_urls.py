"""Addresses of casework that belong to no record."""

from __future__ import annotations

from django.urls import path

from workflow.views import routes
from workflow.views.approvals_list import ApprovalList
from workflow.views.campaigns import CampaignDetail, CampaignList, CampaignLoad
from workflow.views.deadlines import DeadlineList
from workflow.views.notices import NoticeList
from workflow.views.route_leads import RouteLeads
from workflow.views.transfers_list import TransferList

patterns = [
    path("deadlines/", DeadlineList.as_view(), name="workflow_deadlines"),
    path("approvals/", ApprovalList.as_view(), name="workflow_approvals"),
    path("notices/", NoticeList.as_view(), name="workflow_notices"),
    path("transfers/", TransferList.as_view(), name="workflow_transfers"),
    path("leads/route/", RouteLeads.as_view(), name="workflow_route_leads"),
    path("campaigns/", CampaignList.as_view(), name="workflow_campaigns"),
    path("campaigns/load/", CampaignLoad.as_view(), name="workflow_campaign_load"),
    path("campaigns/<int:pk>/", CampaignDetail.as_view(), name="workflow_campaign"),
]

for pattern in patterns:
    view = getattr(pattern.callback, "view_class", None)
    routes.register(str(pattern.name), getattr(view, "arguments", {}))
