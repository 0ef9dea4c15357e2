"""Review: by whom, when a legal review is compulsory, and that it passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow.guards.file import CaseFile, case_file
from workflow.guards.links import case_link, page
from workflow.models import ArticleCitation, Decision, Penalty, Review, Transfer
from workflow.models.threshold import threshold, threshold_row
from workflow.plugin import Attempt, Refusal, guard

APL_58 = gettext_lazy("Administrative Penalty Law art. 58")
APL_57 = gettext_lazy("Administrative Penalty Law art. 57")
PROCEDURE_49 = gettext_lazy("Procedure Rules arts. 49-55")


def legal_review_reasons(file: CaseFile) -> list[str]:
    """Which of the four situations of APL art. 58 make a legal review compulsory here."""
    case = file.case
    reasons = {
        _("major public interest"): case.major_public_interest,
        _("major rights at stake and a hearing was held"): file.last_held_hearing is not None,
        _("complex, several legal relations"): case.complex_relations,
        _("demanded by another statute"): case.review_by_statute,
    }
    return [reason for reason, applies in reasons.items() if applies]


@guard(reads="actor", law=APL_58)
def legal_reviewer_is_qualified(attempt: Attempt) -> Refusal | None:
    """A compulsory legal review is given by somebody with the legal qualification."""
    if not legal_review_reasons(case_file(attempt)):
        return None
    if attempt.actor is not None and attempt.actor.has_legal_qualification:
        return None
    return Refusal(
        "legal_qualification", _("This case needs a legal review by a qualified jurist.")
    )


@guard(reads="record", law=PROCEDURE_49)
def review_is_passed(attempt: Attempt) -> Iterator[Refusal]:
    """The last opinion of this round agrees."""
    file = case_file(attempt)
    opinions = file.reviews
    if not opinions:
        if file.review_was_before_us:
            return
        yield Refusal(
            "review_missing", _("The review opinion is missing."), link=_review_link(attempt)
        )
    elif opinions[-1].opinion != Review.Opinion.AGREE:
        yield Refusal(
            "review_not_passed",
            _("The last review opinion does not agree."),
            link=_review_link(attempt),
        )


@guard(reads="record", law=APL_58)
def legal_review_is_passed(attempt: Attempt) -> Refusal | None:
    """Where the law demands it, a legal review agreed, after the hearing if there was one."""
    file = case_file(attempt)
    if not (reasons := legal_review_reasons(file)):
        return None
    held = file.last_held_hearing
    for review in file.reviews:
        fits = review.kind == Review.Kind.LEGAL and review.opinion == Review.Opinion.AGREE
        if fits and (held is None or held.held_at is None or review.given_at >= held.held_at):
            return None
    message = _("A legal review that agrees is missing (%(why)s): without it, no decision.")
    return Refusal(
        "legal_review", message % {"why": "、".join(reasons)}, link=_review_link(attempt)
    )


def discussion_reasons(file: CaseFile, on: date) -> list[str]:
    """Why the leaders must discuss this case together; empty: they need not."""
    drafted = [
        (party.row.party.is_person, list(party.decision.penalties.all()))
        for party in file.open_parties
        if party.decision is not None
    ]
    limits = {
        is_person: threshold("discussion_person" if is_person else "discussion_entity", on)
        for is_person in {is_person for is_person, _penalties in drafted}
    }
    reasons = {
        _("complex or major violation"): file.case.complex_or_major,
        _("heavy penalty"): any(p.kind in Penalty.HEAVY for _person, rows in drafted for p in rows),
        _("large amount"): any(
            _reaches(penalties, limits[is_person]) for is_person, penalties in drafted
        ),
        _("a hearing was held"): file.last_held_hearing is not None,
    }
    return [reason for reason, applies in reasons.items() if applies]


@guard(reads="record", law=APL_57)
def discussion_is_held(attempt: Attempt) -> Refusal | None:
    """Complex or major cases are discussed by the leaders together before the decision."""
    file = case_file(attempt)
    reasons = discussion_reasons(file, timezone.localdate(attempt.acted_at))
    if not reasons or file.has_discussion:
        return None
    message = _("The leaders must discuss this case together (%(why)s): record the discussion.")
    return Refusal(
        "discussion",
        message % {"why": "、".join(reasons)},
        link=case_link(attempt.record.pk, "documents"),
    )


def hearing_threshold(is_person: bool, on: date) -> int | None:
    """Fines or confiscated money from which a party may ask for a hearing, in fen."""
    return threshold("hearing_person" if is_person else "hearing_entity", on)


def opens_hearing(penalties: list[Penalty], *, is_person: bool, on: date) -> bool:
    """Whether intended penalties give the party a right to a hearing (APL art. 63)."""
    if any(penalty.kind in Penalty.HEAVY for penalty in penalties):
        return True
    limit = hearing_threshold(is_person, on)
    return limit is None or _reaches(penalties, limit)


def _reaches(penalties: list[Penalty], limit: int | None) -> bool:
    """Whether the fines, or what is confiscated, come to ``limit`` fen; None is never reached."""
    fines = sum(p.amount_fen or 0 for p in penalties if p.kind == Penalty.Kind.FINE)
    taken = sum((p.amount_fen or 0) + (p.goods_value_fen or 0) for p in penalties
                if p.kind in {Penalty.Kind.GAINS, Penalty.Kind.GOODS})  # fmt: skip
    return limit is not None and (fines >= limit or taken >= limit)


@guard(reads="record", law=gettext_lazy("Regulation on the Food Safety Law art. 81"))
def fine_is_ours_to_impose(attempt: Attempt) -> Iterator[Refusal]:
    """Fines under the food law from a threshold on are decided at city level or above.

    The violation is one of food, or the fine rests on a law the threshold names.
    """
    rule = threshold_row("city_food_fine", timezone.localdate(attempt.acted_at))
    if rule is None:
        return
    kind = attempt.record.violation_type
    is_food = kind is not None and kind.code.startswith("food")
    for party in case_file(attempt).cited_parties:
        if not party.is_open or party.decision is None:
            continue
        fines = _fines(party.decision, None if is_food else rule.law_names)
        if fines and sum(fines) >= rule.amount_fen:
            message = _(
                "%(party)s: a food fine of this size is decided by the city bureau; propose to "
                "transfer the case there."
            )
            link = page("workflow_case:propose_transfer", attempt.record.pk)
            link = f"{link}?kind={Transfer.Kind.JURISDICTION}" if link else ""
            yield Refusal("city_level", message % {"party": party.name}, link=link)


def _fines(decision: Decision, laws: frozenset[str] | None) -> list[int]:
    """Fines in fen; those that rest on one of the laws, where laws are named.

    A fine rests on what it cites as its basis, else on what its decision cites.
    """
    fines = [p for p in decision.penalties.all() if p.kind == Penalty.Kind.FINE]
    return [p.amount_fen or 0 for p in fines if laws is None or laws & _basis(p, decision)]


def _basis(penalty: Penalty, decision: Decision) -> set[str]:
    """Short names of the laws a fine rests on."""
    own = {_law_of(c) for c in penalty.cited if c.role == ArticleCitation.Role.PENALTY}
    return own or {_law_of(c) for c in (*penalty.cited, *decision.cited)}


def _law_of(citation: ArticleCitation) -> str:
    return str(citation.article.version.law.short_name)


def _review_link(attempt: Attempt) -> str:
    return case_link(attempt.record.pk, "documents")
