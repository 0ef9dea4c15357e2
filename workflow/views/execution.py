"""Reminders, the court and surcharges: acts on one issued decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts import clock
from workflow.forms.execution import CourtForm, CourtOutcomeForm, ReminderForm, SurchargeForm
from workflow.guards.execution import Account
from workflow.models import CourtApplication, Decision, Penalty
from workflow.selectors.case_page import get_decision, get_penalty
from workflow.selectors.execution import get_court_application
from workflow.services import execution
from workflow.templatetags.casework import yuan
from workflow.views.acts import ActPage


class DecisionAct(ActPage):
    """An act on one decision, beside what of it is owed."""

    arguments = {"decision": Decision}
    tab = "execution"

    def subject(self) -> Decision:
        return get_decision(self.record, self.kwargs["decision"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        account = Account(self.about)
        return [
            (_("Party"), self.about.case_party),
            (_("Decision"), self.about.number),
            (_("Fine owed"), yuan(account.owed)),
            (_("Surcharge today"), yuan(account.surcharge(clock.today()))),
        ]


class RemindParty(DecisionAct):
    page_title = _("Remind the party")
    form_class = ReminderForm
    permission = "serve_documents"
    sentence = _("The reminder gets its number; the party has ten working days once served.")
    law = _("Administrative Coercion Law arts. 54, 69")
    done = _("The reminder is kept.")

    def initial(self) -> dict[str, Any]:
        return {"receiver": self.about.case_party.party.name}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        served_at = data.pop("acted_at")
        execution.remind(self.about, actor=self.user, served_at=served_at, **data)


class ApplyToCourt(DecisionAct):
    page_title = _("Ask the court for enforcement")
    form_class = CourtForm
    permission = "propose_case_act"
    sentence = _("The application gets its number, with what is owed on its day.")
    law = _("Administrative Coercion Law arts. 53-55")
    done = _("The application is kept.")

    def initial(self) -> dict[str, Any]:
        return {"applied_on": clock.today()}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        execution.apply_to_court(self.about, actor=self.user, **data)


class CourtOutcome(ActPage):
    page_title = _("Record what the court said")
    form_class = CourtOutcomeForm
    permission = "propose_case_act"
    arguments = {"application": CourtApplication}
    sentence = _("That the court ended the enforcement is a ground to close the case.")
    law = _("Administrative Coercion Law arts. 56-58")
    done = _("The outcome is kept.")
    tab = "execution"

    def subject(self) -> CourtApplication:
        return get_court_application(self.record, self.kwargs["application"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Court"), self.about.court), (_("Application"), self.about.number)]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        execution.record_court_outcome(self.about, actor=self.user, **data)


class RecordSurcharge(DecisionAct):
    page_title = _("Record a surcharge paid")
    form_class = SurchargeForm
    permission = "record_payment"
    arguments = {"penalty": Penalty}
    sentence = _("Kept apart from what is paid of the fine.")
    law = _("Administrative Penalty Law art. 72")
    done = _("The payment is kept.")

    def subject(self) -> Any:
        return get_penalty(self.record, self.kwargs["penalty"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        account = Account(self.about.decision)
        return [
            (_("Decision"), self.about.decision.number),
            (_("Surcharge today"), yuan(account.surcharge(clock.today()))),
            (_("Surcharge paid"), yuan(account.surcharge_paid)),
        ]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        execution.record_surcharge(
            self.about, actor=self.user, amount_fen=data["amount"], paid_on=data["paid_on"],
            voucher=data["voucher"],
        )  # fmt: skip
