"""A proposal on an exposure: the leader signs it or returns it, the proposer takes it back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from publicity.exposures import comparing
from publicity.exposures.forms import OpinionForm
from publicity.exposures.guards.text import text_file
from publicity.exposures.models import Exposure
from publicity.exposures.selectors import approval_of
from publicity.exposures.views.base import ExposurePageView
from publicity.exposures.views.step import beside
from workflow.api import (
    Approval,
    TransitionRefused,
    attempt_of,
    catalogue,
    send_back,
    sign,
    steps_for,
    withdraw,
)


class ApprovalView(ExposurePageView):
    """The whole public text is on the page that asks for the signature."""

    template_name = "exposures/approval.html"
    arguments = {"pk": Exposure, "approval": Approval}

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.approval = approval_of(self.exposure, kwargs["approval"])
        self.refusals: list[Any] = []
        self.form = OpinionForm(request.POST if request.method == "POST" else None)

    def get_page_title(self) -> str:
        bound = catalogue().get(self.approval.transition)
        label = bound.transition.label if bound else ""
        return _("Approval of “%(act)s”") % {"act": label}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form.is_valid():
            try:
                opinion = self.form.cleaned_data["opinion"]
                messages.success(request, self._answer(request.POST.get("answer", ""), opinion))
            except TransitionRefused as refused:
                self.refusals = beside(self.form, refused.refusals)
            else:
                return redirect(self.page())
        return self.render_to_response(self.get_context_data(), status=422)

    def _answer(self, answer: str, opinion: str) -> str:
        if answer == "sign":
            sign(self.approval, actor=self.user, opinion=opinion)
            return _("Signed.")
        if answer == "return":
            send_back(self.approval, actor=self.user, reason=opinion)
            return _("Returned to the proposer.")
        if answer == "withdraw":
            withdraw(self.approval, actor=self.user, reason=opinion)
            return _("The proposal was taken back.")
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = next(
            (s for s in steps_for(self.exposure, self.user) if s.approval == self.approval), None
        )
        if step is None or not step.may_sign:
            self.form.fields["opinion"].label = _("Reason")
        file = text_file(attempt_of(self.exposure, self.approval.transition, self.user))
        shown = {
            "approval": self.approval,
            "step": step,
            "may_withdraw": self.approval.is_pending and self.approval.proposer_id == self.user.pk,
            "refusals": self.refusals,
            "form": self.form,
            "rows": comparing.rows(file, with_original=False),
        }
        return super().get_context_data(**{**kwargs, **shown})
