"""Papers cite the law that applies: the version in force, and amounts within its ranges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.file import PartyFile, case_file
from workflow.guards.links import case_link, page
from workflow.guards.ranges import amount_refusal
from workflow.models import Article, ArticleCitation, Decision, FineRange, Notice, Penalty
from workflow.models.threshold import threshold
from workflow.plugin import Attempt, Refusal, guard

APL_37 = gettext_lazy("Administrative Penalty Law art. 37")
APL_59 = gettext_lazy("Administrative Penalty Law art. 59")
APL_34 = gettext_lazy("Administrative Penalty Law arts. 32, 34")


def days_that_count(case: Any, role: str, on: date) -> list[date]:
    """The days on one of which a cited version must be the law, the usual one first.

    Substance follows the day of the violation, or today's law where that is milder; procedure
    follows the day of the act (行政处罚法 art. 37).
    """
    if role == ArticleCitation.Role.PROCEDURE or case.violated_on is None:
        return [on]
    return list(dict.fromkeys([case.violated_on, on]))


def citation_refusals(
    case: Any, citations: Iterable[tuple[Article, str]], *, on: date, field: str = ""
) -> Iterator[Refusal]:
    """Every article that is not the law on a day that counts, with the one that is."""
    for article, role in citations:
        days = days_that_count(case, role, on)
        if any(article.version.is_in_force(day) for day in days):
            continue
        message = _("%(article)s of the version %(version)s is not the law on %(day)s; %(offer)s")
        values = {
            "article": article, "version": article.version.label, "day": date_format(days[0]),
            "offer": _offer(article, days[0]),
        }  # fmt: skip
        yield Refusal("not_in_force", message % values, APL_37, field=field)


def _offer(article: Article, day: date) -> str:
    same = Article.objects.in_force(day).filter(
        version__law=article.version.law, number=article.number, paragraph=article.paragraph
    )
    found = same.select_related("version").first()
    if found is not None:
        return _("cite it by the version %(version)s.") % {"version": found.version.label}
    versions = [v for v in article.version.law.versions.all() if v.is_in_force(day)]
    if versions:
        message = _("the law then is the version %(version)s, look for the article there.")
        return message % {"version": versions[0].label}
    return _("the library has no version for that day.")


@guard(reads="record", law=APL_37)
def cited_articles_apply(attempt: Attempt) -> Iterator[Refusal]:
    """What drafted papers cite is the law on the day that counts, also on the day of signing."""
    on = timezone.localdate(attempt.acted_at)
    for party, paper in drafts(attempt):
        cited = [(c.article, c.role) for c in paper.cited]
        cited += [(c.article, c.role) for p in paper.penalties.all() for c in p.cited]
        for refusal in citation_refusals(attempt.record, cited, on=on):
            yield _about(attempt, refusal, party)


@guard(reads="record", law=APL_34)
def amounts_are_in_range(attempt: Attempt) -> Iterator[Refusal]:
    """A fine lies within what its article allows, or below it with a reason; verified ranges."""
    for party, paper in drafts(attempt):
        for penalty in paper.penalties.all():
            refusal = binding_refusal(attempt.record, penalty, party.row.party.is_person)
            if refusal is not None:
                yield _about(attempt, refusal, party)


@guard(reads="record", law=APL_59)
def every_decision_cites_an_article(attempt: Attempt) -> Iterator[Refusal]:
    """A drafted decision rests on an article of the library, in its version.

    From the total of fines and confiscated gains on that the threshold ``cite_articles`` names; a
    bureau that ends the threshold is not asked.
    """
    least = threshold("cite_articles", timezone.localdate(attempt.acted_at))
    if least is None:
        return
    for party, paper in drafts(attempt):
        penalties = list(paper.penalties.all())
        if paper.cited or any(penalty.cited for penalty in penalties):
            continue
        if sum(penalty.amount_fen or 0 for penalty in penalties) >= least:
            message = _("%(party)s: the decision cites no article; name at least one.")
            link = page("workflow_case:draft_decision", attempt.record.pk, str(party.row.pk))
            yield Refusal("no_citation", message % {"party": party.name}, link=link)


def penalty_refusal(case: Any, penalty: Penalty, is_person: bool) -> Refusal | None:
    """Why the amount of a penalty with its cited basis may not be, or None."""
    if penalty.kind != Penalty.Kind.FINE:
        return None
    return amount_refusal(_ranges(penalty), penalty, case=case, is_person=is_person)


def binding_refusal(case: Any, penalty: Penalty, is_person: bool) -> Refusal | None:
    """The same, where the ranges were read in an official print: others only warn."""
    return penalty_refusal(case, penalty, is_person) if ranges_are_verified(penalty) else None


def ranges_are_verified(penalty: Penalty) -> bool:
    """Whether every range of the cited basis was read in an official print."""
    return all(found.is_verified for found in _ranges(penalty))


def _ranges(penalty: Penalty) -> list[FineRange]:
    cited = [c.article for c in penalty.cited if c.role == ArticleCitation.Role.PENALTY]
    return [found for article in cited for found in article.ranges.all()]


def drafts(attempt: Attempt) -> Iterator[tuple[PartyFile, Notice | Decision]]:
    """Papers that are about to be issued by this step, with their party."""
    for party in case_file(attempt).cited_parties:
        if not party.is_open:
            continue
        decision, notice = party.decision, party.notice
        if attempt.transition.name == "case.notify":
            if notice is not None and notice.issued_at is None:
                yield party, notice
        elif decision is not None and decision.status == Decision.Status.DRAFT:
            yield party, decision


def _about(attempt: Attempt, refusal: Refusal, party: PartyFile) -> Refusal:
    message = _("%(party)s: %(what)s") % {"party": party.name, "what": refusal.message}
    link = case_link(attempt.record.pk, "parties")
    return Refusal(refusal.code, message, refusal.law, link)
