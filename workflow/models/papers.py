"""What an approval of a case freezes of its papers: standing notices and decisions, in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from .decision import Decision, Penalty
from .frozen import values
from .law import ArticleCitation
from .review import Notice, PartyAnswer

if TYPE_CHECKING:
    from .case import Case

#: Columns that say who drafted it and when it was given out or carried out, not what it says.
BOOKKEEPING: dict[type[models.Model], frozenset[str]] = {
    Notice: frozenset({"number", "drafted_by", "drafted_at", "issued_at", "superseded_at"}),
    Decision: frozenset({"number", "drafted_by", "drafted_at", "decided_at"}),
    # A draft writes its penalties anew: each is frozen where it stands in its paper.
    Penalty: frozenset({"notice", "decision", "performed_on"}),
    PartyAnswer: frozenset({"notice", "recorded_by", "recorded_at"}),
}

#: Whom a citation belongs to, and the articles and roles it cites.
Cited = dict[tuple[str, int], list[tuple[int, str]]]


def frozen_papers(case: Case) -> dict[str, Any]:
    """Standing notices with their answers, all decisions, what both impose and cite; 6 queries."""
    notices = Notice.objects.filter(case_party__case=case, superseded_at=None)
    notices = notices.prefetch_related("answers")
    decisions = Decision.objects.filter(case_party__case=case)
    cited = _cited(case)
    return {
        str(rows.model._meta.model_name): [
            _frozen(paper, cited) | {"pk": paper.pk}
            for paper in rows.order_by("pk").prefetch_related("penalties")
        ]
        for rows in (notices, decisions)
    }


def _frozen(row: Notice | Decision | Penalty, cited: Cited) -> dict[str, Any]:
    content = values(row, without=BOOKKEEPING[type(row)])
    content["cited"] = sorted(cited.get((str(row._meta.model_name), row.pk), []))
    if not isinstance(row, Penalty):
        content["penalties"] = [_frozen(penalty, cited) for penalty in row.penalties.all()]
    if isinstance(row, Notice):
        without = BOOKKEEPING[PartyAnswer]
        content["answers"] = [values(answer, without=without) for answer in row.answers.all()]
    return content


def _cited(case: Case) -> Cited:
    """One query of four parts: asked in one, the whole table would be read."""
    owners = ("notice", "decision", "penalty__notice", "penalty__decision")
    parts = [
        ArticleCitation.objects.filter(**{f"{owner}__case_party__case": case})
        .order_by()
        .values_list("article", "role", "notice", "decision", "penalty")
        for owner in owners
    ]
    cited: Cited = {}
    for article, role, *keys in parts[0].union(*parts[1:], all=True):
        for name, pk in zip(("notice", "decision", "penalty"), keys, strict=True):
            if pk is not None:
                cited.setdefault((name, pk), []).append((article, role))
    return cited
