"""What the pages of measures read: measures of a case, their goods, and what may be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from workflow.models import (
    Case,
    Decision,
    Disposal,
    EvidenceFile,
    ItemMove,
    ItemPermit,
    Measure,
    MeasureItem,
    Penalty,
    Transfer,
)
from workflow.selectors.record_page import Limit
from workflow.selectors.scope import reachable
from workflow.services.goods import LEFT
from workflow.states import RUNNING_MEASURES, CaseState

#: The case is decided: now it must be said what becomes of the goods.
DECIDED = (CaseState.DECIDED, CaseState.ENFORCING, CaseState.TERMINATED)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure as the case shows it; ``limits`` are those of its that run."""

    measure: Measure
    limits: Sequence[Limit]

    @property
    def kinds_held(self) -> int:
        """How many items are still held, whole or in part."""
        return sum(1 for item in self.measure.items.all() if item.held)

    @property
    def kinds_confiscated(self) -> int:
        """How many items were confiscated and are still with the bureau, whole or in part."""
        return sum(1 for item in self.measure.items.all() if item.not_disposed_of > 0)


def measures_of(case: Case, open_limits: Sequence[Limit]) -> list[MeasureRow]:
    """Every measure of the case, newest first, with its items and where they went. Four queries."""
    rows = case.measures.select_related("case_party__party").prefetch_related(
        "items__moves", "items__disposals"
    )
    return [MeasureRow(measure, _limits(measure, open_limits)) for measure in rows]


def _limits(measure: Measure, open_limits: Sequence[Limit]) -> list[Limit]:
    mine = ("workflow.measure", measure.pk)
    return [x for x in open_limits if (x.deadline.record_type, x.deadline.record_id) == mine]


def asks_for_goods(case: Case) -> bool:
    """Whether the case is decided and goods are held: one query, none before the decision."""
    if case.state not in DECIDED:
        return False
    return bool(case.measures.filter(state__in=RUNNING_MEASURES).exists())


def items_of(measure: Measure) -> list[MeasureItem]:
    """The list with every move, permit and disposal. Four queries."""
    moves = ItemMove.objects.select_related(
        "decision", "transfer", "proof", "recorded_by", "second_officer"
    )
    disposals = Disposal.objects.select_related("proof", "recorded_by", "second_officer")
    return list(
        measure.items.prefetch_related(
            Prefetch("moves", moves), Prefetch("disposals", disposals), "permits"
        )
    )


def ways_out(item: MeasureItem, confiscated: bool) -> list[ItemMove.Kind]:
    """How the item may leave as things stand: signed for, decided, or with a transfer.

    ``confiscated``: an issued decision on the party confiscates goods. Asks nothing of an item that
    was read with its moves and permits.
    """
    if not item.held:
        return []
    signed = {permit.kind for permit in item.permits.all() if permit.left > 0}
    decided = {ItemMove.Kind.CONFISCATED, ItemMove.Kind.DESTROYED} if confiscated else set()
    open_ways = {ItemMove.Kind.TRANSFERRED, *signed, *decided}
    return [kind for kind in ItemMove.Kind if kind in open_ways]


def permits_for(item: MeasureItem, kind: str) -> QuerySet[ItemPermit]:
    """Signed permits of which something may still leave this way."""
    rows = item.permits.filter(kind=kind).select_related("item")
    return rows.filter(pk__in=[row.pk for row in rows if row.left > 0])


def get_item(measure: Measure, pk: int) -> MeasureItem:
    """An item of this measure; else ``Http404``."""
    return get_object_or_404(measure.items.select_related("measure__case_party__party"), pk=pk)


def confiscating_decisions(measure: Measure) -> QuerySet[Decision]:
    """Issued decisions on the measure's party that confiscate goods."""
    goods = Penalty.objects.filter(kind=Penalty.Kind.GOODS, decision__isnull=False)
    return Decision.objects.filter(
        case_party_id=measure.case_party_id, status=Decision.Status.ISSUED,
        pk__in=goods.values("decision"),
    )  # fmt: skip


def transfers_that_left(measure: Measure, user: User) -> QuerySet[Transfer]:
    """Transfers of the case that ``user`` may see and that were handed over."""
    return reachable(Transfer, user).filter(case=measure.case_id, state__in=LEFT)


def files_of(measure: Measure, *, pictures: bool) -> QuerySet[EvidenceFile]:
    """Evidence of the case that may prove a move, the newest first."""
    rows = EvidenceFile.objects.filter(case=measure.case_id, replaced_by=None)
    return rows.filter(mime_type__startswith="image/") if pictures else rows


def other_handlers(case: Case, user: User) -> QuerySet[Any]:
    """Handlers of the case who may be the second officer."""
    mine = case.handlers.filter(ended_on=None, recused_on=None).exclude(user=user)
    return User.objects.filter(pk__in=mine.values("user"))
