"""A page for one act on one record: a form with what the act needs, and a button."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseForm, Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.forms.administration import ReasonForm
from accounts.views.base import ServiceFormMixin


class _ActingForm(FormView):
    """Does the act with what was typed, then goes back to the list."""

    index_url_name = ""
    done_message: str | Promise = _("Done: %(object)s.")
    record: Any

    def act(self, record: Any, data: Mapping[str, Any]) -> None:
        """Call the service."""
        raise NotImplementedError

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.act(self.record, form.cleaned_data)
        messages.success(self.request, str(self.done_message) % {"object": self.record})
        return redirect(self.index_url_name)


class RecordAct(ServiceFormMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, _ActingForm):
    """Subclasses say which act, its form and its title."""

    template_name = "wagtailadmin/generic/form.html"
    model: type[models.Model]
    permission_required = "change"
    form_class: type[Form] = ReasonForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission("change"):
            raise PermissionDenied  # before it can be learned whether the record exists
        self.record = get_object_or_404(self.model, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        messages.validation_error(self.request, self.get_error_message(), form)
        return super().form_invalid(form)

    def get_error_message(self) -> str:
        return str(_("Nothing was changed."))

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        plural = capfirst(str(self.model._meta.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": "", "label": f"{self.page_title} · {self.record}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            action_url=self.request.path,
            submit_button_label=self.page_title,
            submit_button_active_label=self.page_title,
            **kwargs,
        )
