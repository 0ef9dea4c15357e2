"""What the check of a case file (案卷自查) reads, each thing once, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.functional import Promise

from workflow.guards.file import CaseFile, PartyFile
from workflow.guards.links import case_link
from workflow.models import Case, Decision, EvidenceFile, Handler, JournalLine, Measure, Notice

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
    def acts(self) -> dict[str, list[date]]:
        """Days on which the case's acts happened, by verb in the order of writing, as corrected."""
        rows = JournalLine.objects.filter(
            record_type=self.case._meta.label_lower, record_id=self.case.pk
        )
        lines = list(rows.filter(verb__in=(*ACTS, "journal.corrected")).order_by("id"))
        mended = {line.corrects_id: line.acted_at for line in lines if line.corrects_id}
        acts: dict[str, list[date]] = {}
        for line in lines:
            if not line.corrects_id:
                moment = mended.get(line.pk, line.acted_at)
                acts.setdefault(line.verb, []).append(timezone.localdate(moment))
        return acts

    def link(self, tab: str) -> str:
        return case_link(self.case.pk, tab)


#: The acts of a case whose days are compared.
ACTS = ("case.conclude", "case.notify", "case.decide", "case.enforce", "case.close")


def issued_papers(party: PartyFile) -> list[tuple[Notice | Decision, datetime]]:
    """Notices and decisions of the party that were issued, with when."""
    notices = [(n, n.issued_at) for n in party.row.notices.all() if n.issued_at]
    decisions = [
        (d, d.decided_at)
        for d in party.row.decisions.all()
        if d.decided_at and d.status != Decision.Status.DRAFT
    ]
    return [*notices, *decisions]
