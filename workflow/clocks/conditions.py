"""Questions a rule may ask before it starts a limit, by the name the rule gives them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from workflow.clocks.rule import ClockError
from workflow.models.case import Case
from workflow.models.decision import Decision, Penalty
from workflow.models.journal import JournalLine
from workflow.models.lead import Reporter
from workflow.models.measure import Measure
from workflow.models.transfer import Transfer
from workflow.states import TransferState

Condition = Callable[[JournalLine, int | None], bool]


def reporter_named(line: JournalLine, party_id: int | None) -> bool:
    """The lead has a reporter who gave a name and must be told the outcome."""
    named = Reporter.objects.filter(lead=line.lead).exclude(kind=Reporter.Kind.ANONYMOUS)
    return line.lead is not None and named.exists()


def fined(line: JournalLine, party_id: int | None) -> bool:
    """The party's decision in force imposes a fine."""
    fines = Penalty.objects.filter(kind=Penalty.Kind.FINE, decision__status=Decision.Status.ISSUED)
    if party_id is not None:
        return fines.filter(decision__case_party_id=party_id).exists()
    return fines.filter(decision__case_party__case=line.case).exists()


def criminal(line: JournalLine, party_id: int | None) -> bool:
    """The transfer is one of a suspected crime: only to these the transfer rule's limits apply."""
    transfers = Transfer.objects.filter(pk=line.record_id, kind=Transfer.Kind.CRIMINAL)
    return line.record_type == "workflow.transfer" and transfers.exists()


def criminal_refused(line: JournalLine, party_id: int | None) -> bool:
    """The police refused a criminal transfer for the first time, not after reconsideration."""
    return line.source != TransferState.RECONSIDERING and criminal(line, party_id)


def criminal_refused_again(line: JournalLine, party_id: int | None) -> bool:
    """The police upheld their refusal after reconsideration (移送规定 art. 9)."""
    return line.source == TransferState.RECONSIDERING and criminal(line, party_id)


def may_close(line: JournalLine, party_id: int | None) -> bool:
    """A condition of closure is met: terminated, or every penalty is performed or paid in full."""
    if line.act in ("case.terminate", "case.ready_to_close"):
        return True
    open_penalties = Penalty.objects.filter(
        decision__case_party__case=line.case,
        decision__status=Decision.Status.ISSUED,
        performed_on=None,
    ).annotate(
        paid=Coalesce(Sum("payments__amount_fen", filter=Q(payments__for_surcharge=False)), 0)
    )
    return not open_penalties.filter(paid__lt=Coalesce("amount_fen", 1)).exists()


def preserving(line: JournalLine, party_id: int | None) -> bool:
    """The measure preserves evidence: 7 working days (行政处罚法 art. 56)."""
    rows = Measure.objects.filter(pk=line.record_id, kind=Measure.Kind.PRESERVE)
    return line.record_type == "workflow.measure" and rows.exists()


def coercive(line: JournalLine, party_id: int | None) -> bool:
    """The measure seals or seizes: 30 days (行政强制法 art. 25)."""
    rows = Measure.objects.filter(pk=line.record_id).exclude(kind=Measure.Kind.PRESERVE)
    return line.record_type == "workflow.measure" and rows.exists()


def to_be_published(line: JournalLine, party_id: int | None) -> bool:
    """The party was punished by the ordinary procedure: such decisions are published (PUB 2)."""
    rows = Decision.objects.filter(case_party_id=party_id, kind=Decision.Kind.PENALTY)
    return rows.filter(case_party__case__procedure=Case.Procedure.ORDINARY).exists()


CONDITIONS: dict[str, Condition] = {
    "reporter_named": reporter_named,
    "fined": fined,
    "criminal": criminal,
    "criminal_refused": criminal_refused,
    "criminal_refused_again": criminal_refused_again,
    "may_close": may_close,
    "preserving": preserving,
    "coercive": coercive,
    "to_be_published": to_be_published,
}


def require(name: str) -> None:
    """Raise ClockError for the name of a condition that does not exist."""
    if name and not name.startswith("data:") and name not in CONDITIONS:
        raise ClockError(_("There is no condition “%(name)s”.") % {"name": name})


def holds(name: str, line: JournalLine, *, party_id: int | None) -> bool:
    """Whether the named condition holds; ``data:key`` asks the act's own data, "" always holds."""
    if not name:
        return True
    if name.startswith("data:"):
        return bool(line.data.get(name.removeprefix("data:")))
    return CONDITIONS[name](line, party_id)
