"""What people may change about their own account: the address and the password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordChangeForm

from accounts.models import User
from accounts.models.event import EventVerb
from accounts.services.events import record


class OwnAddressForm(forms.ModelForm):
    """The name is the one in documents: only the system administrator changes it."""

    name = forms.CharField(label=_("Full name"), disabled=True, required=False)

    class Meta:
        model = User
        fields = ("name", "email")


class OwnPasswordForm(PasswordChangeForm):
    """A password nobody else has chosen; the trail says when."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        new = cleaned.get("new_password1")
        if new and self.user.check_password(new):
            self.add_error("new_password1", _("This is the password you already have."))
        return cleaned

    def save(self, commit: bool = True) -> User:
        with transaction.atomic():
            self.user.must_change_password = False
            user: User = super().save(commit=commit)
            if commit:
                record(EventVerb.PASSWORD_SET, by=user, subject=user)
        return user
