"""One step of an exposure: what will happen, what it needs, and the act."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts.views.base import typed
from publicity.exposures.models import Exposure
from publicity.exposures.selectors import still_sees
from publicity.exposures.views.base import ExposurePageView
from workflow.api import (
    Refusal,
    TransitionRefused,
    attempt_of,
    catalogue,
    form_for,
    pending_for,
    perform,
    propose,
    refusals,
    transitions_of,
)

CLOSING = frozenset({"wrong_state", "out_of_scope", "no_permission", "internal"})
OWN = ("csrfmiddlewaretoken", "seen", "confirm")


def step_names() -> list[str]:
    """The values the name of a step may have."""
    return [bound.transition.name for bound in transitions_of("exposure")]


class StepView(ExposurePageView):
    """GET says what would happen, POST does it or proposes it; all that was typed is kept."""

    template_name = "exposures/step.html"
    arguments = {"pk": Exposure, "name": step_names}  # type: ignore[dict-item]  # values of a name

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        bound = catalogue().get(kwargs["name"])
        if bound is None or bound.transition.internal or bound.transition.machine != "exposure":
            raise Http404
        self.transition = bound.transition
        self.seen = self.exposure.version

    def get_page_title(self) -> str:
        return str(self.transition.label)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if pending := pending_for(self.exposure, self.transition.name):
            return redirect(self.page("approval", pending.pk))
        attempt = attempt_of(self.exposure, self.transition, self.user)
        found = refusals(attempt)
        return self.render_to_response(
            self.get_context_data(form=form_for(attempt), refusals=found)
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = request.POST.copy()
        seen = as_version(data.get("seen"))
        confirmed = data.get("confirm") or not self.transition.heavy
        for name in OWN:
            data.pop(name, None)
        try:
            if not confirmed:
                raise TransitionRefused([_unconfirmed(self.transition)])
            self._do(data, seen)
        except TransitionRefused as refused:
            return self._refused(refused.refusals, data)
        self._say()
        stays = still_sees(self.user, self.exposure)
        return redirect(self.page() if stays else reverse("plugins:exposures:index"))

    def _do(self, data: Any, seen: int) -> None:
        act = propose if self.transition.approval else perform
        act(self.exposure, self.transition, actor=self.user, data=data, seen=seen)

    def _say(self) -> None:
        text = (
            _("“%(act)s” is proposed and waits for the signature.")
            if self.transition.approval
            else _("“%(act)s” is done.")
        )
        messages.success(self.request, text % {"act": self.transition.label})

    def _refused(self, found: list[Refusal], data: Any) -> HttpResponse:
        form = form_for(attempt_of(self.exposure, self.transition, self.user), data)
        form.is_valid()
        on_top = beside(form, found)
        context = self.get_context_data(form=form, refusals=on_top, was_refused=True)
        return self.render_to_response(context, status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = any(refusal.code in CLOSING for refusal in kwargs["refusals"])
        return super().get_context_data(
            transition=self.transition,
            closed=closed,
            typed=typed(kwargs["form"]) if closed else [],
            seen=self.seen,
            **kwargs,
        )


def beside(form: Any, found: list[Refusal]) -> list[Refusal]:
    """Put each refusal beside its field; return those that concern the whole act."""
    on_top = []
    for refusal in found:
        if refusal.code == "invalid" and refusal.field:
            continue  # the bound form says it itself
        if refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal.message))
        else:
            on_top.append(refusal)
    return on_top


def as_version(value: Any) -> int:
    """The version a page was drawn from; one that cannot be is never current."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _unconfirmed(transition: Any) -> Refusal:
    message = _("Tick the box that confirms “%(act)s”, then send it again.")
    return Refusal("not_confirmed", message % {"act": transition.label})
