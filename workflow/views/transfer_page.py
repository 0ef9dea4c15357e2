"""The page of a transfer, and proposing one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from workflow.forms.side import TransferForm
from workflow.models import Transfer
from workflow.selectors.campaigns import Crime, crimes_of
from workflow.services.side import propose_transfer
from workflow.views.acts import ActPage
from workflow.views.record_page import TabbedPage


class TransferPage(TabbedPage):
    """What is transferred to whom, how far it has come, and what may be done next."""

    template_name = "workflow/transfer.html"
    tabs = (
        ("overview", _("Overview")),
        ("deadlines", _("Limits")),
        ("timeline", _("Timeline")),
    )

    def overview(self) -> dict[str, Any]:
        return {
            "team": list(self.record.team.all()),
            "transferred_parties": list(self.record.parties.select_related("party")),
            **self.made_documents(),
        }


class ProposeTransfer(ActPage):
    page_title = _("Propose a transfer")
    form_class = TransferForm
    permission = "propose_transfer"
    sentence = _("The head of the bureau decides on the proposal within 3 days.")
    law = _("Transfer Regulation arts. 3, 5; Administrative Penalty Law art. 27")
    tab = "transfers"

    def initial(self) -> dict[str, Any]:
        record = self.record
        kind = self.request.GET.get("kind", "")
        return {
            "kind": kind if kind in Transfer.Kind.values else "",
            "facts": record.facts if record.machine == "case" else record.content,
        }

    @cached_property
    def crimes(self) -> list[Crime]:
        return crimes_of(self.record.category)

    def facts(self) -> Sequence[tuple[Any, Any]]:
        """The gate of the category: each crime with its threshold."""
        if not self.crimes:
            return ()
        head = (_("Crime gate"), self.record.category)
        return [head, *((f"{c.article} {c.name}", c.threshold or "—") for c in self.crimes)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        articles = [(crime.article, crime.name) for crime in self.crimes]
        return super().get_context_data(articles=articles, **kwargs)

    def act(self, data: dict[str, Any], rows: Any) -> None:
        whole = data.pop("extent") == "whole"
        part = "" if whole else data.pop("part")
        data.pop("part", None)
        self.transfer = propose_transfer(
            self.record, actor=self.user, whole=whole, part=part, **data
        )

    def after(self) -> HttpResponse:
        messages.success(
            self.request,
            gettext("%(number)s is proposed and waits for approval.")
            % {"number": self.transfer.number},
        )
        return redirect(reverse("workflow_transfer:inspect", args=[self.transfer.pk]))
