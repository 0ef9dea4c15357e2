"""What the check of a case file (案卷自查) reads, each thing once, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise

from workflow.guards.file import CaseFile, PartyFile
from workflow.guards.links import case_link
from workflow.models import (
    Case,
    Decision,
    Document,
    EvidenceFile,
    Handler,
    JournalLine,
    Measure,
    Notice,
    Service,
)

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not agree; ``link`` is where it is mended, "" where nowhere."""

    code: str
    severity: str
    message: str
    law: str | Promise = ""
    link: str = ""


class CheckedFile:
    """A case with its papers, lines and goods; the number of queries does not follow theirs."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.file = CaseFile(case)

    @cached_property
    def parties(self) -> list[PartyFile]:
        """Parties with papers, what these cite, and the ranges of the cited articles."""
        parties = self.file.cited_parties
        notices = [notice for party in parties for notice in party.row.notices.all()]
        decisions = [decision for party in parties for decision in party.row.decisions.all()]
        papers: list[Notice | Decision] = [*notices, *decisions]
        owners = [*papers, *(penalty for paper in papers for penalty in paper.penalties.all())]
        prefetch_related_objects([c.article for o in owners for c in o.cited], "ranges")
        return parties

    @cached_property
    def handlers(self) -> list[Handler]:
        """Whoever handled the case at any time."""
        return list(self.case.handlers.all())

    @cached_property
    def evidence(self) -> list[EvidenceFile]:
        """Evidence that no better copy replaces."""
        return list(self.case.evidence.filter(replaced_by=None))

    @cached_property
    def measures(self) -> list[Measure]:
        return list(self.case.measures.prefetch_related("items__moves"))

    @cached_property
    def services(self) -> dict[int, list[Service]]:
        """By party, in the order of the days."""
        rows = Service.objects.filter(case_party__case=self.case).order_by("served_at", "pk")
        found: dict[int, list[Service]] = {}
        for row in rows.select_related("notice", "decision", "paper"):
            found.setdefault(row.case_party_id, []).append(row)
        return found

    @cached_property
    def documents(self) -> list[Document]:
        """What was made of the case itself, transfers apart."""
        rows = Document.objects.filter(case=self.case, transfer=None)
        return list(rows.select_related("form"))

    @cached_property
    def lines(self) -> list[tuple[str, datetime]]:
        """The acts of the case that are compared: (verb, moment as corrected), as written."""
        rows = JournalLine.objects.filter(
            record_type=self.case._meta.label_lower, record_id=self.case.pk
        )
        lines = list(rows.filter(verb__in=(*ACTS, "journal.corrected")).order_by("id"))
        mended = {
            line.corrects_id: parse_datetime(str(line.data.get("acted_at", "")))
            for line in lines
            if line.corrects_id
        }
        return [
            (line.verb, mended.get(line.pk) or line.acted_at)
            for line in lines
            if not line.corrects_id
        ]

    @property
    def acts(self) -> dict[str, list[date]]:
        """The days of the same acts, by verb."""
        acts: dict[str, list[date]] = {}
        for verb, moment in self.lines:
            acts.setdefault(verb, []).append(timezone.localdate(moment))
        return acts

    @cached_property
    def rounds(self) -> list[Round]:
        """From filing to the first reopening, and from each reopening to the next."""
        rounds: list[list[tuple[str, datetime]]] = [[]]
        for verb, moment in self.lines:
            if verb == "case.reopen":
                rounds.append([])
            rounds[-1].append((verb, moment))
        starts = [None, *(lines[0][1] for lines in rounds[1:])]
        return [
            Round(lines, start, end)
            for lines, start, end in zip(rounds, starts, [*starts[1:], None], strict=True)
        ]

    def link(self, tab: str) -> str:
        return case_link(self.case.pk, tab)


@dataclass(frozen=True, slots=True)
class Round:
    """The acts between two reopenings of the case; ``ended_at`` is when it was reopened again."""

    lines: list[tuple[str, datetime]]
    reopened_at: datetime | None
    ended_at: datetime | None

    @property
    def is_last(self) -> bool:
        return self.ended_at is None

    def first(self, verb: str) -> datetime | None:
        return next((moment for name, moment in self.lines if name == verb), None)

    def last(self, verb: str) -> datetime | None:
        return next((moment for name, moment in reversed(self.lines) if name == verb), None)

    def holds(self, moment: datetime) -> bool:
        """Whether a paper of that moment came of this round."""
        after = self.reopened_at is None or moment > self.reopened_at
        return after and (self.ended_at is None or moment <= self.ended_at)


#: The acts of a case whose days are compared.
ACTS = (
    "case.conclude", "case.notify", "case.decide", "case.enforce", "case.close",
    "case.close_simple", "case.reopen",
)  # fmt: skip


def issued_papers(party: PartyFile) -> list[tuple[Notice | Decision, datetime]]:
    """Notices and decisions of the party that were issued, with when."""
    notices = [(n, n.issued_at) for n in party.row.notices.all() if n.issued_at]
    decisions = [
        (d, d.decided_at)
        for d in party.row.decisions.all()
        if d.decided_at and d.status != Decision.Status.DRAFT
    ]
    return [*notices, *decisions]
