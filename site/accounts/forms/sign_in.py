"""The sign-in form: throttled, and clear about an account that nobody has posted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm

from accounts import access, clock, published, throttle
from accounts.models import User
from accounts.models.event import EventVerb
from accounts.services.events import record


class SignInForm(LoginForm):
    """Wagtail's form with the throttle; set as ``WAGTAILADMIN_USER_LOGIN_FORM``."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username", "")
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        address = throttle.client_address(self.request)
        if (until := throttle.take(username, address)) is not None:
            raise self._locked(until)
        try:
            self._refuse_the_published()
            cleaned = super().clean()
        except ValidationError as error:
            raise self._failed(username, address, error) from error
        throttle.clear(username, address)
        user = self.get_user()
        record(EventVerb.SIGN_IN, by=user, subject=user, data={"address": address})
        return cleaned

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        super().confirm_login_allowed(user)
        if isinstance(user, User) and not access.postings_of(user):
            raise ValidationError(
                _("Nobody has given this account a post yet. Ask the security administrator."),
                code="no_posting",
            )

    def _refuse_the_published(self) -> None:
        """Whoever it is: nothing is said about the account."""
        if published.is_closed(self.cleaned_data["password"]):
            raise ValidationError(
                _(
                    "This is the published password of the demonstration, which opens nothing "
                    "here. Ask the system administrator for a password of your own."
                ),
                code="published_password",
            )

    def _failed(self, username: str, address: str, error: ValidationError) -> ValidationError:
        """Note the failure; returns what to show."""
        left = throttle.remaining(username, address)
        verb = EventVerb.SIGN_IN_FAILED if left else EventVerb.SIGN_IN_LOCKED
        subject = User.objects.filter(username=username).first()
        if subject is not None:  # what a stranger typed is not kept: it may be a password
            data = {"address": address, "why": getattr(error, "code", "")}
            record(verb, by=None, subject=subject, data=data, stranger=True)
        return error if left else self._locked(clock.now() + throttle.PAUSE)

    def _locked(self, until: datetime) -> ValidationError:
        return ValidationError(
            _("Too many failed attempts. Sign-in is closed until %(time)s."),
            code="locked",
            params={"time": timezone.localtime(until).strftime("%H:%M")},
        )
