"""What is done with one document: issued, voided, discarded, signed, made again, downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts import clock
from workflow.documents.pdf import PdfError, to_pdf
from workflow.engine.subjects import subject_of
from workflow.forms.document import IssueForm, SignedForm, VoidForm
from workflow.models import Document
from workflow.selectors import made_documents as made
from workflow.services import document_making, documents
from workflow.views.made_documents import (
    ChooseDocument,
    DocumentPage,
    MakeDocument,
    PaperPage,
    PreviewDocument,
)
from workflow.views.pages import RecordPage
from workflow.views.routes import Argument

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocumentAct(PaperPage):
    """An act on one document, with a form of its own."""

    arguments: ClassVar[dict[str, Argument]] = {"document": Document}
    template_name = "workflow/act.html"

    def subject(self) -> Document:
        return made.get_document(self.record, self.user, self.kwargs["document"])

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect(self.page("document", self.about.pk))

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [
            (_("Document"), self.about.form.name),
            (_("Party"), self.about.case_party),
            (_("Number"), self.about.number),
            (_("Status"), self.about.get_status_display()),
        ]


class IssueDocument(DocumentAct):
    page_title = _("Issue")
    form_class = IssueForm
    sentence = _("It gets its number and is frozen: afterwards it can only be voided.")
    done = _("The document is issued.")

    def initial(self) -> dict[str, Any]:
        return {"acted_at": clock.now()}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        documents.issue_document(self.about, actor=self.user, **data)


class VoidDocument(DocumentAct):
    page_title = _("Void it")
    form_class = VoidForm
    permission = "void_document"
    sentence = _("It stays in the file with its number; the number is not used again.")
    done = _("The document is voided.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        documents.void_document(self.about, actor=self.user, reason=data["reason"])


class DiscardDocument(DocumentAct):
    page_title = _("Discard the draft")
    sentence = _("The draft is deleted; nothing was issued.")
    done = _("The draft is gone.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        documents.discard_draft(self.about, actor=self.user)

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect(self.back_url)


class KeepSignedCopy(DocumentAct):
    page_title = _("Keep the signed copy")
    form_class = SignedForm
    sentence = _("The scan of the signed and sealed paper is named beside the document.")
    done = _("The signed copy is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        documents.keep_signed_copy(self.about, actor=self.user, copy=data["copy"])


class MakeAgain(DocumentAct):
    page_title = _("Make it again")
    sentence = _("The document of the step is written once more, as of the day of the step.")
    done = _("The document was made.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        document_making.make_again(self.about, actor=self.user)


class DocumentDownload(RecordPage):
    """The docx, or ``?as=pdf``, never as a page of this site; who opened one of a restricted
    record is kept.
    """

    arguments: ClassVar[dict[str, Argument]] = {"document": Document}
    http_method_names = ["get", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = made.get_document(self.record, self.user, kwargs["document"])
        if document.issued_at:
            name, content = f"{document}.docx", made.file_of(document)
        else:
            sheet = made.sheet_of(document.form, subject_of(document), document.written)
            if sheet.fault:
                messages.error(request, sheet.fault)
                return redirect(self.page("document", document.pk))
            name, content = (
                gettext("%(form)s (draft).docx") % {"form": document.form},
                sheet.content,
            )
        if request.GET.get("as") == "pdf":
            try:
                content, name = to_pdf(content), f"{name.removesuffix('.docx')}.pdf"
            except PdfError as error:
                messages.error(request, str(error))
                return redirect(self.page("document", document.pk))
        documents.note_document_opened(document, actor=self.user)
        return docx_response(content, name)


def docx_response(content: bytes, name: str) -> HttpResponse:
    """A docx or a PDF as a download that no browser reads as anything else."""
    response = FileResponse(
        ContentFile(content), as_attachment=True, filename=name.replace("/", "-"),
        content_type="application/pdf" if name.endswith(".pdf") else DOCX,
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # streamed


_ONE = "<int:pk>/documents/<int:document>/"
#: Pages of a lead, a case and a transfer.
DOCUMENT_PAGES = (
    ("choose_document", "<int:pk>/documents/add/", ChooseDocument),
    ("make_document", "<int:pk>/documents/add/<str:form>/", MakeDocument),
    ("preview_document", "<int:pk>/documents/preview/<str:form>/", PreviewDocument),
    ("document", _ONE, DocumentPage),
    ("issue_document", f"{_ONE}issue/", IssueDocument),
    ("void_document", f"{_ONE}void/", VoidDocument),
    ("discard_document", f"{_ONE}discard/", DiscardDocument),
    ("sign_document", f"{_ONE}signed/", KeepSignedCopy),
    ("make_document_again", f"{_ONE}again/", MakeAgain),
    ("document_file", f"{_ONE}file/", DocumentDownload),
)
