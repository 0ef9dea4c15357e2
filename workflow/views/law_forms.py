"""Adding and changing laws, versions, articles and ranges."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.base import add_errors
from workflow.forms.laws import ArticleForm, FineRangeForm, LawForm, LawVersionForm
from workflow.models import Article, FineRange, Law, LawVersion
from workflow.selectors import articles as library
from workflow.services.laws import Part, remove_range, save_law_part
from workflow.views.laws import LibraryPage
from workflow.views.routes import Argument


class LawPartForm(LibraryPage):
    """One form for one part of the library; what was typed is kept when it is refused."""

    template_name = "workflow/laws/form.html"
    http_method_names = ["get", "head", "options", "post"]
    form_class: type[ModelForm[Any]]
    button: str | Promise = gettext_lazy("Save")

    def may_open(self) -> bool:
        return self.may_keep

    def part(self) -> Part:
        """The row the form is about."""
        raise NotImplementedError

    def back(self) -> str:
        """Where the row is shown."""
        raise NotImplementedError

    @cached_property
    def row(self) -> Part:
        return self.part()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, instance=self.row)
        if form.is_valid():
            try:
                row = form.save(commit=False)
                self.row = save_law_part(row, by=self.user, changed=form.changed_data)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("Saved."))
                return redirect(self.back())
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form_class(instance=self.row))
        return super().get_context_data(back_url=self.above(), button=self.button, **kwargs)

    def above(self) -> str:
        """Where “Do nothing” leads."""
        return self.back() if self.row.pk else reverse("workflow_laws")


class LawAdd(LawPartForm):
    page_title = gettext_lazy("Add a law")
    form_class = LawForm

    def part(self) -> Law:
        return Law()

    def back(self) -> str:
        return reverse("workflow_law", args=[self.row.pk])


class LawEdit(LawAdd):
    page_title = gettext_lazy("Change the law")
    arguments: ClassVar[dict[str, Argument]] = {"pk": Law}

    def part(self) -> Law:
        return library.get_law(self.kwargs["pk"])


class VersionAdd(LawPartForm):
    """A new version ends the one before by its dates; no used version is rewritten."""

    page_title = gettext_lazy("Add a version")
    form_class = LawVersionForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": Law}

    def part(self) -> LawVersion:
        return LawVersion(law=library.get_law(self.kwargs["pk"]))

    def back(self) -> str:
        return reverse("workflow_law_version", args=[self.row.pk])

    def above(self) -> str:
        return reverse("workflow_law", args=[self.kwargs["pk"]])


class VersionEdit(LawPartForm):
    """A wrong day, name or note is corrected; what papers cite stays cited."""

    page_title = gettext_lazy("Correct the version")
    form_class = LawVersionForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": LawVersion}

    def part(self) -> LawVersion:
        return library.get_version(self.kwargs["pk"])

    def back(self) -> str:
        return reverse("workflow_law_version", args=[self.kwargs["pk"]])


class ArticleAdd(LawPartForm):
    page_title = gettext_lazy("Add an article")
    form_class = ArticleForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": LawVersion}

    def part(self) -> Article:
        return Article(version=library.get_version(self.kwargs["pk"]))

    def back(self) -> str:
        return reverse("workflow_article", args=[self.row.pk])

    def above(self) -> str:
        return reverse("workflow_law_version", args=[self.kwargs["pk"]])


class ArticleEdit(LawPartForm):
    page_title = gettext_lazy("Change the article")
    form_class = ArticleForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": Article}

    def part(self) -> Article:
        return library.get_article(self.kwargs["pk"])

    def back(self) -> str:
        return reverse("workflow_article", args=[self.row.pk])


class RangeAdd(LawPartForm):
    page_title = gettext_lazy("Enter a range")
    form_class = FineRangeForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": Article}

    def part(self) -> FineRange:
        return FineRange(article=library.get_article(self.kwargs["pk"]))

    def back(self) -> str:
        return reverse("workflow_article", args=[self.kwargs["pk"]])

    def above(self) -> str:
        return self.back()


class RangeEdit(LawPartForm):
    page_title = gettext_lazy("Correct the range")
    form_class = FineRangeForm
    arguments: ClassVar[dict[str, Argument]] = {"pk": FineRange}

    def part(self) -> FineRange:
        return library.get_range(self.kwargs["pk"])

    def back(self) -> str:
        return reverse("workflow_article", args=[library.get_range(self.kwargs["pk"]).article_id])


class RangeRemove(LibraryPage):
    """A range that should not stand, shown once more before it is taken out."""

    template_name = "workflow/laws/remove_range.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Take the range out")
    arguments: ClassVar[dict[str, Argument]] = {"pk": FineRange}

    def may_open(self) -> bool:
        return self.may_keep

    @cached_property
    def range(self) -> FineRange:
        return library.get_range(self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("workflow_article", args=[self.range.article_id])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        back = self.back_url
        remove_range(self.range, by=self.user)
        messages.success(request, _("The range is taken out; the journal keeps what it said."))
        return redirect(back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(range=self.range, back_url=self.back_url, **kwargs)
