"""The decision is complete, follows the notice, and is served; closing and archiving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.execution import Account
from workflow.guards.file import PartyFile, case_file
from workflow.guards.links import case_link
from workflow.guards.police import police_gave_back
from workflow.models import Case, CourtApplication, Decision, Notice, Penalty
from workflow.plugin import Attempt, Refusal, guard
from workflow.states import CaseState

APL_45 = gettext_lazy("Administrative Penalty Law art. 45")
APL_59 = gettext_lazy("Administrative Penalty Law art. 59")
APL_61 = gettext_lazy("Administrative Penalty Law art. 61")
PROCEDURE_77 = gettext_lazy("Procedure Rules art. 77")
_LABELS = {field.name: field.verbose_name for field in Decision._meta.fields}
REQUIRED = ("party_identity", "facts", "basis", "remedies", "authority")


@guard(reads="record", law=APL_59)
def every_decision_is_complete(attempt: Attempt) -> Iterator[Refusal]:
    """Party, facts and evidence, kinds and basis, way and deadline, remedies, authority."""
    for party in case_file(attempt).open_parties:
        decision = party.decision
        if decision is None or decision.status != Decision.Status.DRAFT:
            yield _about(attempt, "decision_missing", _("%(party)s: no draft decision."), party)
            continue
        required = [*REQUIRED, *(["performance"] if decision.kind == "penalty" else ["education"])]
        missing = [name for name in required if not getattr(decision, name).strip()]
        if missing:
            labels = [str(_LABELS[name]) for name in missing]
            message = _("%(party)s: the decision lacks: %(missing)s.")
            yield _about(attempt, "decision_incomplete", message, party, missing="、".join(labels))
        if decision.kind == "penalty" and not list(decision.penalties.all()):
            message = _("%(party)s: the decision names no penalty.")
            yield _about(attempt, "penalty_missing", message, party)


@guard(reads="record", law=APL_45)
def no_decision_is_heavier_than_its_notice(attempt: Attempt) -> Iterator[Refusal]:
    """What was not told is not imposed; a heavier penalty needs a new notice first."""
    for party in case_file(attempt).open_parties:
        decision = party.decision
        if decision is None or decision.kind != "penalty":
            continue
        if kinds := heavier_kinds(party.notice, decision):
            message = _("%(party)s: heavier than the notice (%(kinds)s); give a new notice first.")
            yield _about(attempt, "heavier", message, party, kinds=kinds)


def heavier_kinds(notice: Notice | None, decision: Decision) -> str:
    """The kinds of penalty that weigh more than the notice told, by name; "" for none."""
    told = _weights(list(notice.penalties.all()) if notice else [])
    imposed = _weights(list(decision.penalties.all()))
    heavier = [k for k, amount in imposed.items() if k not in told or amount > told[k]]
    return "、".join(str(Penalty.Kind(kind).label) for kind in heavier)


def _weights(penalties: list[Penalty]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for penalty in penalties:
        weights[penalty.kind] += penalty.amount_fen or 0
    return weights


@guard(reads="record", law=APL_61)
def every_decision_is_served(attempt: Attempt) -> Iterator[Refusal]:
    for party in case_file(attempt).open_parties:
        decision = party.decision
        if decision is not None and decision.changed_by_id:
            continue  # others changed and served it; the one it changed was served before
        if decision is None or not list(decision.services.all()):
            message = _("%(party)s: the service of the decision is not recorded.")
            yield _about(attempt, "decision_not_served", message, party)
            continue
        served_on = min(timezone.localdate(row.served_at) for row in decision.services.all())
        if timezone.localdate(attempt.acted_at) < served_on:
            message = _(
                "%(party)s: the decision was served on %(day)s; this act cannot lie before."
            )
            day = date_format(served_on, "DATE_FORMAT")
            yield _about(attempt, "before_service", message, party, day=day)


@guard(reads="data", law=PROCEDURE_77)
def ground_of_closure_holds(attempt: Attempt) -> Iterator[Refusal]:
    """The chosen ground is true of this file."""
    ground = (attempt.data or {}).get("ground")
    state = attempt.record.state
    if ground == Case.ClosureGround.PERFORMED:
        yield from _not_performed(attempt)
    elif ground == Case.ClosureGround.COURT_ENDED:
        yield from _not_ended_by_court(attempt)
    elif ground == Case.ClosureGround.TERMINATED and state != "terminated":
        message = _("The investigation was not terminated.")
        yield Refusal("not_terminated", message, field="ground")
    elif ground == Case.ClosureGround.NO_PENALTY and state not in {"transferred", "terminated"}:
        for party in case_file(attempt).open_parties:
            if party.decision is None or party.decision.kind != "no_penalty":
                message = _("%(party)s: was punished or not decided; choose another ground.")
                yield _about(attempt, "was_punished", message, party, field="ground")


def _not_performed(attempt: Attempt) -> Iterator[Refusal]:
    if attempt.record.state != CaseState.ENFORCING:
        message = _("Nothing was enforced in this case; choose another ground.")
        yield Refusal("not_enforced", message, field="ground")
    for party in case_file(attempt).open_parties:
        if open_penalties(party):
            message = _("%(party)s: not everything was performed.")
            yield _about(attempt, "not_performed", message, party, field="ground")


def _not_ended_by_court(attempt: Attempt) -> Iterator[Refusal]:
    """What the court ended for one party ends nothing for another: each is done with by itself."""
    ended = _ended_by_court(attempt.record)
    open_parties = case_file(attempt).open_parties
    done = {p.row.pk for p in open_parties if p.decision and ended & _rounds(p)}
    if not done:
        message = _("No court has ended the enforcement; record what it said.")
        link = case_link(attempt.record.pk, "parties")
        yield Refusal("court_not_ended", message, link=link, field="ground")
        return
    for party in open_parties:
        if party.row.pk not in done and open_penalties(party):
            message = _("%(party)s: neither performed in full nor ended by the court.")
            yield _about(attempt, "not_performed", message, party, field="ground")


def _ended_by_court(case: Case) -> set[int]:
    """Decisions of which the last application to the court says that enforcement is ended."""
    asked = CourtApplication.objects.filter(decision__case_party__case=case).order_by("pk")
    last = dict(asked.values_list("decision_id", "outcome"))
    return {pk for pk, outcome in last.items() if outcome == CourtApplication.Outcome.ENDED}


def _rounds(party: PartyFile) -> set[int]:
    """The standing decision of a party and those it came from by a change in part."""
    return {row.pk for row in Account(party.decision).rounds} if party.decision else set()


def open_penalties(party: PartyFile) -> list[Penalty]:
    """Penalties of the issued decision that are not performed or not fully paid."""
    return open_penalties_of(party.decision) if party.decision else []


def open_penalties_of(decision: Decision) -> list[Penalty]:
    """The same of one decision; nothing is open of one that was revoked."""
    if decision.status == Decision.Status.REVOKED:
        return []
    return [
        penalty
        for penalty in decision.penalties.all()
        if penalty.performed_on is None
        and sum(p.amount_fen for p in penalty.payments.all() if not p.for_surcharge)
        < (penalty.amount_fen or 1)
    ]


@guard(reads="record")
def no_challenge_is_pending(attempt: Attempt) -> Iterator[Refusal]:
    """A file is not archived while somebody may still overturn what it decided."""
    for party in case_file(attempt).parties:
        if any(c.is_open for row in party.row.decisions.all() for c in row.challenges.all()):
            message = _("%(party)s: a reconsideration or lawsuit is pending.")
            yield _about(attempt, "challenge_pending", message, party)


@guard(reads="record", law=gettext_lazy("Administrative Penalty Law art. 48"))
def a_decision_was_overturned(attempt: Attempt) -> Refusal | None:
    """A case opens again only for a party left without a decision: revoked, to be made anew.

    A decision changed in part has its next round already and stands. What somebody else had and
    gives back is for the bureau again: the whole case, or a party of it (移送规定 arts. 10, 13).
    """
    if police_gave_back(attempt):
        return None
    fell = (Decision.Status.CHANGED, Decision.Status.REVOKED)
    for party in case_file(attempt).parties:
        if party.decision is not None and party.decision.status in fell:
            return None
    message = _("No decision of this case was revoked; a change in part stands without it.")
    return Refusal("not_overturned", message, link=case_link(attempt.record.pk, "parties"))


def _about(
    attempt: Attempt, code: str, message: str, party: PartyFile, *, field: str = "", **more: object
) -> Refusal:
    return Refusal(
        code,
        message % {"party": party.name, **more},
        link=case_link(attempt.record.pk, "parties"),
        field=field,
    )
