"""When a penalty may be decided on the spot. 行政处罚法 arts. 51-52, 68-69."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.citations import citation_refusals
from workflow.guards.decision import open_penalties
from workflow.guards.file import case_file
from workflow.guards.links import case_link
from workflow.guards.ranges import yuan
from workflow.models import Penalty
from workflow.models.threshold import threshold
from workflow.plugin import Attempt, Refusal, guard

APL_51 = gettext_lazy("Administrative Penalty Law art. 51")
APL_52 = gettext_lazy("Administrative Penalty Law art. 52")
APL_68 = gettext_lazy("Administrative Penalty Law arts. 68-70")
APL_71 = gettext_lazy("Administrative Penalty Law art. 71")


@guard(reads="record", law=APL_51)
def one_party_is_punished(attempt: Attempt) -> Refusal | None:
    """Every decision on the spot is about one party."""
    if len(case_file(attempt).open_parties) == 1:
        return None
    message = _("A decision on the spot is about exactly one party.")
    return Refusal("one_party", message, link=case_link(attempt.record.pk, "parties"))


@guard(reads="data", law=APL_51)
def fine_is_small(attempt: Attempt) -> Refusal | None:
    """A warning, or a fine up to the threshold of the day for a person or an entity."""
    data = attempt.data or {}
    amount, parties = data.get("amount_fen"), case_file(attempt).open_parties
    if data.get("kind") != Penalty.Kind.FINE or not amount or not parties:
        return None
    most = spot_limit(parties[0].row.party.is_person, timezone.localdate(attempt.acted_at))
    if most is not None and amount <= most:
        return None
    message = _("On the spot at most %(most)s yuan: turn to the ordinary procedure.")
    said = yuan(most) if most is not None else "—"
    return Refusal("too_high", message % {"most": said}, field="amount_fen")


def spot_limit(is_person: bool, on: date) -> int | None:
    """The highest fine on the spot, in fen; None where no threshold covers the day."""
    return threshold("spot_person" if is_person else "spot_entity", on)


@guard(reads="data", law=APL_68)
def cash_may_be_taken(attempt: Attempt) -> Iterator[Refusal]:
    """Officers take a fine only where it is small, hard to enforce later, or the place remote."""
    data = attempt.data or {}
    how, amount = data.get("collected"), data.get("amount_fen") or 0
    if not how:
        return
    if data.get("kind") != Penalty.Kind.FINE:
        yield Refusal("nothing_to_take", _("Only a fine is taken."), field="collected")
    most = threshold("spot_cash", timezone.localdate(attempt.acted_at))
    if how == "small" and (most is None or amount > most):
        message = _("A small fine is one up to %(most)s yuan; choose another ground.")
        said = yuan(most) if most is not None else "—"
        yield Refusal("not_small", message % {"most": said}, field="collected")
    if how != "small" and not data.get("collected_reason"):
        yield Refusal("why_taken", _("Say why it was taken."), field="collected_reason")
    if not data.get("receipt"):
        message = _("The receipt of the province's or the country's finance office has a number.")
        yield Refusal("receipt", message, field="receipt")


@guard(reads="data", law=APL_51)
def spot_articles_apply(attempt: Attempt) -> Iterator[Refusal]:
    """What the decision cites is the law on the day that counts."""
    data, on = attempt.data or {}, timezone.localdate(attempt.acted_at)
    for name, role in (("breached", "breached"), ("basis", "penalty")):
        if data.get(name):
            cited = [(data[name], role)]
            yield from citation_refusals(attempt.record, cited, on=on, field=name)


@guard(reads="record", law=APL_71)
def fine_is_paid(attempt: Attempt) -> Iterator[Refusal]:
    """Carried out; and what officers took came to the bureau."""
    link = case_link(attempt.record.pk, "parties")
    for party in case_file(attempt).open_parties:
        if open_penalties(party):
            message = _("%(party)s: not everything was performed.")
            yield Refusal("not_performed", message % {"party": party.name}, link=link)
    spot = getattr(attempt.record, "on_the_spot", None)
    if spot is not None and spot.collected and spot.handed_in_on is None:
        message = _("The fine that was taken is not handed in yet.")
        yield Refusal("not_handed_in", message, link=link)
