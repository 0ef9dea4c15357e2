"""The law library: read by everybody with casework, kept by those who may."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from accounts.access import may
from accounts.clock import today
from workflow.forms.laws import LawFileForm
from workflow.models import Article, Law, LawVersion
from workflow.selectors import articles as library
from workflow.services.laws import Kept, import_laws
from workflow.views.routes import Argument
from workflow.views.tops import PagedPage, TopPage


class LibraryPage(TopPage):
    """A page of the library, with the way to it."""

    header_icon = "clipboard-list"

    @property
    def may_keep(self) -> bool:
        return may(self.user, "manage_laws")

    def may_open(self) -> bool:
        return super().may_open() or self.may_keep

    def path(self) -> list[tuple[str, str]]:
        """(address, label) of the pages above this one, below the list of laws."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": str(self.get_page_title())}
        laws = {"url": reverse("workflow_laws"), "label": _("Law library")}
        above = [{"url": url, "label": label} for url, label in self.path()]
        return [*self.breadcrumbs_items, laws, *above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=self.may_keep, today=today(), **kwargs)


class LawList(LibraryPage, PagedPage):
    template_name = "workflow/laws/list.html"
    page_title = gettext_lazy("Law library")

    @property
    def search(self) -> str:
        return self.request.GET.get("q", "").strip()[:50]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.may_keep:
            return []
        return [
            HeaderButton(_("Add a law"), url=reverse("workflow_law_add"), icon_name="plus"),
            HeaderButton(_("Load a file"), url=reverse("workflow_law_load"), icon_name="upload"),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.paged(library.laws(self.search))
        if self.search:
            rows["kept"] = {**rows["kept"], "q": self.search}
        return super().get_context_data(q=self.search, **rows, **kwargs)


class LawDetail(LibraryPage):
    template_name = "workflow/laws/law.html"
    arguments: ClassVar[dict[str, Argument]] = {"pk": Law}

    @cached_property
    def law(self) -> Law:
        return library.get_law(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.law.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(law=self.law, versions=self.law.versions.all(), **kwargs)


class VersionDetail(LibraryPage, PagedPage):
    """The articles of a version, fifty at a time."""

    template_name = "workflow/laws/version.html"
    arguments: ClassVar[dict[str, Argument]] = {"pk": LawVersion}

    @cached_property
    def version(self) -> LawVersion:
        return library.get_version(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.version)

    def path(self) -> list[tuple[str, str]]:
        return [(reverse("workflow_law", args=[self.version.law_id]), str(self.version.law))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = self.request.GET.get("q", "").strip()[:50]
        found: QuerySet[Article] = library.articles_of(self.version, search)
        rows = self.paged(found)
        if search:
            rows["kept"] = {**rows["kept"], "q": search}
        return super().get_context_data(version=self.version, q=search, **rows, **kwargs)


class ArticleDetail(LibraryPage):
    template_name = "workflow/laws/article.html"
    arguments: ClassVar[dict[str, Argument]] = {"pk": Article}

    @cached_property
    def article(self) -> Article:
        return library.get_article(self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.article)

    def path(self) -> list[tuple[str, str]]:
        version = self.article.version
        return [
            (reverse("workflow_law", args=[version.law_id]), str(version.law)),
            (reverse("workflow_law_version", args=[version.pk]), version.label),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(article=self.article, **kwargs)


class LawLoad(LibraryPage):
    """First what the file would add, then the act."""

    template_name = "workflow/laws/load.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Load laws from a file")
    kept: Kept | None = None
    errors: tuple[str, ...] = ()

    def may_open(self) -> bool:
        return self.may_keep

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LawFileForm(request.POST, request.FILES)
        keep = request.POST.get("do") == "keep"
        if form.is_valid():
            try:
                self.kept = import_laws(form.cleaned_data["text"], actor=self.user, keep=keep)
            except ValidationError as error:
                self.errors = tuple(error.messages)
        if self.kept and keep:
            done = _("%(n)d articles were added and %(m)d completed.")
            values = {"n": self.kept.articles, "m": self.kept.filled}
            messages.success(request, done % values)
            return redirect("workflow_laws")
        status = 200 if self.kept else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", LawFileForm())
        form = kwargs["form"]
        text = form.cleaned_data.get("text", "") if form.is_bound else ""
        return super().get_context_data(kept=self.kept, errors=self.errors, text=text, **kwargs)
