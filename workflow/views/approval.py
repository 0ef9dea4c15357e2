"""A proposal: what is proposed, who has signed; sign it, return it or take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts.roles import ROLES
from workflow.engine import approvals
from workflow.engine.bind import catalogue
from workflow.engine.refusals import TransitionRefused, attempt_of, refusals
from workflow.forms.act import ActForm
from workflow.forms.approval import ReturnForm, SignForm, WithdrawForm
from workflow.models import Approval
from workflow.plugin import Refusal
from workflow.selectors.approvals import get_approval, steps_of
from workflow.selectors.record_page import outlook
from workflow.selectors.records import reload
from workflow.views.pages import RecordPage
from workflow.views.refused import show_refusals
from workflow.views.step import where_to

FORMS: dict[str, type[ActForm]] = {"sign": SignForm, "return": ReturnForm, "withdraw": WithdrawForm}


class ApprovalPage(RecordPage):
    template_name = "workflow/approval.html"
    http_method_names = ["get", "head", "options", "post"]
    arguments = {"approval": Approval}
    page_title = _("Approval")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.approval = get_approval(self.record, kwargs["approval"])
        bound = catalogue().get(self.approval.transition)
        self.transition = bound.transition if bound else None
        self.on_top: list[Refusal] = []

    def get_page_title(self) -> str:
        label = self.transition.label if self.transition else _("Another act")
        return gettext("Approval of “%(act)s”") % {"act": label}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = request.POST.get("answer", "")
        if answer not in FORMS:
            return redirect(self.page("approval", self.approval.pk))
        forms = self.make_forms()
        form = forms[answer] = FORMS[answer](
            request.POST, subject=self.approval, actor=self.user, prefix=answer
        )
        if form.is_valid() and self._answered(answer, form):
            return self._after(answer)
        context = self.get_context_data(forms=forms)
        return self.render_to_response(context, status=422)

    def _answered(self, answer: str, form: ActForm) -> bool:
        data = form.cleaned_data
        try:
            if answer == "sign":
                approvals.sign(self.approval, actor=self.user, **data)
            elif answer == "return":
                approvals.send_back(self.approval, actor=self.user, reason=data["reason"])
            else:
                approvals.withdraw(self.approval, actor=self.user, reason=data["reason"])
        except TransitionRefused as refused:
            self.on_top = show_refusals(form, refused.refusals)
            self.approval = get_approval(self.record, self.approval.pk)
            return False
        return True

    def _after(self, answer: str) -> HttpResponse:
        record = reload(self.record)
        approval = get_approval(self.record, self.approval.pk)
        said = {
            "act": self.transition.label if self.transition else "",
            "record": record.number,
            "state": record.get_state_display(),
        }
        messages.success(self.request, self._said(answer, approval) % said)
        return redirect(where_to(record, self.user, fallback=self.record_url))

    def _said(self, answer: str, approval: Approval) -> str:
        if answer == "return":
            return gettext(
                "“%(act)s” is returned to the proposer; %(record)s stands where it stood."
            )
        if answer == "withdraw":
            return gettext("“%(act)s” is withdrawn; %(record)s stands where it stood.")
        if approval.is_pending:
            return gettext("Signed. “%(act)s” of %(record)s goes on to the next signature.")
        return gettext("Signed: “%(act)s” is done; %(record)s now stands at “%(state)s”.")

    def make_forms(self) -> dict[str, ActForm]:
        """The forms for what this person may answer."""
        return {
            name: form(subject=self.approval, actor=self.user, prefix=name)
            for name, form in FORMS.items()
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = steps_of(self.approval)
        waiting = next((step for step in steps if not step.outcome), None)
        signing = None
        if waiting is not None and self.approval.is_pending:
            signing = approvals.signing_refusal(self.approval, waiting, self.user, self.record)
        may_sign = waiting is not None and self.approval.is_pending and signing is None
        last = waiting is not None and waiting == steps[-1]
        kwargs.setdefault("forms", self.make_forms())
        return super().get_context_data(
            approval=self.approval,
            transition=self.transition,
            steps=[(step, ROLES[step.role].label) for step in steps],
            may_sign=may_sign,
            is_last=last,
            signing=signing,
            may_withdraw=self.approval.is_pending and self.approval.proposer_id == self.user.pk,
            obstacles=self._obstacles() if self.approval.is_pending else [],
            outlook=self._outlook(),
            refusals=self.on_top,
            back_url=self.record_url,
            **kwargs,
        )

    def _obstacles(self) -> list[Refusal]:
        """What would refuse the act if it were signed through now."""
        if self.transition is None:
            return []
        return refusals(attempt_of(self.record, self.transition, self.approval.proposer))

    def _outlook(self) -> Any:
        if self.transition is None or not self.approval.is_pending:
            return None
        if self.record.state not in self.transition.sources:
            return None
        return outlook(self.record, self.transition)
