"""Addresses of casework that belong to no record."""

from __future__ import annotations

from django.urls import path

from workflow.views import routes
from workflow.views.approvals_list import ApprovalList
from workflow.views.campaigns import CampaignDetail, CampaignList, CampaignLoad
from workflow.views.deadlines import DeadlineList
from workflow.views.handover import HandoverPage
from workflow.views.law_forms import (
    ArticleAdd,
    ArticleEdit,
    LawAdd,
    LawEdit,
    RangeAdd,
    RangeEdit,
    RangeRemove,
    VersionAdd,
    VersionEdit,
)
from workflow.views.laws import ArticleDetail, LawDetail, LawList, LawLoad, VersionDetail
from workflow.views.notices import NoticeList
from workflow.views.numbers import NumberRegister
from workflow.views.on_the_spot import PunishOnTheSpot
from workflow.views.party_edit import EditParty
from workflow.views.recompute import RecomputePage
from workflow.views.registry import (
    AddAlias,
    DuplicateList,
    MergePage,
    PartyList,
    PartyPage,
    RevealParty,
    UndoMergePage,
)
from workflow.views.route_leads import RouteLeads
from workflow.views.templates import FormPage, TemplateList, VersionFile, VersionPage
from workflow.views.transfers_list import TransferList

patterns = [
    path("deadlines/", DeadlineList.as_view(), name="workflow_deadlines"),
    path("limits/recompute/", RecomputePage.as_view(), name="workflow_recompute"),
    path("approvals/", ApprovalList.as_view(), name="workflow_approvals"),
    path("notices/", NoticeList.as_view(), name="workflow_notices"),
    path("transfers/", TransferList.as_view(), name="workflow_transfers"),
    path("leads/route/", RouteLeads.as_view(), name="workflow_route_leads"),
    path("handover/", HandoverPage.as_view(), name="workflow_handover"),
    path("parties/", PartyList.as_view(), name="workflow_parties"),
    path("parties/duplicates/", DuplicateList.as_view(), name="workflow_duplicates"),
    path("parties/<int:pk>/", PartyPage.as_view(), name="workflow_party"),
    path("parties/<int:pk>/edit/", EditParty.as_view(), name="workflow_edit_party"),
    path("parties/<int:pk>/reveal/", RevealParty.as_view(), name="workflow_reveal_party"),
    path("parties/<int:pk>/names/add/", AddAlias.as_view(), name="workflow_add_alias"),
    path("parties/<int:pk>/merge/<int:other>/", MergePage.as_view(), name="workflow_merge_parties"),
    path(
        "parties/<int:pk>/merges/<int:merge>/undo/",
        UndoMergePage.as_view(),
        name="workflow_undo_merge",
    ),
    path("campaigns/", CampaignList.as_view(), name="workflow_campaigns"),
    path("campaigns/load/", CampaignLoad.as_view(), name="workflow_campaign_load"),
    path("document-forms/", TemplateList.as_view(), name="workflow_templates"),
    path("document-forms/<int:pk>/", FormPage.as_view(), name="workflow_template_form"),
    path("document-templates/<int:pk>/", VersionPage.as_view(), name="workflow_template"),
    path("document-templates/<int:pk>/file/", VersionFile.as_view(), name="workflow_template_file"),
    path("numbers/", NumberRegister.as_view(), name="workflow_number_register"),
    path("campaigns/<int:pk>/", CampaignDetail.as_view(), name="workflow_campaign"),
    path("cases/on-the-spot/", PunishOnTheSpot.as_view(), name="workflow_on_the_spot"),
    path("laws/", LawList.as_view(), name="workflow_laws"),
    path("laws/add/", LawAdd.as_view(), name="workflow_law_add"),
    path("laws/load/", LawLoad.as_view(), name="workflow_law_load"),
    path("laws/<int:pk>/", LawDetail.as_view(), name="workflow_law"),
    path("laws/<int:pk>/edit/", LawEdit.as_view(), name="workflow_law_edit"),
    path("laws/<int:pk>/versions/add/", VersionAdd.as_view(), name="workflow_law_version_add"),
    path("laws/versions/<int:pk>/", VersionDetail.as_view(), name="workflow_law_version"),
    path("laws/versions/<int:pk>/edit/", VersionEdit.as_view(), name="workflow_law_version_edit"),
    path("laws/versions/<int:pk>/articles/add/", ArticleAdd.as_view(), name="workflow_article_add"),
    path("laws/articles/<int:pk>/", ArticleDetail.as_view(), name="workflow_article"),
    path("laws/articles/<int:pk>/edit/", ArticleEdit.as_view(), name="workflow_article_edit"),
    path("laws/articles/<int:pk>/ranges/add/", RangeAdd.as_view(), name="workflow_range_add"),
    path("laws/ranges/<int:pk>/edit/", RangeEdit.as_view(), name="workflow_range_edit"),
    path("laws/ranges/<int:pk>/remove/", RangeRemove.as_view(), name="workflow_range_remove"),
]

for pattern in patterns:
    view = getattr(pattern.callback, "view_class", None)
    routes.register(str(pattern.name), getattr(view, "arguments", {}))
