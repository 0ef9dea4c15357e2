"""What the list of time limits may be narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.access import unit_ids
from accounts.models import Unit, User
from workflow.forms.lists import ALL
from workflow.models import Deadline
from workflow.selectors.due import rule_names

NEAR, WEEK = "near", "week"
STATES = (
    ("", _("Running or paused")),
    ("overdue", _("Overdue")),
    (NEAR, _("Overdue or due soon")),
    (WEEK, _("Due from today to Sunday")),
    (Deadline.State.PAUSED, Deadline.State.PAUSED.label),
    (Deadline.State.MET, Deadline.State.MET.label),
    (Deadline.State.LATE_MET, Deadline.State.LATE_MET.label),
    (Deadline.State.CANCELLED, Deadline.State.CANCELLED.label),
)


class DueForm(forms.Form):
    """Unit, kind and state of the limits wanted; ``everybody`` adds those of the party."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    code = forms.ChoiceField(label=_("Which time limit"), required=False)
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=ALL
    )
    person = forms.ModelChoiceField(
        label=_("Handler"), queryset=User.objects.none(), required=False, empty_label=ALL
    )
    everybody = forms.BooleanField(
        label=_("Also those the party or others must keep"), required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes: Any = self.fields["code"]
        codes.choices = [("", ALL), *rule_names()]
        seen = unit_ids(user, "view_case")
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(pk__in=seen)
        people: Any = self.fields["person"]
        held = User.objects.filter(postings__unit_id__in=seen, postings__role="handler")
        people.queryset = held.distinct().order_by("name")

    @property
    def is_narrowed(self) -> bool:
        return self.is_bound and bool(self.changed_data)
