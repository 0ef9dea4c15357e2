"""Handover of files: first what would change, then those that can go."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext

from accounts.access import may
from workflow.forms.handover import HandoverForm
from workflow.selectors.handover import files_to_hand_over
from workflow.services.handover import HandedOver, Handover, hand_over_files
from workflow.views.tops import TopPage


class HandoverPage(TopPage):
    """Without scripts: choose the people, look at the files, show what changes, hand over."""

    template_name = "workflow/lists/handover.html"
    http_method_names = ["get", "head", "options", "post"]
    page_title = gettext_lazy("Handover")
    header_icon = "resubmit"
    form: HandoverForm

    def may_open(self) -> bool:
        return may(self.user, "assign_handlers")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = HandoverForm(None, subject=None, actor=self.user)
        return self.shown([], [])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = HandoverForm(request.POST, subject=None, actor=self.user)
        if not self.form.is_valid():
            return self.shown([], [], status=422)
        data = self.form.cleaned_data
        files = files_to_hand_over(self.user, data["giver"])
        chosen = self.chosen(files)
        apply = request.POST.get("do") == "apply"
        outcomes = hand_over_files(chosen, Handover(**data), actor=self.user, apply=apply)
        moved = sum(not outcome.refusals for outcome in outcomes)
        if apply and moved and moved == len(outcomes):
            self.say(moved)
            return redirect("workflow_handover")
        if apply and moved:
            self.say(moved)
        return self.shown(files, outcomes)

    def chosen(self, files: list[Any]) -> list[Any]:
        """The files ticked; all of them before anything was ticked."""
        if "do" not in self.request.POST or "all" in self.request.POST:
            return files
        named = set(self.request.POST.getlist("file"))
        return [record for record in files if f"{record.machine}-{record.pk}" in named]

    def say(self, moved: int) -> None:
        said = ngettext("%(n)d file handed over.", "%(n)d files handed over.", moved)
        messages.success(self.request, said % {"n": moved})

    def shown(
        self, files: list[Any], outcomes: list[HandedOver], status: int = 200
    ) -> HttpResponse:
        by_record = {(o.record.machine, o.record.pk): o for o in outcomes}
        lines = [(record, by_record.get((record.machine, record.pk))) for record in files]
        context = self.get_context_data(
            form=self.form, lines=lines, looked=self.request.method == "POST" and status == 200,
            can=sum(not outcome.refusals for outcome in outcomes),
            cannot=sum(bool(outcome.refusals) for outcome in outcomes),
        )  # fmt: skip
        return self.render_to_response(context, status=status)
