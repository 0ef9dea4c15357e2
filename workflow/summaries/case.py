"""What signers read of a case: the file itself, notices, decisions, how far it was carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflow.guards.decision import open_penalties
from workflow.guards.file import CaseFile, PartyFile, case_file
from workflow.guards.links import page
from workflow.guards.notice import intends_no_penalty
from workflow.models import CaseParty, Decision, Notice, Penalty
from workflow.plugin import Attempt, Shown
from workflow.summaries.lines import fields, limit_line, names
from workflow.templatetags.casework import yuan

#: The documents a notice and a decision become, by kind.
NOTICE_FORM = "F37"
DECISION_FORMS = {"penalty": "F45", "no_penalty": "F46"}


def case_itself(attempt: Attempt) -> Iterator[Shown]:
    """Which case it is: parties, cause, facts."""
    case = attempt.record
    yield Shown(case._meta.verbose_name, str(case))
    parties = [party.row for party in case_file(attempt).parties if party.row.stands]
    yield Shown(_("Parties"), names(parties))
    yield from fields(case, "cause", "facts", "legal_basis")


def longer_limit(attempt: Attempt) -> Iterator[Shown]:
    """The case, and its limit now and then."""
    yield Shown(_("Filed at"), date_format(attempt.record.filed_at))
    yield from limit_line(attempt)
    yield from case_itself(attempt)


def notices(attempt: Attempt) -> Iterator[Shown]:
    """Per party what is intended, on which facts, reasons and basis, with which rights."""
    file = case_file(attempt)
    for party in file.cited_parties:
        notice = party.notice
        if not party.is_open or notice is None or notice.issued_at or intends_no_penalty(party):
            continue
        yield Shown(party.name)
        yield Shown(_("Intended penalty"), _penalties(list(notice.penalties.all())))
        yield from fields(notice, "facts", link=_preview(party.row, NOTICE_FORM))
        yield from fields(notice, "reasons", "basis")
        yield from _cited(notice)
        yield Shown(_("Right to a hearing"), _("told") if notice.hearing_right else _("not told"))
    yield from _left_out(file)


def decisions(attempt: Attempt) -> Iterator[Shown]:
    """Per party the kinds and amounts, the basis, the facts, and what the party had said."""
    file = case_file(attempt)
    for party in file.cited_parties:
        decision = party.decision
        if not party.is_open or decision is None or decision.status != Decision.Status.DRAFT:
            continue
        yield Shown(party.name)
        yield Shown(_("Decision"), decision.get_kind_display())
        yield from fields(decision, "ground")
        if penalties := list(decision.penalties.all()):
            yield Shown(_("Penalties"), _penalties(penalties))
        link = _preview(party.row, DECISION_FORMS[decision.kind])
        yield from fields(decision, "facts", link=link)
        yield from fields(decision, "basis")
        yield from _cited(decision)
        yield from fields(decision, "performance", "education", "remedies", "authority")
        for answer in party.notice.answers.all() if party.notice else ():
            yield from fields(answer, "kind", "text", "considered")
    yield from _left_out(file)


def carried_out(attempt: Attempt) -> Iterator[Shown]:
    """Per party the outcome and what was performed or is still open; whom the police have."""
    file = case_file(attempt)
    yield from case_itself(attempt)
    for party in file.parties:
        if not party.row.stands:
            continue
        yield Shown(party.name)
        yield Shown(_("Outcome"), party.row.get_outcome_display())
        decision = party.decision
        if decision is None or decision.status == Decision.Status.DRAFT:
            continue
        yield from fields(decision, "number")
        if penalties := list(decision.penalties.all()):
            yield Shown(_("Penalties"), _penalties(penalties))
            left = _penalties(open_penalties(party))
            yield Shown(_("Not performed yet"), left or _("nothing"))


def _penalties(penalties: Sequence[Penalty]) -> str:
    """One line each: kind, amount or goods, discretion, the article, the reason."""
    return "\n".join(_penalty(penalty) for penalty in penalties)


def _penalty(penalty: Penalty) -> str:
    said = str(penalty.get_kind_display())
    if penalty.amount_fen is not None:
        said += f" {yuan(penalty.amount_fen)}"
    if penalty.goods:
        said += f"：{penalty.goods}"
    if penalty.goods_value_fen is not None:
        said += f"（{yuan(penalty.goods_value_fen)}）"
    more = [penalty.get_tier_display()] if penalty.tier else []
    more += [str(citation.article) for citation in getattr(penalty, "cited", ())]
    more += [text for text in (penalty.reason, penalty.note) if text]
    return f"{said}（{'；'.join(map(str, more))}）" if more else said


def _cited(paper: Notice | Decision) -> Iterator[Shown]:
    """The articles, by what they are cited for."""
    said = [f"{row.get_role_display()}：{row.article}" for row in paper.cited]
    if said:
        yield Shown(_("Cited articles"), "\n".join(said))


def _left_out(file: CaseFile) -> Iterator[Shown]:
    """Whom it is not about: the police have them, or their decision of before stands."""
    left = [party for party in file.parties if party.row.stands and not party.is_open]
    if left:
        yield Shown(_("Not among them"), "\n".join(_why_left_out(party) for party in left))


def _why_left_out(party: PartyFile) -> str:
    why = _("with the police") if party.row.is_with_police else party.row.get_outcome_display()
    return f"{party.name}：{why}"


def _preview(row: CaseParty, form: str) -> str:
    address = page("workflow_case:preview_document", row.case_id, form)
    return f"{address}?party={row.pk}" if address else ""
