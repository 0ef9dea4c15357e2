"""Documents of a record: chosen, filled in, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts.access import has_act
from workflow.documents.pdf import program
from workflow.engine.refusals import TransitionRefused
from workflow.engine.subjects import Subject, subject_of
from workflow.forms.act import ActForm
from workflow.forms.document import Draft, MakeForm, WrittenForm, initial_of
from workflow.models import Document, DocumentForm
from workflow.selectors import made_documents as made
from workflow.selectors.document_offers import offers_for
from workflow.services import documents
from workflow.views.acts import ActPage
from workflow.views.pages import RecordPage
from workflow.views.routes import Argument

#: The names of the pages of acts on one document.
ACTS = (
    "issue_document", "void_document", "discard_document", "sign_document", "make_document_again",
    "document_file",
)  # fmt: skip


def form_codes() -> list[str]:
    """The values the name of a form may have."""
    return list(made.forms_in_use().values_list("code", flat=True))


class PaperPage(ActPage):
    """A page about one document or one form; a transfer shows its documents on its first tab."""

    permission = "make_document"
    template_name = "workflow/documents/paper.html"

    @property
    def back_url(self) -> str:
        tab = "overview" if self.record.machine == "transfer" else "documents"
        return f"{self.record_url}?tab={tab}"

    def draft(self, form: DocumentForm) -> Draft:
        parties = measures = ()
        if self.record.machine == "case" and form.about == DocumentForm.About.PARTY:
            parties = tuple(self.record.parties.standing().select_related("party"))
        if self.record.machine == "case" and form.about == DocumentForm.About.MEASURE:
            measures = tuple(self.record.measures.select_related("case_party"))
        return Draft(form, self.record, parties, measures)

    def places(self) -> dict[str, str]:
        """Where a field that is missing is mended, by the place the catalogue names."""
        record = self.record.subject if self.record.machine == "transfer" else self.record
        base = self.record_url if record is self.record else ""
        edit = self.page("edit") if self.record.machine in ("lead", "case") else ""
        return {
            made.WRITTEN: "#written", "case_edit": edit, "lead_edit": edit,
            "parties": f"{base}?tab=parties" if base else "", "overview": base,
            "handlers": base, "documents": f"{base}?tab=documents" if base else "",
            "transfer": self.record_url,
        }  # fmt: skip

    def sheet_context(self, sheet: made.Sheet) -> dict[str, Any]:
        places = self.places()
        missing = [(row, places.get(row.place, "")) for row in sheet.missing]
        return {"sheet": sheet, "missing": missing, "pdf": bool(program())}


class ChooseDocument(RecordPage):
    """The forms there are, those of the next steps first."""

    page_title = _("Make a document")
    template_name = "workflow/documents/choose.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = has_act(self.user, "make_document", self.record.scope_unit_id)
        return super().get_context_data(
            offers=offers_for(self.record) if may else [],
            make_url_name=f"workflow_{self.record.machine}:make_document",
            may_make=may,
            **kwargs,
        )


class MakeDocument(PaperPage):
    """A form, filled from the file, with what is to be typed; kept as a draft."""

    arguments: ClassVar[dict[str, Argument]] = {"form": form_codes}
    form_class = MakeForm
    sentence = _("A draft is kept; it gets its number when it is issued.")

    def subject(self) -> Draft:
        return self.draft(made.get_form(self.record, self.kwargs["form"]))

    def get_page_title(self) -> str:
        return gettext("Draft “%(form)s”") % {"form": self.about.form.name}

    def initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("party", "measure")}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        form = self.bound
        subject = form.about()
        if subject is None:
            raise TransitionRefused([])
        self.made = documents.save_draft(
            self.about.form, subject, actor=self.user, written=form.written()
        )

    def make_form(self) -> ActForm:
        self.bound: Any = super().make_form()
        return self.bound

    def after(self) -> HttpResponse:
        messages.success(self.request, gettext("The draft is kept: look at it, then issue it."))
        return redirect(self.page("document", self.made.pk))

    def shown_subject(self) -> Subject | None:
        """Whom the preview is about: the one chosen, or the only one there is."""
        chosen = self.request.POST if self.request.method == "POST" else self.request.GET
        return self.about.subject(
            chosen.get("party") or _only(self.about.parties),
            chosen.get("measure") or _only(self.about.measures),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = self.shown_subject()
        sheet = made.sheet_of(self.about.form, subject, {}) if subject else made.Sheet()
        return super().get_context_data(
            act_title=self.get_page_title(), button=gettext("Keep the draft"),
            **self.sheet_context(sheet), **kwargs,
        )  # fmt: skip


class DocumentPage(PaperPage):
    """One document: a draft is written on here, an issued one is read."""

    arguments: ClassVar[dict[str, Argument]] = {"document": Document}
    form_class = WrittenForm
    sentence = _("What you type is kept in the draft; the rest follows the file.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.is_draft:
            self.http_method_names = ["get", "head", "options"]

    def subject(self) -> Any:
        self.document = made.get_document(self.record, self.user, self.kwargs["document"])
        self.is_draft = self.document.issued_at is None
        return self.draft(self.document.form)

    def get_page_title(self) -> str:
        return str(self.document)

    def initial(self) -> dict[str, Any]:
        return initial_of(self.document.form, self.document.written)

    def make_form(self) -> ActForm:
        self.bound: Any = super().make_form()
        return self.bound

    def act(self, data: dict[str, Any], rows: Any) -> None:
        documents.save_draft(
            self.document.form, subject_of(self.document), actor=self.user,
            written=self.bound.written(), document=self.document,
        )  # fmt: skip

    def after(self) -> HttpResponse:
        messages.success(self.request, gettext("The draft is kept."))
        return redirect(self.page("document", self.document.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = self.document
        if self.is_draft:
            sheet = made.sheet_of(document.form, subject_of(document), document.written)
        else:
            sheet = made.Sheet(blocks=made.preview(made.file_of(document)))
        return super().get_context_data(
            document=document, is_draft=self.is_draft, act_title=self.get_page_title(),
            button=gettext("Keep the draft"),
            may_void=has_act(self.user, "void_document", self.record.scope_unit_id),
            urls={name: self.page(name, document.pk) for name in ACTS},
            **self.sheet_context(sheet), **kwargs,
        )  # fmt: skip


class PreviewDocument(PaperPage):
    """What a form would say of the record as it stands; nothing is kept."""

    arguments: ClassVar[dict[str, Argument]] = {"form": form_codes}
    template_name = "workflow/documents/preview.html"
    http_method_names = ["get", "head", "options"]

    def subject(self) -> Draft:
        return self.draft(made.get_form(self.record, self.kwargs["form"]))

    def get_page_title(self) -> str:
        return gettext("Preview: %(form)s") % {"form": self.about.form.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = self.about.subject(
            self.request.GET.get("party") or _only(self.about.parties),
            self.request.GET.get("measure") or _only(self.about.measures),
        )
        sheet = made.sheet_of(self.about.form, subject, {}) if subject else made.Sheet()
        return RecordPage.get_context_data(
            self, act_title=self.get_page_title(), back_url=self.back_url,
            **self.sheet_context(sheet), **kwargs,
        )  # fmt: skip


def _only(rows: Sequence[Any]) -> str:
    return str(rows[0].pk) if len(rows) == 1 else ""
