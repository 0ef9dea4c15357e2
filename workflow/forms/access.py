"""Naming handlers, opening and closing records: people and units are given by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import postings_of, users_with
from accounts.clock import today
from accounts.models import Unit, User
from accounts.organisation import find_unit
from workflow.forms.act import ActForm, DayField, line
from workflow.forms.step import PeopleField
from workflow.models import AccessGrant


class PersonField(forms.CharField):
    """A person by full name or account name; nobody is listed who was not named."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        active = User.objects.filter(is_active=True)
        found = list(active.filter(username=text)) or list(active.filter(name=text)[:6])
        if not found:
            raise forms.ValidationError(_("Nobody here has this name."), code="unknown")
        if len(found) > 1:
            names = "；".join(_described(person) for person in found)
            message = _("Several people have this name: write the account name. %(names)s")
            raise forms.ValidationError(message, code="several", params={"names": names})
        return found[0]


def _described(person: User) -> str:
    units = "、".join(str(posting.unit) for posting in postings_of(person))
    return f"{person.username}（{units}）"


class PeopleByNameField(forms.CharField):
    """Several people, their names with 、 or a comma between them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)

    def clean(self, value: Any) -> list[User]:
        text = super().clean(value)
        one = PersonField()
        names = [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、")]
        found, wrong = [], []
        for name in filter(None, names):
            try:
                found.append(one.clean(name))
            except forms.ValidationError as error:
                wrong += [f"{name}: {message}" for message in error.messages]
        if wrong:
            raise forms.ValidationError(wrong)
        return [person for person in found if person is not None]


class UnitByNameField(forms.CharField):
    """A unit by its name, short name or another name it goes by."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        unit = find_unit(text)
        if unit is None or not unit.is_valid_on():
            raise forms.ValidationError(_("No unit has this name."), code="unknown")
        return unit


class HandlersForm(ActForm):
    """Who handles the record: one leads, at least one more (行政处罚法 art. 42)."""

    leading = forms.ModelChoiceField(
        label=_("Leads"), queryset=User.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    others = PeopleField(label=_("Also handle it"))
    reason = line(_("Reason"), max_length=500, required=False)

    def prepare(self) -> None:
        people = users_with("investigate_case", self.subject.unit)
        leading: Any = self.fields["leading"]
        others: Any = self.fields["others"]
        leading.queryset = others.queryset = people
        leading.label_from_instance = others.label_from_instance
        now = list(self.subject.handlers.filter(ended_on=None))
        first = next((row.user_id for row in now if row.is_lead_handler), None)
        self.initial.setdefault("leading", first)
        self.initial.setdefault("others", [row.user_id for row in now if row.user_id != first])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, others = data.get("leading"), data.get("others")
        if first and others is not None and not [person for person in others if person != first]:
            self.add_error("others", _("One more person is needed beside the one who leads."))
        return data

    @property
    def people(self) -> list[User]:
        data = self.cleaned_data
        return [data["leading"], *(p for p in data["others"] if p != data["leading"])]


class ReasonOnlyForm(ActForm):
    """An act that asks for its reason and nothing else."""

    reason = line(_("Reason"))


class RestrictForm(ReasonOnlyForm):
    people = PeopleByNameField(
        label=_("Named to know"),
        required=False,
        help_text=_("Full names or account names with 、 between them; you and the handlers are "
                    "named anyway."),
    )  # fmt: skip


class ShareForm(ActForm):
    """Open the record to one person or one unit, until a day."""

    kind = forms.ChoiceField(label=_("What for"), choices=AccessGrant.Kind.choices)
    person = PersonField(
        label=_("Person"), required=False, help_text=_("Full name or account name.")
    )
    unit = UnitByNameField(
        label=_("Or a unit"), required=False, help_text=_("Name or short name of the unit.")
    )
    until_on = DayField(
        label=_("Until (last day)"), required=False, help_text=_("Empty: until it is ended.")
    )
    reason = line(_("Reason"))

    def clean_until_on(self) -> Any:
        last = self.cleaned_data["until_on"]
        if last and last < today():
            raise forms.ValidationError(_("The last day lies in the past."), code="past")
        return last

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = [name for name in ("person", "unit") if data.get(name)]
        if len(named) != 1 and not {"person", "unit"} & set(self.errors):
            self.add_error("person", gettext("Name one person or one unit."))
        return data
