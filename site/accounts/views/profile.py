"""Wagtail's own-account page with our forms in it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    ChangePasswordPanel,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile

from accounts.forms.profile import OwnAddressForm, OwnPasswordForm


class OwnAddressPanel(BaseSettingsPanel):
    name = "name_email"
    title = _("Name and address")
    order = 100
    form_class = OwnAddressForm


class OwnPasswordPanel(ChangePasswordPanel):
    form_class = OwnPasswordForm


class OwnAccountView(AccountView):
    """Without the portrait: it would lie among the public files."""

    panels = (
        OwnAddressPanel,
        NotificationsSettingsPanel,
        LocaleSettingsPanel,
        ThemeSettingsPanel,
        OwnPasswordPanel,
    )

    def get_panels(self) -> list[Any]:
        arguments = (self.request, self.request.user, UserProfile.get_for_user(self.request.user))
        panels = [panel(*arguments) for panel in self.panels]
        panels += [
            panel
            for hook in hooks.get_hooks("register_account_settings_panel")
            if (panel := hook(*arguments))
        ]
        return [panel for panel in panels if panel.is_active()]


own_account = never_cache(require_admin_access(OwnAccountView.as_view()))
