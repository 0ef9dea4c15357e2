"""The administrators' trail, read by the auditor."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic

from accounts.models import AccountEvent
from accounts.models.event import EventVerb
from accounts.selectors import unit_names
from accounts.views.base import AdministrationViewSet
from accounts.views.event_words import words


class EventFilter(WagtailFilterSet):
    """By act and by day."""

    verb = django_filters.ChoiceFilter(label=_("Act done"), choices=EventVerb.choices)
    at = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = AccountEvent
        fields: list[str] = []


class EventIndex(generic.IndexView):
    """Names are kept on the line, so that the list needs no other table."""

    def get_base_queryset(self) -> QuerySet[AccountEvent]:
        events: QuerySet[AccountEvent] = super().get_base_queryset()
        return events

    def get_table(self, object_list: Any) -> Any:
        """Each line of the page has its details in words; the units' names are read once."""
        names = unit_names()
        for event in object_list:
            event.details = words(event, names)
        return super().get_table(object_list)


class EventViewSet(AdministrationViewSet):
    """``/admin/account-events/``: who did what to accounts, postings and units; read only."""

    model = AccountEvent
    name = "accounts_events"
    url_prefix = "account-events"
    icon = "history"
    menu_label = _("Audit of accounts")
    menu_name = "account-events"
    routes = ("index", "index_results")
    form_fields: list[str] = []
    index_view_class = EventIndex
    filterset_class = EventFilter
    search_fields = ["actor_name", "subject_name", "reason"]
    search_backend_name = None
    ordering = "-id"
    list_display = [
        DateColumn("at", label=_("Moment"), sort_key="id"),
        Column("verb", label=_("Act done"), accessor="get_verb_display"),
        Column("actor_name", label=_("Done by")),
        Column("subject_name", label=_("Whom it concerns")),
        Column("reason", label=_("Reason")),
        Column("data", label=_("Details"), accessor="details"),
    ]
    list_export = ["at", "verb", "actor_name", "subject_name", "reason", "data"]
