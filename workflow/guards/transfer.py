"""Before a file leaves the bureau."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.links import case_link
from workflow.models import CaseParty, Transfer
from workflow.plugin import Attempt, Refusal, guard
from workflow.states import BEFORE_DECISION, TransferState

TR_5 = gettext_lazy("Transfer Regulation art. 5")
TR_6 = gettext_lazy("Transfer Regulation art. 6")
TR_9 = gettext_lazy("Transfer Regulation art. 9")
#: 移送规定 art. 6: what goes with a suspected crime.
CRIMINAL_MATERIALS = ("transfer_letter", "report", "goods_list", "test_report")


@guard(reads="record", law=TR_5)
def team_of_two(attempt: Attempt) -> Refusal | None:
    """A special team of at least two officers checks a suspected crime."""
    transfer = attempt.record
    if transfer.kind != Transfer.Kind.CRIMINAL or transfer.team.count() >= 2:
        return None
    message = _("Name a special team of at least two officers.")
    return Refusal("team", message, link=_link(transfer))


@guard(reads="record", law=TR_5)
def subject_can_leave(attempt: Attempt) -> Refusal | None:
    """A whole case leaves only from a state in which it is still ours to decide."""
    transfer = attempt.record
    if not moves_case(transfer) or transfer.case.state in BEFORE_DECISION:
        return None
    message = _("The case stands at “%(state)s” and cannot leave from there.")
    return Refusal(
        "case_cannot_leave",
        message % {"state": transfer.case.get_state_display()},
        link=_link(transfer),
    )


@guard(reads="data", law=TR_6)
def materials_are_complete(attempt: Attempt) -> Iterator[Refusal]:
    """A suspected crime goes with letter, report, list of goods and test reports."""
    if attempt.record.kind != Transfer.Kind.CRIMINAL:
        return
    given = set((attempt.data or {}).get("materials") or ())
    if missing := [code for code in CRIMINAL_MATERIALS if code not in given]:
        message = _("%(count)d of the required materials are missing.")
        yield Refusal("materials", message % {"count": len(missing)}, field="materials")


@guard(reads="record", law=TR_9)
def a_crime_is_suspected(attempt: Attempt) -> Refusal | None:
    """The procuratorate watches over the filing of crimes, of nothing else."""
    if attempt.record.kind == Transfer.Kind.CRIMINAL:
        return None
    return Refusal("no_crime", _("This transfer is not one of a suspected crime."))


@guard(reads="record", law=TR_5)
def no_other_takes_the_case(attempt: Attempt) -> Refusal | None:
    """A whole case is on its way to one receiver at a time."""
    transfer = attempt.record
    if transfer.state != TransferState.REFUSED or not moves_case(transfer):
        return None
    return another_takes(transfer)


def another_takes(transfer: Transfer) -> Refusal | None:
    """Refused while another transfer of the whole case is not at its end."""
    others = Transfer.objects.filter(case=transfer.case_id, kind__in=Transfer.TAKING, whole=True)
    if not others.filter(state__in=Transfer.UNDER_WAY).exclude(pk=transfer.pk).exists():
        return None
    message = _("Another transfer of the whole case is under way.")
    return Refusal("another_transfer", message, TR_5, _link(transfer))


def nobody_stays(transfer: Transfer, parties: Sequence[CaseParty]) -> Refusal | None:
    """Refused where a part to the police names every party that is still open: that is the whole.

    The others go on here; parties decided before keep their decisions and hold nothing up.
    """
    case = transfer.case if transfer.kind == Transfer.Kind.CRIMINAL else None
    if case is None or transfer.whole or not any(not row.outcome for row in parties):
        return None
    others = case.parties.standing().exclude(pk__in=[row.pk for row in parties])
    if any(not row.is_with_police for row in others.with_police()):
        return None
    message = _("No party would stay: transfer the whole case.")
    return Refusal("nobody_stays", message, TR_5, field="extent")


def moves_case(transfer: Transfer) -> bool:
    """Whether handing over takes the whole case out of the bureau."""
    whole = transfer.whole and transfer.kind in Transfer.TAKING
    return bool(whole and transfer.case_id)


def _link(transfer: Transfer) -> str:
    return case_link(transfer.case_id, "transfers") if transfer.case_id else ""
