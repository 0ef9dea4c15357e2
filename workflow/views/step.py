"""One step of a record: what will happen, what it needs, and the act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.roles import ROLES
from accounts.views.base import typed
from workflow.engine import approvals
from workflow.engine.bind import catalogue, transitions_of
from workflow.engine.perform import form_for, perform
from workflow.engine.refusals import TransitionRefused, attempt_of, refusals
from workflow.forms.articles import ArticleField, named
from workflow.models.scope import sees
from workflow.plugin import Refusal, Transition
from workflow.selectors.articles import choosable_articles
from workflow.selectors.record_page import outlook
from workflow.selectors.records import reload
from workflow.views.pages import RecordPage
from workflow.views.refused import as_version, show_refusals

#: What the page sends besides the form of the step.
OWN_FIELDS = ("csrfmiddlewaretoken", "seen", "confirm")


def names_of(machine: str) -> Callable[[], Sequence[str]]:
    """The values the name of a step may have."""
    return lambda: [bound.transition.name for bound in transitions_of(machine)]


class StepPage(RecordPage):
    """GET says what would happen, POST does it or proposes it; all that was typed is kept."""

    template_name = "workflow/step.html"
    http_method_names = ["get", "head", "options", "post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        bound = catalogue().get(kwargs["name"])
        if bound is None or bound.transition.internal:
            raise Http404
        if bound.transition.machine != self.record.machine:
            raise Http404
        self.transition: Transition = bound.transition
        self.seen = self.record.version

    def get_page_title(self) -> str:
        return str(self.transition.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if pending := approvals.pending_for(self.record, self.transition.name):
            return redirect(self.page("approval", pending.pk))
        attempt = attempt_of(self.record, self.transition, self.user)
        found = refusals(attempt)
        form = form_for(attempt_of(self.record, self.transition, self.user, memo=attempt.memo))
        return self.render_to_response(self.get_context_data(form=form, refusals=found))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        for name in OWN_FIELDS:
            data.pop(name, None)
        try:
            self._require_confirmed()
            self._do(data)
        except TransitionRefused as refused:
            return self._refused(refused.refusals, data)
        return self._done()

    def _require_confirmed(self) -> None:
        if self.transition.heavy and not self.request.POST.get("confirm"):
            message = _("Tick the box that confirms “%(act)s”, then send it again.")
            label = {"act": self.transition.label}
            raise TransitionRefused([Refusal("not_confirmed", message % label)])

    def _do(self, data: Any) -> None:
        seen = as_version(self.request.POST.get("seen"))
        acting = {"actor": self.user, "data": data, "seen": seen}
        if self.transition.approval:
            approvals.propose(self.record, self.transition, **acting)
        else:
            perform(self.record, self.transition, files=self.request.FILES, **acting)

    def _refused(self, found: list[Refusal], data: Any) -> HttpResponse:
        """The page again with what was typed; it shows the record as it stands now."""
        attempt = attempt_of(self.record, self.transition, self.user)
        form = form_for(attempt, data, self.request.FILES)
        form.is_valid()
        on_top = show_refusals(form, found)
        if any(refusal.code == "stale" for refusal in found):
            self.seen = self.record.version
        context = self.get_context_data(form=form, refusals=on_top, was_refused=True)
        return self.render_to_response(context, status=422)

    def _done(self) -> HttpResponse:
        record = reload(self.record)
        if self.transition.approval:
            role = ROLES[self.transition.approval[0]].label
            text = _("“%(act)s” is proposed: %(record)s waits for the signature of: %(role)s.")
        else:
            role = ""
            text = _("“%(act)s” is done: %(record)s now stands at “%(state)s”.")
        said = {
            "act": self.transition.label,
            "record": record.number,
            "role": role,
            "state": record.get_state_display(),
        }
        messages.success(self.request, text % said)
        return redirect(where_to(record, self.user, fallback=self.record_url))

    def articles(self, form: Any) -> list[tuple[str, str]]:
        """What a form that cites has to choose from."""
        if not any(isinstance(field, ArticleField) for field in form.fields.values()):
            return []
        return [(named(row), row.heading) for row in choosable_articles(self.record)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = kwargs.pop("refusals")
        closing = {"wrong_state", "out_of_scope", "no_permission", "internal"}
        closed = any(refusal.code in closing for refusal in found)
        return super().get_context_data(
            transition=self.transition,
            refusals=found,
            closed=closed,
            typed=typed(kwargs["form"]) if closed else [],
            outlook=None if closed else outlook(self.record, self.transition),
            seen=self.seen,
            back_url=self.record_url,
            articles=self.articles(kwargs["form"]),
            **kwargs,
        )


class LeadStep(StepPage):
    arguments = {"name": names_of("lead")}


class CaseStep(StepPage):
    arguments = {"name": names_of("case")}


class TransferStep(StepPage):
    arguments = {"name": names_of("transfer")}


class MeasureStep(StepPage):
    arguments = {"name": names_of("measure")}


def where_to(record: Any, user: Any, *, fallback: str) -> str:
    """The page to go on from: the record, or the list when it left the person's scope."""
    if sees(user, record):
        return fallback
    machine = record.machine if record.machine in ("lead", "case") else "case"
    return reverse(f"workflow_{machine}:index")
