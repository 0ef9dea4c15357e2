"""Reconsideration and lawsuits against a decision, level by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

from .decision import Decision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Challenges by whether they are over."""

    def open(self) -> ChallengeQuerySet:
        """Those whose outcome is out or not in effect yet: the decision may still fall."""
        return self.filter(effective_on=None)


class Challenge(models.Model):
    """One level of 复议 or 诉讼 against a decision; the next level hangs on it (``previous``).

    It is open until its outcome takes effect (``effective_on``): so long nothing is published and
    no surcharge counts. ``parts`` is what a change in part does to the penalties of the decision,
    as ``workflow.services.changed_decision`` reads it. ``notified_on`` and ``received_on``: when
    the bureau got the copy of the application, and the outcome; ``served_on``: when the party did.
    """

    class Kind(models.TextChoices):
        REVIEW = "reconsideration", _("Administrative reconsideration")
        LAWSUIT = "lawsuit", _("Lawsuit, first instance")
        APPEAL = "appeal", _("Appeal, second instance")
        RETRIAL = "retrial", _("Retrial")

    class Outcome(models.TextChoices):
        PENDING = "", _("Pending")
        UPHELD = "upheld", _("Decision upheld")
        CHANGED = "changed", _("Decision changed")
        PARTLY = "partly", _("Revoked in part")
        REVOKED = "revoked", _("Decision revoked")
        REDO = "redo", _("Revoked, to be decided anew")
        UNLAWFUL = "unlawful", _("Held unlawful, not revoked")
        VOID = "void", _("Held void")
        DISMISSED = "dismissed", _("Dismissed")
        SETTLED = "settled", _("Mediated or settled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMANDED = "remanded", _("Sent back to the first instance")

    class Instrument(models.TextChoices):
        """What the outcome is written in; a judgment and a ruling are appealed in other times."""

        DECISION = "decision", _("Reconsideration decision")
        JUDGMENT = "judgment", _("Judgment")
        RULING = "ruling", _("Ruling")
        MEDIATION = "mediation", _("Mediation document")
        OTHER = "other", _("Another document")

    #: The decision falls as a whole; the case can be reopened.
    REVOKING = frozenset({Outcome.REVOKED, Outcome.REDO, Outcome.VOID})
    #: The decision stands with other penalties, by ``parts``.
    CHANGING = frozenset({Outcome.CHANGED, Outcome.PARTLY})
    #: What was published comes down (PUB art. 11, APL art. 48).
    OVERTURNED = REVOKING | CHANGING | {Outcome.UNLAWFUL}
    #: The level leaves what the one before it said.
    LEAVING = frozenset({Outcome.UPHELD, Outcome.DISMISSED, Outcome.WITHDRAWN})

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="challenges")
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="next"
    )
    kind = models.CharField(_("level of the challenge"), max_length=16, choices=Kind.choices)
    body = models.CharField(_("before whom"), max_length=100)
    file_number = models.CharField(_("file number"), max_length=80, blank=True)
    filed_on = models.DateField(_("filed on"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    notified_on = models.DateField(_("copy received on"), null=True, blank=True)
    enforcement_suspended = models.BooleanField(_("enforcement suspended"), default=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=Outcome.PENDING
    )
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)
    instrument = models.CharField(
        _("written in"), max_length=10, choices=Instrument.choices, blank=True
    )
    document_number = models.CharField(_("number of the document"), max_length=80, blank=True)
    document = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    served_on = models.DateField(_("received by the party on"), null=True, blank=True)
    received_on = models.DateField(_("received by the bureau on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect since"), null=True, blank=True)
    parts = models.JSONField(default=list, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["filed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="challenge_outcome_says_when",
                condition=Q(outcome="") | Q(outcome_on__isnull=False),
            ),
            models.CheckConstraint(
                name="challenge_in_effect_has_outcome",
                condition=Q(effective_on=None) | ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="challenge_higher_level_hangs_on_another",
                condition=Q(kind__in=["reconsideration", "lawsuit"]) | Q(previous__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.filed_on}"

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]

    @property
    def is_open(self) -> bool:
        return self.effective_on is None

    @property
    def awaits_effect(self) -> bool:
        """The outcome is out, and may still be appealed against."""
        return bool(self.outcome) and self.is_open and self.outcome != self.Outcome.REMANDED


@dataclass(frozen=True, slots=True)
class Level:
    """What the law says of one level.

    ``after``: the levels it may hang on, "" for none. ``is_final``: its outcome takes effect by
    itself; else only once nobody appealed in time, except by the outcomes in ``at_once``.
    ``windows``: limits of the clocks that run from its outcome, by what it is written in ("" for
    anything) and whose right it is; ``no_window``: outcomes after which none runs.
    """

    after: frozenset[str]
    outcomes: frozenset[str]
    law: StrOrPromise
    is_final: bool
    suspends_by: StrOrPromise
    windows: Mapping[str, Mapping[str, str]]
    no_window: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()


_O, _K = Challenge.Outcome, Challenge.Kind
_ALL = frozenset(_O) - {_O.PENDING}
_REVIEW_LAW = _("Administrative Reconsideration Law art. 42")
_SUIT_LAW = _("Administrative Litigation Law art. 56")
_ENDED_TOGETHER = frozenset({_O.SETTLED, _O.WITHDRAWN})

#: 复议 → 一审 → 二审 → 再审. The lengths of the windows are rules of the clocks (J1…J5).
LEVELS: dict[str, Level] = {
    _K.REVIEW: Level(
        after=frozenset({""}), outcomes=_ALL - {_O.REMANDED}, is_final=True,
        law=_("Administrative Reconsideration Law arts. 20, 63-73"), suspends_by=_REVIEW_LAW,
        windows={"": {"party": "J1"}}, no_window=_ENDED_TOGETHER,
    ),
    _K.LAWSUIT: Level(
        after=frozenset({"", _K.REVIEW, _K.APPEAL, _K.RETRIAL}), outcomes=_ALL - {_O.REMANDED},
        is_final=False, law=_("Administrative Litigation Law arts. 45-46, 69-79"),
        suspends_by=_SUIT_LAW, no_window=_ENDED_TOGETHER, at_once=_ENDED_TOGETHER,
        windows={"": {"party": "J2", "bureau": "J4"}, "ruling": {"party": "J3", "bureau": "J5"}},
    ),
    _K.APPEAL: Level(
        after=frozenset({_K.LAWSUIT}), outcomes=_ALL, is_final=True,
        law=_("Administrative Litigation Law arts. 85-89"), suspends_by=_SUIT_LAW, windows={},
    ),
    _K.RETRIAL: Level(
        after=frozenset({_K.LAWSUIT, _K.APPEAL}), outcomes=_ALL, is_final=True,
        law=_("Administrative Litigation Law arts. 90-93"), suspends_by=_SUIT_LAW, windows={},
    ),
}  # fmt: skip


def follows(kind: str, previous: Challenge | None) -> bool:
    """Whether a level may hang on another one as that stands.

    A lawsuit follows a reconsideration that is over, or a court that sent it back; an appeal a
    first instance not in effect; a retrial one in effect.
    """
    if previous is None:
        return "" in LEVELS[kind].after
    if previous.kind not in LEVELS[kind].after or not previous.outcome:
        return False
    if kind == _K.APPEAL:
        return previous.awaits_effect
    if kind == _K.LAWSUIT and previous.kind != _K.REVIEW:
        return previous.outcome == _O.REMANDED
    return not previous.is_open and previous.outcome != _O.REMANDED


def window_code(challenge: Challenge, whose: str) -> str:
    """The limit within which ``whose`` ("party" or "bureau") next step lies; "" for none."""
    level = challenge.level
    if not challenge.outcome or challenge.outcome in level.no_window:
        return ""
    ways = level.windows.get(challenge.instrument) or level.windows.get("", {})
    return ways.get(whose, "")


def window_starts(challenge: Challenge) -> dict[str, date]:
    """Code of each limit that runs from the outcome, with the day it runs from."""
    days: dict[str, Any] = {"party": challenge.served_on, "bureau": challenge.received_on}
    found = {window_code(challenge, whose): day for whose, day in days.items() if day}
    return {code: day for code, day in found.items() if code}
