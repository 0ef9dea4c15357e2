"""Parties of a case and their papers: notice, answer, decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from accounts import clock
from workflow.forms.articles import named
from workflow.forms.decision import DecisionForm
from workflow.forms.notice import AnswerForm, NoticeForm
from workflow.forms.party import PartyForm
from workflow.forms.penalty import EMPTY_ROWS, PenaltyRows, rows_of
from workflow.forms.registry import RestoreForm, WithdrawForm
from workflow.guards.citations import days_that_count
from workflow.models import ArticleCitation, CaseParty, Decision, Notice
from workflow.selectors import drafts
from workflow.selectors.articles import choosable_articles
from workflow.selectors.case_page import get_notice, get_party
from workflow.services import answers, case_file
from workflow.services.parties import add_named_party
from workflow.services.party_withdrawal import restore_party, withdraw_party
from workflow.views.acts import ActPage


class AddParty(ActPage):
    page_title = _("Add a party")
    form_class = PartyForm
    permission = "investigate_case"
    sentence = _("From now on notice, decision and service are asked for this party too.")
    done = _("The party is in the case.")
    tab = "parties"

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        violation = data.pop("violation")
        add_named_party(self.record, actor=self.user, fields=data, violation=violation)


class PartyAct(ActPage):
    """An act on one party of the case."""

    arguments = {"party": CaseParty}
    tab = "parties"

    def subject(self) -> CaseParty:
        return get_party(self.record, self.kwargs["party"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        party = self.about.party
        return [
            (_("Party"), party.name),
            (_("Kind of party"), party.get_kind_display()),
            (_("Unified social credit code"), party.uscc),
        ]


class WithdrawParty(PartyAct):
    page_title = _("Take out: entered by mistake")
    form_class = WithdrawForm
    permission = "investigate_case"
    sentence = _(
        "The party stays in the file, marked as a mistake. Notice, decision and documents do not "
        "name it any more. What waits for signature here becomes void."
    )
    done = _("The party is taken out of the case.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        withdraw_party(self.about, actor=self.user, reason=data["reason"])


class RestoreParty(PartyAct):
    page_title = _("Put back into the case")
    form_class = RestoreForm
    permission = "investigate_case"
    sentence = _("From now on notice, decision and service are asked for this party too.")
    done = _("The party is in the case.")

    def act(self, data: dict[str, Any], rows: BaseFormSet[Any] | None) -> None:
        restore_party(self.about, actor=self.user, reason=data["reason"])


class PenaltyAct(PartyAct):
    """A paper that names penalties; ``content`` gives its text and those it names already."""

    rows_title = _("Penalties")

    def facts(self) -> Sequence[tuple[Any, Any]]:
        """Beside the party, what was imposed before on the articles the draft rests on."""
        return [*super().facts(), *drafts.past_amounts(self.record, self.content()[1])]

    def content(self) -> tuple[dict[str, Any], list[Any]]:
        raise NotImplementedError

    def initial(self) -> dict[str, Any]:
        return self.content()[0]

    def make_rows(self) -> BaseFormSet[Any]:
        days = days_that_count(self.record, ArticleCitation.Role.PENALTY, clock.today())
        more: dict[str, Any] = {"prefix": "penalty", "form_kwargs": {"days": days}}
        if self.request.method != "POST":
            return PenaltyRows(initial=rows_of(self.content()[1]), **more)
        data = self.request.POST.copy()
        shown = data.get("penalty-TOTAL_FORMS", "0")
        if "more" in data and shown.isdecimal() and len(shown) < 3:
            data["penalty-TOTAL_FORMS"] = str(int(shown) + EMPTY_ROWS)
        return PenaltyRows(data, **more)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        articles = [(named(row), row.heading) for row in choosable_articles(self.record)]
        return super().get_context_data(articles=articles, **kwargs)


class DraftNotice(PenaltyAct):
    page_title = _("Draft the notice")
    form_class = NoticeForm
    permission = "investigate_case"
    sentence = _("The draft is kept; it gets its number when the notification is signed.")
    law = _("Administrative Penalty Law arts. 44, 62-63")
    done = _("The draft notice is kept.")

    def content(self) -> tuple[dict[str, Any], list[Any]]:
        return drafts.notice_content(self.about)

    def act(self, data: dict[str, Any], rows: Any) -> None:
        case_file.draft_notice(self.about, actor=self.user, penalties=rows.penalties, **data)


class DraftDecision(PenaltyAct):
    page_title = _("Draft the decision")
    form_class = DecisionForm
    permission = "investigate_case"
    sentence = _("The draft is kept; it gets its number when the decision is signed.")
    law = _("Administrative Penalty Law arts. 57, 59")
    done = _("The draft decision is kept.")

    def content(self) -> tuple[dict[str, Any], list[Any]]:
        return drafts.decision_content(self.about)

    def act(self, data: dict[str, Any], rows: Any) -> None:
        penalties = rows.penalties if data["kind"] == Decision.Kind.PENALTY else []
        cited = data.pop("citations")
        case_file.draft_decision(
            self.about, actor=self.user, fields=data, penalties=penalties, citations=cited
        )


class RecordAnswer(ActPage):
    page_title = _("Record the answer")
    form_class = AnswerForm
    permission = "investigate_case"
    arguments = {"notice": Notice}
    sentence = _("What the party did after the notice was served. What is recorded stays.")
    law = _("Administrative Penalty Law arts. 44-45, 63-64")
    done = _("The answer is kept.")
    tab = "parties"

    def subject(self) -> Notice:
        return get_notice(self.record, self.kwargs["notice"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Party"), self.about.case_party), (_("Notice"), self.about.number)]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        answers.record_answer(self.about, actor=self.user, **data)
