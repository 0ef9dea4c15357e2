"""Forms of the administrators' screens; the rules themselves are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts import clock
from accounts.models import Authority, Posting, Unit, User
from accounts.roles import role_choices
from accounts.services.accounts import FIELDS
from accounts.text import no_control_characters


class PlainForm(forms.BaseForm):
    """Mixed into a form: no line of text holds a control character."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(no_control_characters)

    def is_multipart(self) -> bool:
        """Always: so Wagtail's templates tell the browser to send text as it is."""
        return True


class AccountForm(PlainForm, forms.ModelForm):
    """The person behind an account."""

    class Meta:
        model = User
        fields = FIELDS
        widgets = {"qualified_until": AdminDateInput}


class NewAccountForm(AccountForm):
    """An account with its first password, which its owner must change."""

    password = forms.CharField(
        label=_("First password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    class Meta(AccountForm.Meta):
        fields = FIELDS


class PasswordForm(forms.Form):
    """A new password for somebody else."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )


class ReasonForm(PlainForm, forms.Form):
    """Why something is ended, closed or opened again."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class UnitChoiceField(forms.ModelChoiceField):
    """Units shown as the tree they are."""

    def label_from_instance(self, obj: Any) -> str:
        return "　" * (obj.depth - 1) + obj.name


def _offer(form: forms.BaseForm, field: str, rows: QuerySet[Any]) -> None:
    """Set what a choice field offers when the form is made: not when the module is loaded."""
    choice = form.fields[field]
    assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 -- the forms below say so
    choice.queryset = rows


class PostingForm(PlainForm, forms.ModelForm):
    """A new posting."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    unit = UnitChoiceField(label=_("Unit"), queryset=Unit.objects.none())

    class Meta:
        model = Posting
        fields = ("user", "role", "unit", "from_on", "until_on", "reason")
        widgets = {"from_on": AdminDateInput, "until_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "user", User.objects.filter(is_active=True).order_by("name"))
        _offer(self, "unit", Unit.objects.valid())
        self.fields["from_on"].initial = clock.today

    def _post_clean(self) -> None:
        """The service judges the posting as a whole; a half-filled one is not asked."""


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        no_control_characters(text)
        lines = (line.strip() for line in text.splitlines())
        return [line for line in dict.fromkeys(lines) if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class UnitForm(PlainForm, forms.ModelForm):
    """A unit of the bureau; its place in the tree is chosen once."""

    aliases = LinesField(label=_("Other names"), required=False, help_text=_("One a line."))
    towns = LinesField(label=_("Towns"), required=False, help_text=_("One a line."))

    class Meta:
        model = Unit
        fields: tuple[str, ...] = (
            "name",
            "short_name",
            "kind",
            "aliases",
            "towns",
            "order",
            "valid_from",
            "valid_until",
        )
        widgets = {"valid_from": AdminDateInput, "valid_until": AdminDateInput}


class NewUnitForm(UnitForm):
    """A unit below another one."""

    parent = UnitChoiceField(label=_("Belongs to"), queryset=Unit.objects.none())

    class Meta(UnitForm.Meta):
        fields: tuple[str, ...] = ("code", *UnitForm.Meta.fields)

    field_order = ("parent", "code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", Unit.objects.valid())


class AuthorityForm(PlainForm, forms.ModelForm):
    """A body outside the bureau."""

    class Meta:
        model = Authority
        fields = ("code", "name", "kind", "level", "order", "valid_from", "valid_until")
        widgets = {"valid_from": AdminDateInput, "valid_until": AdminDateInput}
