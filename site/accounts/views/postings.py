"""Postings: list, begin, end. A posting is never edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from accounts import clock
from accounts.forms.administration import PostingForm
from accounts.models import Posting
from accounts.models.posting import PostingQuerySet
from accounts.roles import role_choices
from accounts.selectors import all_units
from accounts.services import appoint, end_posting
from accounts.views.acts import RecordAct
from accounts.views.base import AdministrationViewSet, ServiceFormMixin


class PostingFilter(WagtailFilterSet):
    """By role, by unit, and those that stand today."""

    role = django_filters.ChoiceFilter(label=_("Role"), choices=role_choices)
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=lambda request: all_units())
    live = django_filters.BooleanFilter(label=_("Stands today"), method="filter_live")

    class Meta:
        model = Posting
        fields: list[str] = []

    def filter_live(self, queryset: PostingQuerySet, name: str, value: bool) -> QuerySet[Posting]:
        return queryset.live() if value else queryset.exclude(pk__in=queryset.live().values("pk"))


class PostingIndex(generic.IndexView):
    """All postings, the ended ones too: they say who could do what on an earlier day."""

    def get_base_queryset(self) -> QuerySet[Posting]:
        postings: QuerySet[Posting] = super().get_base_queryset()
        return postings.select_related("user", "unit", "appointed_by")

    def get_list_more_buttons(self, instance: Posting) -> list[Button]:
        if instance.is_over or not self.user_has_permission("change"):
            return []
        url = reverse("accounts_postings:end", args=[instance.pk])
        return [Button(_("End the posting"), url=url, icon_name="cross")]


class AddPosting(ServiceFormMixin, generic.CreateView):
    def save_instance(self) -> Posting:
        return appoint(by=self.person, **self.form.cleaned_data)

    def get_success_buttons(self) -> list[Button]:
        return []


class EndPosting(RecordAct):
    model = Posting
    index_url_name = "accounts_postings:index"
    header_icon = "group"
    page_title = _("End the posting")
    done_message = _("Ended: %(object)s.")

    def act(self, record: Posting, data: Mapping[str, Any]) -> None:
        end_posting(record, by=self.person, reason=data["reason"])


def state_of(posting: Posting) -> bool:
    """Whether it stands now: the unit's own dates are asked by the resolver."""
    return posting.is_live and posting.unit.is_valid_on(clock.today())


class PostingViewSet(AdministrationViewSet):
    """``/admin/postings/``: the security administrator writes, the auditor reads."""

    model = Posting
    name = "accounts_postings"
    url_prefix = "postings"
    icon = "group"
    menu_label = _("Postings")
    menu_name = "postings"
    routes = ("index", "index_results", "add")
    index_view_class = PostingIndex
    add_view_class = AddPosting
    filterset_class = PostingFilter
    search_fields = ["user__name", "user__username", "unit__name", "reason"]
    search_backend_name = None
    ordering = ("-from_on", "-pk")
    list_display = [
        "user",
        Column("role", label=_("Role"), accessor="get_role", sort_key="role"),
        Column("unit", label=_("Unit"), sort_key="unit__path"),
        DateColumn("from_on", label=_("From"), sort_key="from_on"),
        DateColumn("until_on", label=_("Until"), sort_key="until_on"),
        BooleanColumn("live", label=_("Stands today"), accessor=state_of),
        DateColumn("ended_at", label=_("Ended")),
        Column("reason", label=_("Reason")),
    ]
    list_export = ["user", "role", "unit", "from_on", "until_on", "ended_at", "reason"]

    def get_form_class(self, for_update: bool = False) -> type[PostingForm]:
        return PostingForm

    def get_urlpatterns(self) -> list[URLPattern]:
        end = path("end/<int:pk>/", self.construct_view(EndPosting), name="end")
        return [*super().get_urlpatterns(), end]
