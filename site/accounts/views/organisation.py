"""Units and outside authorities: lists and forms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from accounts.forms.administration import AuthorityForm, NewUnitForm, UnitForm
from accounts.models import Authority, Unit
from accounts.services.organisation import change_unit, create_unit, save_authority
from accounts.views.base import AdministrationViewSet, ServiceFormMixin


def indented(unit: Unit) -> str:
    """The name, moved in as deep as the unit stands in the tree."""
    return "　" * (unit.depth - 1) + unit.name


class UnitIndex(generic.IndexView):
    """The tree, top down."""

    @property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)(
            "name", label=_("Name"), accessor=indented, get_url=self.get_edit_url
        )
        return [title, *self.list_display]


class AddUnit(ServiceFormMixin, generic.CreateView):
    def save_instance(self) -> Unit:
        return create_unit(by=self.person, **self.form.cleaned_data)


class ChangeUnit(ServiceFormMixin, generic.EditView):
    def save_instance(self) -> Unit:
        return change_unit(self.object, by=self.person, **self.form.cleaned_data)


class UnitViewSet(AdministrationViewSet):
    """``/admin/units/``: the system administrator writes."""

    model = Unit
    name = "accounts_units"
    url_prefix = "units"
    icon = "site"
    menu_label = _("Units")
    menu_name = "units"
    index_view_class = UnitIndex
    add_view_class = AddUnit
    edit_view_class = ChangeUnit
    search_fields = ["name", "short_name", "code"]
    search_backend_name = None
    list_filter = ["kind"]
    ordering = "path"
    list_display = [
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("aliases", label=_("Other names"), accessor=lambda unit: "、".join(unit.aliases)),
        Column("towns", label=_("Towns"), accessor=lambda unit: "、".join(unit.towns)),
        DateColumn("valid_from", label=_("Valid from")),
        DateColumn("valid_until", label=_("Valid until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        return UnitForm if for_update else NewUnitForm


class AddAuthority(ServiceFormMixin, generic.CreateView):
    def save_instance(self) -> Authority:
        return save_authority(self.form.save(commit=False), by=self.person)


class ChangeAuthority(ServiceFormMixin, generic.EditView):
    def save_instance(self) -> Authority:
        return save_authority(self.form.save(commit=False), by=self.person)


class AuthorityViewSet(AdministrationViewSet):
    """``/admin/authorities/``: bodies that cases are reported or transferred to."""

    model = Authority
    name = "accounts_authorities"
    url_prefix = "authorities"
    icon = "globe"
    menu_label = _("Outside authorities")
    menu_name = "authorities"
    add_view_class = AddAuthority
    edit_view_class = ChangeAuthority
    search_fields = ["name", "code"]
    search_backend_name = None
    list_filter = ["kind", "level"]
    ordering = "order"
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("level", label=_("Level"), accessor="get_level_display"),
        DateColumn("valid_from", label=_("Valid from")),
        DateColumn("valid_until", label=_("Valid until")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[AuthorityForm]:
        return AuthorityForm
