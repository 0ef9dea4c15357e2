"""May this case be exposed at all? Asked at the nomination, at every step, and at the release."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publicity.exposures.models import Exposure
from publicity.exposures.people import minors_of
from workflow.api import Attempt, Case, Challenge, Decision, Refusal, Transfer, guard

APL_48 = gettext_lazy("Administrative Penalty Law art. 48")
APL_61 = gettext_lazy("Administrative Penalty Law art. 61")
APL_50 = gettext_lazy("Administrative Penalty Law art. 50")
PUB_2 = gettext_lazy("Publication Provisions art. 2")
PUB_11 = gettext_lazy("Publication Provisions art. 11")
MINORS = gettext_lazy("Law on the Protection of Minors art. 103")
TRANSFER = gettext_lazy("Transfer Regulation art. 5")

DECIDED = frozenset({"decided", "enforcing", "closed", "archived"})
WITH_POLICE = ("proposed", "approved", "handed_over", "receipted", "accepted", "reconsidering")


@guard(reads="record", law=APL_61)
def decision_is_served(attempt: Attempt) -> Iterator[Refusal]:
    """A typical case is exposed once every decision is served; a follow-up may run before."""
    case = attempt.record.case
    if not overturned(case):  # what fell is not waited for
        yield from unserved(case, attempt.record.kind)


@guard(reads="record", law=PUB_11)
def decision_stands(attempt: Attempt) -> Refusal | None:
    return overturned(attempt.record.case)


@guard(reads="record", law=PUB_11)
def nothing_is_contested(attempt: Attempt) -> Refusal | None:
    return contested(attempt.record.case)


@guard(reads="record", law=TRANSFER)
def police_agree(attempt: Attempt) -> Refusal | None:
    """What the police investigate is exposed with their agreement only."""
    typed = (attempt.data or {}).get("police_agreement", "")
    return with_police(attempt.record.case, attempt.record.police_agreement or typed)


@guard(reads="record", law=MINORS)
def nobody_is_a_minor(attempt: Attempt) -> Refusal | None:
    return minors(attempt.record.case)


@guard(reads="record", law=APL_50)
def case_is_not_restricted(attempt: Attempt) -> Refusal | None:
    return restricted(attempt.record.case)


@guard(reads="record", law=PUB_2)
def procedure_is_ordinary(attempt: Attempt) -> Refusal | None:
    return simple(attempt.record.case)


CASE_GUARDS = (
    procedure_is_ordinary, decision_is_served, decision_stands, nothing_is_contested,
    police_agree, nobody_is_a_minor, case_is_not_restricted,
)  # fmt: skip


def nomination_refusals(case: Case, *, kind: str, police_agreement: str) -> list[Refusal]:
    """All reasons why this case may not be nominated now."""
    fell = overturned(case)
    found = [] if fell else list(unserved(case, kind))
    for refusal in (
        simple(case),
        fell,
        contested(case),
        with_police(case, police_agreement),
        minors(case),
        restricted(case),
    ):
        if refusal:
            found.append(refusal)
    if Exposure.objects.open().filter(case=case).exists():
        message = _("This case has an exposure under way already.")
        found.append(Refusal("open_exposure", message, link=_tab(case)))
    return found


def unserved(case: Case, kind: str) -> Iterator[Refusal]:
    if kind == Exposure.Kind.FOLLOW_UP:
        return
    if case.state not in DECIDED:
        message = _("The case is not decided yet: only a follow-up can be exposed now.")
        yield Refusal("not_decided", message, APL_61, _tab(case))
        return
    standing = Decision.objects.filter(case_party=OuterRef("pk"), status="issued")
    served = standing.filter(Q(services__isnull=False) | Q(changed_by__isnull=False))
    rows = case.parties.standing().exclude(outcome__in=["transferred", "terminated"])
    rows = rows.select_related("party").annotate(is_served=Exists(served))
    for row in rows:
        if not row.is_served:
            message = _("%(party)s: the service of the decision is not recorded.")
            link = _tab(case, "parties")
            yield Refusal("decision_not_served", message % {"party": row.party}, APL_61, link)


def simple(case: Case) -> Refusal | None:
    """A decision on the spot is not published."""
    if case.procedure == Case.Procedure.ORDINARY:
        return None
    message = _("A case of the simple procedure is not published.")
    return Refusal("simple_procedure", message, PUB_2)


def overturned(case: Case) -> Refusal | None:
    rows = Decision.objects.filter(case_party__case=case, status__in=["changed", "revoked"])
    unlawful = Decision.objects.filter(
        case_party__case=case, status="issued", challenges__outcome="unlawful"
    )
    if rows.filter(superseded_by=None).exclude(_newer()).exists() or unlawful.exists():
        message = _("A decision of this case was changed or revoked: nothing of it is exposed.")
        return Refusal("overturned", message, PUB_11, _tab(case))
    return None


def _newer() -> Any:
    newer = Decision.objects.filter(
        case_party=OuterRef("case_party"), round__gt=OuterRef("round"), status="issued"
    )
    return Exists(newer)


def contested(case: Case) -> Refusal | None:
    if Challenge.objects.open().filter(decision__case_party__case=case).exists():
        message = _("A reconsideration or lawsuit is open: wait until its outcome is in effect.")
        return Refusal("challenge_pending", message, PUB_11, _tab(case))
    return None


def with_police(case: Case, agreement: str) -> Refusal | None:
    if agreement.strip():
        return None
    open_transfers = Transfer.objects.filter(case=case, kind="criminal", state__in=WITH_POLICE)
    others = Transfer.objects.filter(case=case, whole=True, state__in=WITH_POLICE)
    elsewhere = others.filter(kind__in=["department", "jurisdiction"])
    left = case.state == "transferred" and not elsewhere.exists()
    if not left and not open_transfers.exists():
        return None
    message = _("The police have the case or part of it: enter their written agreement first.")
    return Refusal(
        "criminal_stage", message, TRANSFER, _tab(case, "transfers"), field="police_agreement"
    )


def minors(case: Case) -> Refusal | None:
    if minors_of(case):
        message = _("A party is under eighteen: such a case is not exposed.")
        return Refusal("minor", message, MINORS, _tab(case, "parties"))
    return None


def restricted(case: Case) -> Refusal | None:
    if case.restricted:
        message = _("The case is restricted to named people: have that lifted first.")
        return Refusal("restricted", message, APL_50, _tab(case))
    return None


def _tab(case: Case, tab: str = "overview") -> str:
    try:
        return f"{reverse('workflow_case:inspect', args=[case.pk])}?tab={tab}"
    except NoReverseMatch:
        return ""
