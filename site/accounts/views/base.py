"""What the administrators' screens share: only the routes they need, writes through services."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm, CharField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.models import User


class AdministrationViewSet(ModelViewSet):
    """A model's list and forms without delete, copy, history and usage.

    Internal models are in no reference index, no site log and register no permissions: acts are
    given by postings.
    """

    add_to_reference_index = False
    copy_view_enabled = False
    list_per_page = 50
    routes: tuple[str, ...] = ("index", "index_results", "add", "edit")

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {
            f"{name}_url_name": None
            for name in ("history", "usage", "delete", "add", "edit")
            if name not in self.routes
        }
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [route for route in super().get_urlpatterns() if route.name in self.routes]

    def register_permissions(self) -> None:
        """Nothing: Wagtail's group form is closed."""

    def register_admin_url_finder(self) -> None:
        """Nothing: no page of Wagtail's may link to these records."""


class ServiceFormMixin:
    """What a service refuses appears in the form, beside its field, with what was typed kept."""

    request: HttpRequest
    produced_error_message: str | None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]  # the generic view's
        except ValidationError as error:
            add_errors(form, error)
        except PermissionDenied as error:
            if not str(error):
                raise
            form.add_error(None, str(error))
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]  # same
        return self.form_invalid(form)  # type: ignore[attr-defined]  # same

    @property
    def person(self) -> User:
        """Who acts."""
        assert isinstance(self.request.user, User)  # noqa: S101 -- behind require_admin_access
        return self.request.user


def typed(form: BaseForm) -> list[tuple[str, str]]:
    """Label and text of what somebody typed: to be copied where the form is shown no more."""
    if not form.is_bound:
        return []
    fields = [field for field in form.visible_fields() if isinstance(field.field, CharField)]
    return [(str(field.label), str(field.value())) for field in fields if field.value()]


def add_errors(form: BaseForm, error: ValidationError) -> None:
    """Put each error at its field, or at the top when the form does not show that field."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
    for field, errors in by_field.items():
        form.add_error(field if field in form.fields else None, errors)
