"""Service of documents, payments, penalties carried out, joint discussions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from accounts import clock
from workflow.forms.service import PaymentForm, PerformedForm, ServiceForm
from workflow.forms.side import DiscussionForm
from workflow.guards.links import make_document_link
from workflow.models import Penalty
from workflow.selectors.case_page import get_penalty
from workflow.selectors.checked_service import RECEIPT
from workflow.selectors.made_documents import form_in_use
from workflow.services import case_file, side
from workflow.templatetags.casework import yuan
from workflow.views.acts import ActPage
from workflow.views.parties import PartyAct


class RecordService(PartyAct):
    page_title = _("Record a service")
    form_class = ServiceForm
    permission = "serve_documents"
    sentence = _("The party's windows and limits run from the day of service.")
    law = _("Administrative Penalty Law art. 61")
    done = _("The service is kept.")

    def initial(self) -> dict[str, Any]:
        return {"receiver": self.about.party.name, "place": self.about.party.address}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        served_at = data.pop("acted_at")
        case_file.record_service(self.about, actor=self.user, served_at=served_at, **data)
        self.is_proven = bool(data["proof"])

    def after(self) -> HttpResponse:
        """Back to the parties; without a proof with the way to the receipt of service."""
        if self.is_proven or not form_in_use(RECEIPT):
            return super().after()
        link = make_document_link("case", self.record.pk, RECEIPT, party=self.about.pk)
        said = gettext("The service is kept. A receipt of service belongs into the file.")
        button = messages.button(link, gettext("Make the receipt of service"))
        messages.success(self.request, said, buttons=[button])
        return redirect(self.back_url)


class PenaltyDone(ActPage):
    """An act on one penalty of an issued decision."""

    arguments = {"penalty": Penalty}
    permission = "record_payment"
    tab = "parties"
    law = _("Administrative Penalty Law arts. 66-72")

    def subject(self) -> Penalty:
        return get_penalty(self.record, self.kwargs["penalty"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        decision = self.about.decision
        lines = [
            (_("Party"), decision.case_party),
            (_("Decision"), decision.number),
            (_("Kind of penalty"), self.about.get_kind_display()),
        ]
        if self.about.amount_fen:
            lines.append((_("Amount"), yuan(self.about.amount_fen)))
        return lines


class RecordPayment(PenaltyDone):
    page_title = _("Record a payment")
    form_class = PaymentForm
    sentence = _("With the last payment the limit to pay ends.")
    done = _("The payment is kept.")

    def initial(self) -> dict[str, Any]:
        paid = sum(payment.amount_fen for payment in self.about.payments.all())
        return {"amount": (self.about.amount_fen or 0) - paid, "paid_on": clock.today()}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        case_file.record_payment(
            self.about, actor=self.user, amount_fen=data["amount"], paid_on=data["paid_on"],
            voucher=data["voucher"],
        )  # fmt: skip


class RecordPerformed(PenaltyDone):
    page_title = _("Record that it was carried out")
    form_class = PerformedForm
    sentence = _("For penalties that are not money.")
    done = _("It is kept that the penalty was carried out.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        case_file.record_performed(self.about, actor=self.user, performed_on=data["performed_on"])


class RecordDiscussion(ActPage):
    page_title = _("Record a joint discussion")
    form_class = DiscussionForm
    permission = "record_discussion"
    sentence = _("The leaders decide together on complex or major cases.")
    law = _("Administrative Penalty Law art. 57")
    done = _("The discussion is kept.")
    tab = "documents"

    def act(self, data: dict[str, Any], rows: Any) -> None:
        held_at = data.pop("acted_at")
        side.record_discussion(self.record, actor=self.user, held_at=held_at, **data)
