"""What drafted papers cite, the sentence it makes, and the penalties they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from accounts.clock import today
from workflow.engine.refusals import TransitionRefused
from workflow.guards.amounts import unlike_refusals
from workflow.guards.citations import binding_refusal, citation_refusals
from workflow.models import Article, ArticleCitation, CaseParty, Decision, Notice, Penalty
from workflow.plugin import Refusal

#: An article and the role it is cited in.
Cited = tuple[Article, str]


def write_draft(
    paper: Notice | Decision,
    row: CaseParty,
    *,
    penalties: Sequence[Mapping[str, Any]],
    citations: Sequence[Cited],
) -> None:
    """Save a draft with its penalties and citations, all written anew.

    An empty ``basis`` becomes the sentence of what is cited. Raises ``TransitionRefused`` for an
    article that is not the law on the day that counts, an amount its article does not allow or
    that is unlike those before without a reason, and a paper without any basis.
    """
    owner = str(paper._meta.model_name)
    rested = [(row["article"], "penalty") for row in penalties if row.get("article")]
    wrong = [*citation_refusals(row.case, citations, on=today(), field="breached")]
    wrong += citation_refusals(row.case, rested, on=today())
    if not paper.basis.strip():
        paper.basis = sentence(citations, rested)
    if not paper.basis:
        wrong.append(Refusal("basis_missing", _("Name the laws it rests on."), field="basis"))
    if wrong:
        raise TransitionRefused(wrong)
    paper.save()
    _forget(owner, paper)
    for number, values in enumerate(penalties, start=1):
        penalty = _keep_penalty({**values, owner: paper})
        refusal = binding_refusal(row.case, penalty, row.party.is_person)
        if refusal is not None:
            message = _("Penalty %(n)d: %(why)s") % {"n": number, "why": refusal.message}
            wrong.append(Refusal(refusal.code, message, refusal.law))
    wrong += unlike_refusals(penalties, case=row.case)
    if wrong:
        raise TransitionRefused(wrong)
    for article, role in dict.fromkeys(citations):
        ArticleCitation.objects.create(article=article, role=role, **{owner: paper})


def _forget(owner: str, paper: Notice | Decision) -> None:
    """Drafts only: what a paper that is not issued names and cites is written anew."""
    ArticleCitation.objects.filter(**{f"penalty__{owner}": paper}).delete()
    ArticleCitation.objects.filter(**{owner: paper}).delete()
    Penalty.objects.filter(**{owner: paper}).delete()


def _keep_penalty(values: dict[str, Any]) -> Penalty:
    article = values.pop("article", None)
    penalty = Penalty.objects.create(**values)
    penalty.cited = []
    if article is not None:
        penalty.cited.append(
            ArticleCitation.objects.create(penalty=penalty, article=article, role="penalty")
        )
    return penalty


def sentence(citations: Iterable[Cited], rested: Iterable[Cited] = ()) -> str:
    """违反了《…》第…条的规定，依据《…》第…条的规定: a phrase of the paper, in Chinese always."""
    by_role: dict[str, list[str]] = {}
    for article, role in (*citations, *rested):
        names = by_role.setdefault(str(role), [])
        if (name := str(article)) not in names:
            names.append(name)
    roles = ArticleCitation.Role
    parts = []
    if broken := by_role.get(roles.BREACHED):
        parts.append(f"违反了{'、'.join(broken)}的规定")
    if basis := by_role.get(roles.PENALTY):
        parts.append(f"依据{'、'.join(basis)}的规定给予处罚")
    if discretion := by_role.get(roles.DISCRETION):
        parts.append(f"裁量适用{'、'.join(discretion)}的规定")
    if procedure := by_role.get(roles.PROCEDURE):
        parts.append(f"程序适用{'、'.join(procedure)}的规定")
    return "，".join(parts) + "。" if parts else ""
