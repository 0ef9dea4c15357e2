"""Accounts: list, new, change; password and closing on pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from accounts.forms.administration import AccountForm, NewAccountForm, PasswordForm
from accounts.models import Posting, User
from accounts.selectors import with_live_postings
from accounts.services import (
    change_account,
    create_account,
    deactivate_account,
    reactivate_account,
    set_password,
)
from accounts.views.acts import RecordAct
from accounts.views.base import AdministrationViewSet, ServiceFormMixin


def posts_of(person: User) -> str:
    """What the person is today, for a list that has prefetched it."""
    live: list[Posting] = getattr(person, "live_postings", [])
    return "；".join(f"{posting.unit} {posting.get_role()}" for posting in live)


class PeopleIndex(generic.IndexView):
    """Everybody with an account and what they are posted as today."""

    def get_base_queryset(self) -> QuerySet[User]:
        return with_live_postings(super().get_base_queryset())


class AddAccount(ServiceFormMixin, generic.CreateView):
    def save_instance(self) -> User:
        return create_account(by=self.person, **self.form.cleaned_data)


class ChangeAccount(ServiceFormMixin, generic.EditView):
    def save_instance(self) -> User:
        return change_account(self.object, by=self.person, **self.form.cleaned_data)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The other acts on the account."""
        closing = (
            Button(_("Close the account"), url=self._url("close"), icon_name="lock")
            if self.object.is_active
            else Button(_("Reopen the account"), url=self._url("reopen"), icon_name="lock-open")
        )
        return [Button(_("Set a password"), url=self._url("password"), icon_name="key"), closing]

    def _url(self, name: str) -> str:
        return reverse(f"accounts_people:{name}", args=[self.object.pk])


class AccountAct(RecordAct):
    model = User
    index_url_name = "accounts_people:index"
    header_icon = "user"


class CloseAccount(AccountAct):
    page_title = _("Close the account")
    done_message = _("The account of %(object)s is closed.")

    def act(self, record: User, data: Mapping[str, Any]) -> None:
        deactivate_account(record, by=self.person, reason=data["reason"])


class ReopenAccount(AccountAct):
    page_title = _("Reopen the account")
    done_message = _("The account of %(object)s is open again.")

    def act(self, record: User, data: Mapping[str, Any]) -> None:
        reactivate_account(record, by=self.person, reason=data["reason"])


class SetPassword(AccountAct):
    page_title = _("Set a password")
    done_message = _("%(object)s has a new password and must change it.")
    form_class = PasswordForm

    def act(self, record: User, data: Mapping[str, Any]) -> None:
        set_password(record, by=self.person, password=data["password"])


class PeopleViewSet(AdministrationViewSet):
    """``/admin/accounts/``: the system administrator writes; security and audit read the list."""

    model = User
    name = "accounts_people"
    url_prefix = "accounts"
    icon = "user"
    menu_label = _("Accounts")
    menu_name = "accounts"
    index_view_class = PeopleIndex
    add_view_class = AddAccount
    edit_view_class = ChangeAccount
    search_fields = ["username", "name", "qualification_no"]
    search_backend_name = None
    list_filter = ["is_active"]
    ordering = "username"
    list_display = [
        "username",
        Column("name", label=_("Full name"), sort_key="name"),
        BooleanColumn("is_active", label=_("Account open")),
        Column("posts", label=_("Posted as"), accessor=posts_of),
        DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[AccountForm]:
        return AccountForm if for_update else NewAccountForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("password/<int:pk>/", self.construct_view(SetPassword), name="password"),
            path("close/<int:pk>/", self.construct_view(CloseAccount), name="close"),
            path("reopen/<int:pk>/", self.construct_view(ReopenAccount), name="reopen"),
        ]
