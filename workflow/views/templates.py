"""Document templates, for those who keep them: upload, look at the fields, try, take into use."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import may
from workflow.documents.binding.order import own_forms
from workflow.documents.checking import check_template
from workflow.documents.docx_file import TemplateUnfitError
from workflow.documents.store import read_template
from workflow.engine.refusals import TransitionRefused
from workflow.forms.template import PlaceForm, TemplateForm
from workflow.models import DocumentForm, DocumentTemplate
from workflow.selectors import templates
from workflow.selectors.made_documents import Sheet, sheet_of
from workflow.services.templates import (
    ACT,
    add_template,
    place_form,
    switch_form,
    use_template,
)
from workflow.views.document_acts import docx_response
from workflow.views.refused import show_refusals
from workflow.views.routes import Argument
from workflow.views.tops import TopPage


class TemplatePage(TopPage):
    """Forms and templates hold no case: those who keep them see them, nobody else."""

    header_icon = "doc-full"

    def may_open(self) -> bool:
        return may(self.user, ACT)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        crumbs = {"url": reverse("workflow_templates"), "label": _("Document templates")}
        return [*self.breadcrumbs_items, crumbs, {"url": "", "label": str(self.get_page_title())}]


class TemplateList(TemplatePage):
    template_name = "workflow/lists/templates.html"
    page_title = gettext_lazy("Document templates")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(forms=templates.forms_with_templates(), **kwargs)


class FormPage(TemplatePage):
    """One form: its versions, and a new one."""

    template_name = "workflow/lists/template_form.html"
    http_method_names = ["get", "head", "options", "post"]
    arguments: ClassVar[dict[str, Argument]] = {"pk": DocumentForm}

    def get_page_title(self) -> str:
        return str(self.form_row)

    @cached_property
    def form_row(self) -> DocumentForm:
        return templates.get_document_form(self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (wanted := request.POST.get("active")) in ("0", "1"):
            switch_form(self.form_row, actor=self.user, active=wanted == "1")
            return redirect("workflow_template_form", self.form_row.pk)
        if "volume" in request.POST:
            return self._placed(PlaceForm(request.POST))
        form = TemplateForm(request.POST, request.FILES, form_row=self.form_row)
        if form.is_valid() and (made := self._added(form)):
            messages.success(request, _("The new version is kept: try it, then take it into use."))
            return redirect("workflow_template", made.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _placed(self, place: PlaceForm) -> HttpResponse:
        if not place.is_valid():
            return self.render_to_response(self.get_context_data(place=place), status=422)
        place_form(self.form_row, actor=self.user, **place.cleaned_data)
        messages.success(request=self.request, message=_("Files are bound in this order now."))
        return redirect("workflow_template_form", self.form_row.pk)

    def _added(self, form: TemplateForm) -> DocumentTemplate | None:
        data = form.cleaned_data
        try:
            return add_template(
                self.form_row, actor=self.user, upload=data["file"], note=data["note"]
            )
        except TransitionRefused as refused:
            show_refusals(form, refused.refusals)
            return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", TemplateForm(form_row=self.form_row))
        if self.form_row.code not in own_forms():
            said = {"volume": self.form_row.volume, "order": self.form_row.order}
            kwargs.setdefault("place", PlaceForm(initial=said))
        return super().get_context_data(
            form_row=self.form_row, versions=templates.versions_of(self.form_row), **kwargs
        )


class VersionPage(TemplatePage):
    """One version: its fields, what it makes of a case, and taking it into use."""

    template_name = "workflow/lists/template.html"
    http_method_names = ["get", "head", "options", "post"]
    arguments: ClassVar[dict[str, Argument]] = {"pk": DocumentTemplate}

    def get_page_title(self) -> str:
        said = {"form": self.version.form, "n": self.version.version}
        return _("%(form)s, version %(n)d") % said

    @cached_property
    def version(self) -> DocumentTemplate:
        return templates.get_template(self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        use_template(self.version, actor=self.user)
        messages.success(request, _("Documents are made with this version from now on."))
        return redirect("workflow_template", self.version.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.version.form
        try:
            check, fault = check_template(form, read_template(self.version)), ""
        except (TemplateUnfitError, FileNotFoundError) as error:
            check, fault = None, str(error)
        return super().get_context_data(
            version=self.version, form_row=form, check=check, fault=fault, **self._tried(), **kwargs
        )

    def _tried(self) -> dict[str, Any]:
        """What the version makes of the file whose number was typed."""
        number = self.request.GET.get("number", "")
        if not number:
            return {"number": "", "sheet": Sheet()}
        subject = templates.try_on(self.version.form, self.user, number)
        if subject is None:
            return {"number": number, "sheet": Sheet(), "not_found": True}
        sheet = sheet_of(self.version.form, subject, {}, self.version)
        return {
            "number": number, "sheet": sheet, "missing": [(row, "") for row in sheet.missing],
        }  # fmt: skip


class VersionFile(TemplatePage):
    """The docx of a version, old ones too."""

    arguments: ClassVar[dict[str, Argument]] = {"pk": DocumentTemplate}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = templates.get_template(self.kwargs["pk"])
        return docx_response(read_template(version), f"{version}.docx")
