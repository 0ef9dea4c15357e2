"""The list of transfers of one's units."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.access import unit_ids
from accounts.models import User
from workflow.models import Transfer
from workflow.states import TransferState

OPEN = (
    TransferState.PROPOSED, TransferState.APPROVED, TransferState.HANDED_OVER,
    TransferState.RECEIPTED, TransferState.REFUSED, TransferState.RECONSIDERING,
)  # fmt: skip


def transfers_in_units(user: User, *, running: bool) -> QuerySet[Transfer]:
    """Transfers of the person's units, without those of restricted records and unseen ones.

    ``running``: those that wait for somebody; else those that came to an end.
    """
    rows = Transfer.objects.filter(unit_id__in=unit_ids(user, "view_case"))
    rows = rows.exclude(case__restricted=True).exclude(case=None, lead__restricted=True)
    kind = Transfer.Kind.DISCIPLINE
    named = Transfer.objects.reachable_by(user).filter(kind=kind)
    rows = rows.exclude(pk__in=Transfer.objects.filter(kind=kind).exclude(pk__in=named))
    rows = rows.filter(state__in=OPEN) if running else rows.exclude(state__in=OPEN)
    return rows.select_related("case", "lead", "unit", "authority").order_by("-updated_at", "-pk")
