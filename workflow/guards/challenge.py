"""What may be recorded of a reconsideration or lawsuit, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import today
from workflow.clocks.store import ask
from workflow.models import Challenge, Decision, Penalty
from workflow.models.challenge import LEVELS, follows, window_starts
from workflow.plugin import Refusal

NO_WORSE = gettext_lazy(
    "Administrative Reconsideration Law art. 63; Administrative Litigation Law art. 77"
)
ALL_73 = gettext_lazy("Administrative Litigation Law arts. 85, 90")


def filing_refusals(
    decision: Decision, previous: Challenge | None, *, kind: str, filed_on: date
) -> Iterator[Refusal]:
    """Why a level may not be recorded: nothing to challenge, one open already, wrong level."""
    if decision.decided_at is None:
        yield Refusal("not_issued", _("Only an issued decision can be challenged."))
        return
    if not follows(kind, previous):
        message = _("%(level)s does not follow here: %(why)s")
        values = {"level": Challenge.Kind(kind).label, "why": _expected(previous)}
        yield Refusal("wrong_level", message % values, LEVELS[kind].law, field="kind")
    rows = Challenge.objects.filter(decision__case_party=decision.case_party_id)
    if previous is None and rows.open().exists():
        message = _("A reconsideration or lawsuit of this party is open: record its next level.")
        yield Refusal("open_already", message, LEVELS[kind].law)
    if previous is not None and rows.filter(previous=previous).exists():
        yield Refusal("next_exists", _("The next level is recorded already."))
    earliest = previous.filed_on if previous else decision.decided_at
    yield from wrong_day("filed_on", filed_on, earliest)


def _expected(previous: Challenge | None) -> str:
    if previous is None:
        return _("it starts with a reconsideration or a first instance.")
    if not previous.outcome:
        return _("first record the outcome of the level before it.")
    if previous.is_open:
        return _("the judgment is not in effect, so an appeal is next.")
    return _("what the level before it said is in effect.")


def wrong_day(field: str, day: date | None, earliest: Any = None) -> Iterator[Refusal]:
    """A day lies neither ahead nor before what it follows."""
    if day is None:
        return
    if day > today():
        message = _("An act cannot lie in the future.")
        yield Refusal("in_the_future", message, field=field)
    first = date_of(earliest)
    if first is not None and day < first:
        message = _("Not before %(day)s.") % {"day": date_format(first)}
        yield Refusal("too_early", message, field=field)


def date_of(value: Any) -> date | None:
    """The day of a date or moment, in our time."""
    return timezone.localdate(value) if hasattr(value, "hour") else value


def outcome_refusals(challenge: Challenge, said: Mapping[str, Any]) -> Iterator[Refusal]:
    """Why an outcome may not be: not one of the level, wrong days, parts that do not fit it."""
    outcome, level = said["outcome"], challenge.level
    if challenge.outcome:
        yield Refusal("settled", _("The outcome is recorded already."))
    if outcome not in level.outcomes:
        message = _("That is no outcome of this level.")
        yield Refusal("no_such_outcome", message, level.law, field="outcome")
    yield from wrong_day("outcome_on", said["outcome_on"], challenge.filed_on)
    for name in ("served_on", "received_on"):
        yield from wrong_day(name, said.get(name), said["outcome_on"])
    yield from parts_refusals(challenge, outcome, said.get("parts") or [], said.get("note", ""))


def parts_refusals(
    challenge: Challenge, outcome: str, parts: Sequence[Mapping[str, Any]], note: str
) -> Iterator[Refusal]:
    """A change names what it changes; a partial one leaves something; none is made heavier."""
    may = outcome in Challenge.CHANGING or outcome == Challenge.Outcome.SETTLED
    if parts and not may:
        message = _("With this outcome no part of the decision is changed.")
        yield Refusal("parts_unfit", message, field="outcome")
    if not parts and outcome in Challenge.CHANGING:
        message = _("Say which penalty was changed or revoked, and to what amount.")
        yield Refusal("parts_missing", message, field="outcome")
    rows = {penalty.pk: penalty for penalty in challenge.decision.penalties.all()}
    struck = [part for part in parts if part.get("struck")]
    if parts and len(struck) == len(rows) and not any(part.get("kind") for part in parts):
        message = _("Nothing would be left: then the decision is revoked as a whole.")
        yield Refusal("nothing_left", message, field="outcome")
    if outcome == Challenge.Outcome.PARTLY and parts and not struck:
        message = _("Revoked in part: say which penalty was revoked.")
        yield Refusal("nothing_struck", message, field="outcome")
    for part in parts:
        penalty, amount = rows.get(part.get("penalty") or 0), part.get("amount_fen")
        if penalty and amount and amount > (penalty.amount_fen or 0) and not note.strip():
            message = _("Heavier than before: only where another interested person asked for it; "
                        "say so in the note.")  # fmt: skip
            yield Refusal("heavier", message, NO_WORSE, field=f"amount_{penalty.pk}")
        if amount is None and part.get("kind") in Penalty.WITH_AMOUNT:
            message = _("This penalty needs its amount.")
            yield Refusal("amount_missing", message, field="added_amount")


def effect_refusals(challenge: Challenge, effective_on: date) -> Iterator[Refusal]:
    """A first instance takes effect once nobody appealed in the time to appeal."""
    if not challenge.awaits_effect:
        yield Refusal("not_awaited", _("There is no outcome that waits to take effect."))
        return
    if Challenge.objects.filter(previous=challenge).exists():
        message = _("It was appealed against: it takes effect with the outcome of the appeal.")
        yield Refusal("appealed", message, ALL_73)
        return
    yield from wrong_day("effective_on", effective_on, challenge.outcome_on)
    last = appeal_until(challenge)
    if last is not None and effective_on <= last:
        message = _("The time to appeal runs until %(day)s.") % {"day": date_format(last)}
        yield Refusal("window_open", message, ALL_73, field="effective_on")


def appeal_until(challenge: Challenge) -> date | None:
    """The last day on which somebody may still appeal; None when it runs from no day yet."""
    ends = [date_of(ask(code, day).due) for code, day in window_starts(challenge).items()]
    return max((day for day in ends if day is not None), default=None)
