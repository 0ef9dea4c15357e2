"""The rules of casework, for those who manage settings: every change is in the journal."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import register_permission_policy

from accounts import acts
from accounts.policies import ActPolicy
from accounts.views.base import AdministrationViewSet, ServiceFormMixin
from workflow.engine.bind import catalogue
from workflow.forms.clock_rules import ClockRuleForm, WorkYearForm
from workflow.forms.settings import (
    NumberPatternForm,
    StepDocumentForm,
    ThresholdForm,
    WorkDayForm,
)
from workflow.models import (
    ClockRule,
    NumberPattern,
    RequiredDocument,
    Threshold,
    WorkDay,
    WorkYear,
)
from workflow.services.settings import save_days, save_setting
from workflow.templatetags.casework import yuan
from workflow.views import routes

_ACT = (acts.MANAGE_SETTINGS,)
#: What limits are counted by: a change moves those that are open.
MOVING = (WorkDay, WorkYear, ClockRule)


def length(row: ClockRule) -> str:
    """How long the version is, in its unit."""
    return f"{row.amount} {row.get_unit_display()}" if row.amount else "—"


class SaveSetting(ServiceFormMixin):
    """Both forms save through the service."""

    form: Any

    def save_instance(self) -> Any:
        row = self.form.save(commit=False)
        saved = save_setting(row, by=self.person, changed=self._own_fields())
        if isinstance(saved, WorkYear):
            save_days(self.form.cleaned_data["days"], by=self.person, source=saved.source)
        return saved

    def _own_fields(self) -> list[str]:
        """The changed fields that are the row's own: a form may ask for more than it keeps."""
        return [name for name in self.form.changed_data if name in self.form._meta.fields]

    def get_success_url(self) -> str:
        """Where calendar or rules changed: to the limits that would move."""
        if self.model in MOVING:  # type: ignore[attr-defined]  # the view's
            return reverse("workflow_recompute")
        return str(super().get_success_url())  # type: ignore[misc]  # the generic view's


class AddSetting(SaveSetting, generic.CreateView):
    pass


class ChangeSetting(SaveSetting, generic.EditView):
    pass


class SettingIndex(generic.IndexView):
    """A list; that of the calendar and of the rules leads to the limits they would move."""

    @property
    def header_buttons(self) -> list[Any]:
        buttons: list[Any] = super().header_buttons
        if self.model in MOVING:
            label, url = gettext("Limits that would move"), reverse("workflow_recompute")
            buttons.append(HeaderButton(label, url=url, icon_name="calendar"))
        return buttons


class SettingViewSet(AdministrationViewSet):
    """List, add, change; a rule is ended by its dates, not deleted."""

    index_view_class = SettingIndex
    add_view_class = AddSetting
    edit_view_class = ChangeSetting
    search_backend_name = None
    form: ClassVar[type[Any]]

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return self.form

    def get_urlpatterns(self) -> list[URLPattern]:
        patterns = super().get_urlpatterns()
        for pattern in patterns:
            arguments = {"pk": self.model} if pattern.name == "edit" else {}
            routes.register(self.get_url_name(pattern.name), arguments)
        return patterns


class ThresholdViewSet(SettingViewSet):
    model = Threshold
    name = "workflow_thresholds"
    url_prefix = "thresholds"
    icon = "order"
    menu_label = _("Thresholds")
    menu_name = "thresholds"
    form = ThresholdForm
    search_fields = ["code", "name", "source"]
    list_display = [
        "name",
        Column("amount", label=_("Amount"), accessor=lambda row: yuan(row.amount_fen)),
        DateColumn("effective_from", label=_("From"), sort_key="effective_from"),
        DateColumn("effective_until", label=_("Until")),
        Column("source", label=_("Source")),
        BooleanColumn("is_verified", label=_("Verified")),
    ]


class NumberPatternViewSet(SettingViewSet):
    model = NumberPattern
    name = "workflow_numbers"
    url_prefix = "number-patterns"
    icon = "list-ol"
    menu_label = _("Document numbers")
    menu_name = "number-patterns"
    form = NumberPatternForm
    search_fields = ["kind", "name"]
    list_display = ["name", "pattern", BooleanColumn("per_unit", label=_("Per unit"))]


class WorkDayViewSet(SettingViewSet):
    model = WorkDay
    name = "workflow_workdays"
    url_prefix = "work-days"
    icon = "calendar"
    menu_label = _("Work calendar")
    menu_name = "work-days"
    form = WorkDayForm
    search_fields = ["name", "source"]
    ordering = "-day"
    list_display = [
        DateColumn("day", label=_("Day"), sort_key="day"),
        BooleanColumn("is_working", label=_("Working day")),
        Column("name", label=_("Holiday or reason")),
        Column("source", label=_("Holiday notice")),
    ]


class StepDocumentViewSet(SettingViewSet):
    model = RequiredDocument
    name = "workflow_step_documents"
    url_prefix = "step-documents"
    icon = "doc-full"
    menu_label = _("Documents of steps")
    menu_name = "step-documents"
    form = StepDocumentForm
    search_fields = ["transition", "form__name", "law"]
    list_display = [
        Column("form", label=_("Document")),
        Column("step", label=_("Step"), accessor=lambda row: _step_name(row)),
        Column("mode", label=_("When"), accessor="get_mode_display"),
        Column("per", label=_("How many"), accessor="get_per_display"),
        Column("law", label=_("Legal basis")),
        BooleanColumn("is_active", label=_("In use")),
    ]


def _step_name(row: RequiredDocument) -> Any:
    bound = catalogue().get(row.transition)
    return bound.transition.label if bound else row.transition


class WorkYearViewSet(SettingViewSet):
    model = WorkYear
    name = "workflow_workyears"
    url_prefix = "work-years"
    icon = "calendar"
    menu_label = _("Years of the calendar")
    menu_name = "work-years"
    form = WorkYearForm
    search_fields = ["source"]
    ordering = "-year"
    list_display = ["year", Column("source", label=_("Holiday notice"))]


class ClockRuleViewSet(SettingViewSet):
    """Every version of every clock; a new version is added, one in use is never rewritten."""

    model = ClockRule
    name = "workflow_clockrules"
    url_prefix = "clock-rules"
    icon = "time"
    menu_label = _("Clock rules")
    menu_name = "clock-rules"
    form = ClockRuleForm
    search_fields = ["code", "name", "source"]
    list_display = [
        Column("__str__", label=_("Rule"), accessor=lambda row: f"{row.code} {row.name}"),
        DateColumn("effective_from", label=_("From"), sort_key="effective_from"),
        DateColumn("effective_until", label=_("Until")),
        Column("amount", label=_("Length"), accessor=length),
        Column("source", label=_("Legal source")),
        Column(
            "confidence", label=_("How sure"), accessor=lambda row: row.get_confidence_display()
        ),
        BooleanColumn("active", label=_("In use")),
    ]


SETTINGS = (
    ThresholdViewSet,
    NumberPatternViewSet,
    WorkDayViewSet,
    WorkYearViewSet,
    ClockRuleViewSet,
    StepDocumentViewSet,
)


def register_setting_policies() -> None:
    """Before any view looks for a policy: Wagtail refuses a second one."""
    for viewset in SETTINGS:
        actions = {"add": _ACT, "change": _ACT, "view": _ACT}
        register_permission_policy(viewset.model, ActPolicy(viewset.model, actions))
