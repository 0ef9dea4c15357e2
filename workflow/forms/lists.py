"""What a list may be narrowed by: every choice offers only what the person may see."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import unit_ids
from accounts.models import Unit, User
from accounts.text import no_control_characters
from workflow.forms.act import DayField
from workflow.models import Case, Category, Lead
from workflow.states import Stage, case_states, lead_states

OVERDUE, SOON, RUNNING = "overdue", "soon", "running"
DUE = (
    (OVERDUE, _("Overdue")),
    (SOON, _("Due soon")),
    (RUNNING, _("A limit is running")),
)
ALL = _("All")


class CategoryField(forms.ModelChoiceField):
    """A focus category, named with its year: names come again every year."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Category.objects.none())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.campaign.year} · {obj}"


def all_categories() -> Any:
    """Every category, the newest campaign first."""
    rows = Category.objects.select_related("campaign")
    return rows.order_by("-campaign__year", "campaign__code", "number")


class ListForm(forms.Form):
    """Search box and filters of a list; its values live in the address."""

    model: type[Any]

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=200,
        validators=[no_control_characters],
        widget=forms.TextInput(attrs={"type": "search", "data-search": ""}),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=ALL
    )
    category = CategoryField(label=_("Focus category"), required=False, empty_label=ALL)
    due = forms.ChoiceField(label=_("Time limit"), choices=[("", ALL), *DUE], required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = unit_ids(user, self.model.objects.all().view_act)
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(pk__in=mine)
        categories: Any = self.fields["category"]
        categories.queryset = all_categories()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return data

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for."""
        return self.is_bound and bool(self.changed_data)


class LeadListForm(ListForm):
    model = Lead
    state = forms.ChoiceField(label=_("State"), required=False)
    field_order = ("q", "state", "unit", "category", "due", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [("", ALL), *lead_states()]
        self.fields["since"].label = _("Received from")


class CaseListForm(ListForm):
    model = Case
    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[("", ALL), *(c for c in Stage.choices if c[0] not in ("lead", "publicity"))],
        required=False,
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    field_order = ("q", "stage", "state", "unit", "category", "due", "since", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [("", ALL), *case_states()]
        self.fields["since"].label = _("Filed from")
