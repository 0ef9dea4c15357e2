"""What the staff pages of exposures read, each in scope of who asks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.access import unit_ids
from accounts.models import User
from accounts.text import unreadable
from publicity.exposures.models import Confirmation, Exposure, RedactionHit
from publicity.exposures.states import ExposureState, exposure_states
from workflow.api import Approval, JournalLine, sees

RECORD_TYPE = "exposures.exposure"
#: What the pages of an exposure name, read with it.
_WITH = (
    "case", "case__lead", "case__category__campaign", "case__violation_type", "case__unit",
    "unit", "page", "drafter", "created_by",
)  # fmt: skip


def get_exposure(user: User, pk: int) -> Exposure:
    """The exposure if ``user`` may open it; else ``Http404``."""
    found = Exposure.objects.reachable_by(user).select_related(*_WITH).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def listed(user: User, *, state: str = "", words: str = "") -> QuerySet[Exposure]:
    """The exposures ``user`` may open, newest change first; an unknown state filters nothing.

    No title holds ``words`` with an unreadable character.
    """
    words = words.strip()
    if unreadable(words):
        return Exposure.objects.none()
    rows: QuerySet[Exposure] = Exposure.objects.reachable_by(user).select_related("unit")
    if state in dict(exposure_states()):
        rows = rows.filter(state=state)
    return rows.filter(title__icontains=words) if words else rows


def waiting_for(user: User) -> QuerySet[Exposure]:
    """Exposures whose next step is for ``user`` to take: to write, check, review, propose, release.

    Those that wait longest come first. What waits for a signature is with the signatures.
    """
    writes, checks, reviews, releases = (
        Q(unit_id__in=unit_ids(user, act))
        for act in ("edit_exposure", "check_exposure", "review_secrecy", "release_exposure")
    )
    given = Confirmation.objects.filter(exposure=OuterRef("pk"), round=OuterRef("round"))
    second = Exists(given.filter(kind=Confirmation.Kind.SECOND))
    secrecy = Exists(given.filter(kind=Confirmation.Kind.SECRECY))
    asked = Exists(Approval.objects.filter(
        record_type=RECORD_TYPE, record_id=OuterRef("pk"), outcome=""
    ))  # fmt: skip
    of_others = Q(state=ExposureState.CHECKING) & ~Q(drafter=user)
    mine = (
        (writes & Q(state__in=(ExposureState.NOMINATED, ExposureState.DRAFTING)))
        | (checks & of_others & ~second)
        | (reviews & of_others & ~secrecy)
        | (writes & Q(state=ExposureState.CHECKING) & second & secrecy & ~asked)
        | (releases & Q(state=ExposureState.APPROVED))
    )
    rows: QuerySet[Exposure] = Exposure.objects.reachable_by(user).filter(mine)
    return rows.select_related("unit").order_by("state_since", "pk")


def still_sees(user: User, exposure: Exposure) -> bool:
    """Whether ``user`` may open it as it stands after an act."""
    return sees(user, Exposure.objects.get(pk=exposure.pk))


def approval_of(exposure: Exposure, pk: int) -> Approval:
    """A proposal on this exposure; ``Http404`` for one on another record."""
    rows = Approval.objects.filter(pk=pk, record_type=RECORD_TYPE, record_id=exposure.pk)
    found = rows.select_related("proposer").first()
    if found is None:
        raise Http404
    return found


def hit_of(exposure: Exposure, pk: int) -> RedactionHit:
    """A hit in a check of this exposure; ``Http404`` for another's."""
    found = RedactionHit.objects.filter(pk=pk, run__exposure=exposure).first()
    if found is None:
        raise Http404
    return found


def lines_of(exposure: Exposure, most: int = 40) -> list[JournalLine]:
    """What happened, newest first."""
    rows = JournalLine.objects.filter(record_type=RECORD_TYPE, record_id=exposure.pk)
    return list(rows.order_by("-seq")[:most])
