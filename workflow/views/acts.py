"""A page for one act beside the machines: a form with what it needs, and a button named by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.access import has_act
from workflow.engine.refusals import TransitionRefused
from workflow.forms.act import ActForm
from workflow.plugin import Refusal
from workflow.views.pages import RecordPage
from workflow.views.refused import show_refusals


class ActPage(RecordPage):
    """Subclasses say form, sentence and law, and call the service in ``act``.

    A person whose posting does not allow ``permission`` reads why instead of the form.
    """

    template_name = "workflow/act.html"
    http_method_names = ["get", "head", "options", "post"]
    form_class: type[ActForm] = ActForm
    permission: str = ""
    sentence: str | Promise = ""
    law: str | Promise = ""
    done: str | Promise = ""
    tab: ClassVar[str] = "overview"
    rows_title: str | Promise = ""
    #: What one row is called; penalties unless a page says otherwise.
    row_label: str | Promise = ""

    def subject(self) -> Any:
        """What the form is about; the record unless the address names a part of it."""
        return self.record

    def initial(self) -> dict[str, Any]:
        """What the form says before anybody has typed."""
        return {}

    def make_rows(self) -> BaseFormSet[Any] | None:
        """Rows below the form (penalties)."""
        return None

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        """Call the service. Raises ``TransitionRefused``."""
        raise NotImplementedError

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.about = self.subject()
        self.on_top: list[Refusal] = []

    def make_form(self) -> ActForm:
        posted = self.request.method == "POST"
        bound = (self.request.POST, self.request.FILES) if posted else (None, None)
        initial = {} if posted else self.initial()
        return self.form_class(*bound, initial=initial, subject=self.about, actor=self.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, rows = self.make_form(), self.make_rows()
        if "more" in request.POST:  # one more row, by the server: works without scripts
            return self.render_to_response(self.get_context_data(form=form, rows=rows))
        valid = form.is_valid()
        if rows is not None:
            valid = rows.is_valid() and valid
        if valid and self._acted(form, rows):
            return self.after()
        return self.render_to_response(self.get_context_data(form=form, rows=rows), status=422)

    def _acted(self, form: BaseForm, rows: BaseFormSet[Any] | None) -> bool:
        try:
            self.act(form.cleaned_data, rows)
        except TransitionRefused as refused:
            self.on_top = show_refusals(form, refused.refusals)
            return False
        return True

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect(self.back_url)

    @property
    def back_url(self) -> str:
        return f"{self.record_url}?tab={self.tab}"

    def may_act(self) -> bool:
        return has_act(self.user, self.permission, self.record.scope_unit_id)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        """(label, value) lines beside the form."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            kwargs["form"], kwargs["rows"] = self.make_form(), self.make_rows()
        if not self.may_act():
            message = _("Your posting does not allow this in the unit of the record.")
            self.on_top = [Refusal("no_permission", message)]
        return super().get_context_data(
            may_act=self.may_act(),
            refusals=self.on_top,
            act_label=self.page_title,
            sentence=self.sentence,
            law=self.law,
            facts=self.facts(),
            rows_title=self.rows_title,
            row_label=self.row_label,
            back_url=self.back_url,
            **kwargs,
        )
