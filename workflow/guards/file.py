"""A case file read once per question round: guards share it through the attempt's memo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from accounts.prepared import Prepared
from workflow.models import (
    ArticleCitation,
    Case,
    CaseParty,
    Deadline,
    Decision,
    Handler,
    Hearing,
    JournalLine,
    Lead,
    Notice,
    PartyAnswer,
    Penalty,
    Review,
    Service,
)
from workflow.models.journal import TAKEN_OVER
from workflow.plugin import Attempt
from workflow.states import BEFORE_DECISION

_HANDLERS = {
    model.machine: Prepared(
        lambda pk, of=model.machine: Handler.objects.filter(**{of: pk}).select_related("user"),
        int,
    )
    for model in (Case, Lead)
}


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
        """Ours to go on with: not with the police, terminated, split off or a mistake.

        Where a case is investigated again, who was decided before and stays so is left alone.
        """
        row = self.row
        if not row.stands or row.outcome == CaseParty.Outcome.TERMINATED or row.is_with_police:
            return False
        return not row.outcome or row.case.state not in BEFORE_DECISION


class CaseFile:
    """The parties, reviews and hearings of a case; each read at most once."""

    def __init__(self, case: Any) -> None:
        self.case = case

    @cached_property
    def parties(self) -> list[PartyFile]:
        """Every party with all its papers, the newest first: guards and the page read the same."""
        penalties = Prefetch("penalties", Penalty.objects.prefetch_related("payments"))
        services = Prefetch("services", Service.objects.select_related("proof"))
        notices = Notice.objects.order_by("-round")
        decisions = Decision.objects.order_by("-round")
        rows = self.case.parties.with_police().select_related("party", "split_into")
        rows = rows.prefetch_related(
            Prefetch("notices", notices.prefetch_related("penalties", services)),
            Prefetch("decisions", decisions.prefetch_related(penalties, services, "challenges")),
        )
        return [_party_file(row) for row in rows]

    @cached_property
    def answered_parties(self) -> list[PartyFile]:
        """The same parties, their notices with the answers; one query more."""
        notices = [notice for party in self.parties for notice in party.row.notices.all()]
        answers = PartyAnswer.objects.select_related("proof")
        prefetch_related_objects(notices, Prefetch("answers", answers))
        return self.parties

    @cached_property
    def cited_parties(self) -> list[PartyFile]:
        """The same, their papers and penalties with what they cite; one query more."""
        _attach_citations(self.answered_parties)
        return self.parties

    @property
    def open_parties(self) -> list[PartyFile]:
        return [party for party in self.parties if party.is_open]

    @cached_property
    def reviews(self) -> list[Review]:
        """Opinions of this round, oldest first."""
        return list(self.case.reviews.filter(round=self.case.review_round).order_by("given_at"))

    @cached_property
    def review_was_before_us(self) -> bool:
        """This round's review agreed on paper, before the system was in use."""
        lines = JournalLine.objects.filter(
            record_type=self.case._meta.label_lower, record_id=self.case.pk, verb=TAKEN_OVER
        )
        past = {"act": "case.give_opinion", "round": self.case.review_round}
        return any(line.data.items() >= past.items() for line in lines)

    @cached_property
    def hearings(self) -> list[Hearing]:
        return list(self.case.hearings.order_by("pk"))

    @cached_property
    def investigators(self) -> list[Handler]:
        """Everybody who ever handled the record."""
        found = _HANDLERS[self.case.machine].rows(self.case.pk)
        for handler in found:
            setattr(handler, self.case.machine, self.case)
        return found

    @property
    def handlers(self) -> list[Handler]:
        """Handlers now, the recused ones included."""
        return [handler for handler in self.investigators if handler.ended_on is None]

    @cached_property
    def evidence_count(self) -> int:
        return int(self.case.evidence.count())

    @cached_property
    def open_limits(self) -> list[Deadline]:
        """Limits of the record that run or stand still, with their pauses and extensions."""
        rows = deadlines_of(self.case).filter(state__in=Deadline.OPEN)
        return list(rows.prefetch_related("pauses", "extensions"))

    @cached_property
    def has_discussion(self) -> bool:
        return bool(self.case.discussions.filter(round=self.case.review_round).exists())

    @property
    def last_held_hearing(self) -> Hearing | None:
        held = [hearing for hearing in self.hearings if hearing.held_at]
        return held[-1] if held else None


def deadlines_of(record: Any) -> QuerySet[Deadline]:
    """Limits of the record with their rules and parties; a case's include its transfers'."""
    rows = Deadline.objects.select_related("rule", "party__party")
    if record.machine == "case":
        return rows.filter(case_id=record.pk)
    return rows.filter(record_type=record._meta.label_lower, record_id=record.pk)


def case_file(attempt: Attempt) -> CaseFile:
    """The file of the attempt's case (a lead answers for its handlers only)."""
    return file_of(attempt.record, attempt.memo)


def file_of(record: Any, memo: dict[str, Any]) -> CaseFile:
    """The record's file as ``memo`` has it; the page and its guards pass the same one."""
    key = f"file:{record._meta.label_lower}:{record.pk}"
    if key not in memo:
        memo[key] = CaseFile(record)
    found: CaseFile = memo[key]
    return found


def _party_file(row: CaseParty) -> PartyFile:
    """The newest notice that still stands, and the newest decision."""
    standing = (notice for notice in row.notices.all() if notice.superseded_at is None)
    return PartyFile(row, next(standing, None), next(iter(row.decisions.all()), None))


def _attach_citations(parties: list[PartyFile]) -> None:
    """Every paper and penalty has its citations under ``cited``; one query, none without papers."""
    notices = [notice for party in parties for notice in party.row.notices.all()]
    decisions = [decision for party in parties for decision in party.row.decisions.all()]
    papers: list[Notice | Decision] = [*notices, *decisions]
    penalties = [penalty for paper in papers for penalty in paper.penalties.all()]
    if not papers:
        return
    rows = ArticleCitation.objects.filter(
        Q(notice__in=notices) | Q(decision__in=decisions) | Q(penalty__in=penalties)
    ).select_related("article__version__law")
    cited: dict[tuple[str, int], list[ArticleCitation]] = {}
    for row in rows:
        key = ("notice", row.notice_id) if row.notice_id else ("decision", row.decision_id)
        key = ("penalty", row.penalty_id) if row.penalty_id else key
        cited.setdefault((key[0], key[1] or 0), []).append(row)
    for owner in (*papers, *penalties):
        owner.cited = cited.get((str(owner._meta.model_name), owner.pk), [])
