"""A case file read once per question round: guards share it through the attempt's memo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from workflow.models import CaseParty, Decision, Handler, Hearing, Notice, Penalty, Review
from workflow.plugin import Attempt


@dataclass(slots=True)
class PartyFile:
    """One party with what stands for it in this round."""

    row: CaseParty
    notice: Notice | None
    decision: Decision | None

    @property
    def name(self) -> str:
        return self.row.party.name

    @property
    def notice_served_at(self) -> datetime | None:
        services = list(self.notice.services.all()) if self.notice else []
        return min((s.served_at for s in services), default=None)

    @property
    def is_open(self) -> bool:
        """Still to be decided in this case (not transferred, terminated or split off)."""
        ended = {CaseParty.Outcome.TRANSFERRED, CaseParty.Outcome.TERMINATED}
        return self.row.outcome not in ended and self.row.split_into_id is None


class CaseFile:
    """The parties, reviews and hearings of a case; each read at most once."""

    def __init__(self, case: Any) -> None:
        self.case = case

    @cached_property
    def parties(self) -> list[PartyFile]:
        penalties = Prefetch("penalties", Penalty.objects.prefetch_related("payments"))
        rows = self.case.parties.select_related("party").prefetch_related(
            Prefetch(
                "notices",
                Notice.objects.filter(superseded_at=None)
                .order_by("round")
                .prefetch_related("penalties", "services"),
            ),
            Prefetch(
                "decisions",
                Decision.objects.order_by("round").prefetch_related(
                    penalties, "services", "challenges"
                ),
            ),
        )
        return [PartyFile(row, _last(row.notices), _last(row.decisions)) for row in rows]

    @property
    def open_parties(self) -> list[PartyFile]:
        return [party for party in self.parties if party.is_open]

    @cached_property
    def reviews(self) -> list[Review]:
        """Opinions of this round, oldest first."""
        return list(self.case.reviews.filter(round=self.case.review_round).order_by("given_at"))

    @cached_property
    def hearings(self) -> list[Hearing]:
        return list(self.case.hearings.order_by("pk"))

    @cached_property
    def handlers(self) -> list[Handler]:
        """Handlers now, the recused ones included."""
        return list(self.case.handlers.filter(ended_on=None).select_related("user"))

    @cached_property
    def has_discussion(self) -> bool:
        return bool(self.case.discussions.filter(round=self.case.review_round).exists())

    @property
    def last_held_hearing(self) -> Hearing | None:
        held = [hearing for hearing in self.hearings if hearing.held_at]
        return held[-1] if held else None


def case_file(attempt: Attempt) -> CaseFile:
    """The file of the attempt's case (a lead answers for its handlers only)."""
    record = attempt.record
    key = f"file:{record._meta.label_lower}:{record.pk}"
    if key not in attempt.memo:
        attempt.memo[key] = CaseFile(record)
    found: CaseFile = attempt.memo[key]
    return found


def _last(rows: Any) -> Any:
    found = list(rows.all())
    return found[-1] if found else None
