"""A remark on a lead or case, and a party split into a case of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from workflow.forms.registry import RemarkForm, SplitForm
from workflow.services.remarks import add_remark
from workflow.services.splitting import split_party
from workflow.views.acts import ActPage
from workflow.views.parties import PartyAct


class AddRemark(ActPage):
    page_title = _("Write a remark")
    form_class = RemarkForm
    permission = "write_remark"
    sentence = _("It stands in the file with your name and cannot be changed. It is never public.")
    done = _("The remark is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        add_remark(self.record, actor=self.user, text=data["text"])


class SplitParty(PartyAct):
    page_title = _("Split into a case of its own")
    form_class = SplitForm
    permission = "split_case"
    sentence = _(
        "A new case with its own number begins at investigation, with facts, handlers and evidence "
        "of this one. Its limits go on from the original day of filing. What waits for signature "
        "here becomes void."
    )
    done = _("The party has a case of its own.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        self.new = split_party(self.about, actor=self.user, **data)

    def after(self) -> HttpResponse:
        messages.success(self.request, str(self.done))
        return redirect("workflow_case:inspect", self.new.pk)
