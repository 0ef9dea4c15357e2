"""Reconsideration and lawsuits: each level, its course, its outcome, and money given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts import clock
from workflow.forms.challenge import (
    ChallengeForm,
    CourseForm,
    EffectForm,
    RefundForm,
    SettleForm,
)
from workflow.guards.challenge import appeal_until
from workflow.guards.execution import Account
from workflow.models import Challenge, Decision
from workflow.selectors.case_page import get_challenge, get_decision
from workflow.services import challenges
from workflow.services.execution import record_refund
from workflow.templatetags.casework import yuan
from workflow.views.acts import ActPage


class FileChallenge(ActPage):
    page_title = _("Record a challenge")
    form_class = ChallengeForm
    permission = challenges.PERMISSION
    arguments = {"decision": Decision}
    sentence = _("While it is open nothing of the decision is published and no surcharge counts.")
    law = _("Administrative Penalty Law art. 73")
    done = _("The challenge is kept.")
    tab = "parties"

    def subject(self) -> Any:
        return get_decision(self.record, self.kwargs["decision"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [(_("Party"), self.about.case_party), (_("Decision"), self.about.number)]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        challenges.file_challenge(self.about, actor=self.user, **data)


class _OfChallenge(ActPage):
    """An act on one level."""

    arguments = {"challenge": Challenge}
    permission = challenges.PERMISSION
    tab = "parties"

    def subject(self) -> Challenge:
        return get_challenge(self.record, self.kwargs["challenge"])

    def facts(self) -> Sequence[tuple[Any, Any]]:
        challenge = self.about
        return [
            (_("Party"), challenge.decision.case_party),
            (_("Decision"), challenge.decision),
            (_("Level of the challenge"), challenge.get_kind_display()),
            (_("Before whom"), challenge.body),
            (_("Filed on"), date_format(challenge.filed_on)),
            (_("Outcome"), challenge.get_outcome_display()),
        ]


class NextLevel(_OfChallenge):
    page_title = _("Record the next level")
    form_class = ChallengeForm
    sentence = _("It hangs on the level before; until it is over nothing is published.")
    law = _("Administrative Litigation Law arts. 45, 85, 90")
    done = _("The challenge is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        challenges.file_challenge(self.about.decision, previous=self.about, actor=self.user, **data)


class AmendChallenge(_OfChallenge):
    page_title = _("Record its course")
    form_class = CourseForm
    sentence = _("With the day the copy came in, the time to answer runs.")
    law = _("Administrative Reconsideration Law art. 48; Administrative Litigation Law art. 67")
    done = _("The course is kept.")

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.about, name) for name in challenges.DETAILS}

    def act(self, data: dict[str, Any], rows: Any) -> None:
        challenges.amend_challenge(self.about, actor=self.user, **data)


class SettleChallenge(_OfChallenge):
    page_title = _("Record the outcome")
    form_class = SettleForm
    sentence = _(
        "Changed in part, the decision goes on with the new penalties; revoked, it falls and the "
        "case can be reopened. What was published of it comes down."
    )
    law = _("Administrative Penalty Law arts. 48, 73; Publication Provisions art. 11")
    done = _("The outcome is kept.")

    def act(self, data: dict[str, Any], rows: Any) -> None:
        challenges.settle_challenge(self.about, actor=self.user, **data)


class TakeEffect(_OfChallenge):
    page_title = _("Record that it is in effect")
    form_class = EffectForm
    sentence = _("The judgment works from that day; the decision becomes what it says.")
    law = _("Administrative Litigation Law art. 85")
    done = _("It is kept that the judgment is in effect.")

    def facts(self) -> Sequence[tuple[Any, Any]]:
        last = appeal_until(self.about)
        return [*super().facts(), (_("Time to appeal"), date_format(last) if last else "")]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        challenges.take_effect(self.about, actor=self.user, **data)


class RecordRefund(ActPage):
    page_title = _("Record money given back")
    form_class = RefundForm
    permission = "record_payment"
    arguments = {"decision": Decision}
    sentence = _("What came in above what is owed since the decision was changed or revoked.")
    law = _("Administrative Penalty Law art. 48")
    done = _("The refund is kept.")
    tab = "execution"

    def subject(self) -> Decision:
        return get_decision(self.record, self.kwargs["decision"])

    def initial(self) -> dict[str, Any]:
        return {
            "amount": Account(self.about).to_refund(clock.today()), "refunded_on": clock.today(),
        }  # fmt: skip

    def facts(self) -> Sequence[tuple[Any, Any]]:
        return [
            (_("Party"), self.about.case_party),
            (_("Decision"), self.about.number),
            (_("To be given back"), yuan(Account(self.about).to_refund(clock.today()))),
        ]

    def act(self, data: dict[str, Any], rows: Any) -> None:
        record_refund(
            self.about, actor=self.user, amount_fen=data["amount"],
            refunded_on=data["refunded_on"], voucher=data["voucher"],
        )  # fmt: skip


CHALLENGE_PAGES = (
    ("file_challenge", "<int:pk>/decisions/<int:decision>/challenge/", FileChallenge),
    ("next_level", "<int:pk>/challenges/<int:challenge>/next/", NextLevel),
    ("amend_challenge", "<int:pk>/challenges/<int:challenge>/course/", AmendChallenge),
    ("settle_challenge", "<int:pk>/challenges/<int:challenge>/outcome/", SettleChallenge),
    ("take_effect", "<int:pk>/challenges/<int:challenge>/effect/", TakeEffect),
    ("record_refund", "<int:pk>/decisions/<int:decision>/refund/", RecordRefund),
)
