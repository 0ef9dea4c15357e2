"""What a new notice or decision says before anybody has typed: taken from the file.

The phrases are those of the documents themselves, which are Chinese in every language of the
screens.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

from accounts.models import Unit
from workflow.guards.amounts import past_fines, spread_of
from workflow.models import CaseParty, Decision, Notice, Party, Penalty
from workflow.selectors.articles import usual_articles

PERFORMANCE = (
    "自收到本决定书之日起十五日内，到指定银行或者通过电子支付系统缴纳罚没款；"
    "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款。"
)
REMEDIES = (
    "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，"
    "也可以在六个月内依法向人民法院提起行政诉讼。"
)


def open_notice(row: CaseParty) -> Notice | None:
    """The notice of this round, drafted or issued."""
    return row.notices.filter(superseded_at=None).order_by("-round").first()


def draft_of(row: CaseParty) -> Decision | None:
    """The draft decision of the party."""
    return row.decisions.filter(status=Decision.Status.DRAFT).order_by("-round").first()


def notice_content(row: CaseParty) -> tuple[dict[str, Any], list[Penalty]]:
    """The draft as it stands, else what the case says; and the penalties it names."""
    case, notice = row.case, open_notice(row)
    if notice is None:
        facts = row.violation or case.facts
        return {"facts": facts, "basis": case.legal_basis, "reasons": case.proposal}, []
    names = ("facts", "reasons", "basis", "hearing_right")
    content = {name: getattr(notice, name) for name in names} | cited_by(notice)
    return content, penalties_of(notice)


def decision_content(row: CaseParty) -> tuple[dict[str, Any], list[Penalty]]:
    """The draft as it stands, else what notice, case and party say; and the penalties."""
    draft, notice = draft_of(row), open_notice(row)
    if draft is not None:
        names = (
            "kind", "ground", "party_identity", "facts", "basis", "performance", "remedies",
            "authority", "education",
        )  # fmt: skip
        content = {name: getattr(draft, name) for name in names} | cited_by(draft)
        return content, penalties_of(draft)
    bureau = Unit.get_first_root_node()
    source = notice or row.case
    initial = {
        "kind": Decision.Kind.PENALTY,
        "party_identity": identity(row.party),
        "facts": source.facts,
        "basis": notice.basis if notice else row.case.legal_basis,
        "performance": PERFORMANCE,
        "remedies": REMEDIES,
        "authority": bureau.name if bureau else "",
    }
    if notice is None:
        return initial, []
    return initial | cited_by(notice), penalties_of(notice)


def cited_by(paper: Notice | Decision) -> dict[str, str]:
    """What a paper cites, by role, one article a line, as its form takes it."""
    lines: dict[str, list[str]] = {}
    for citation in paper.citations.select_related("article__version__law"):
        article = citation.article
        lines.setdefault(citation.role, []).append(f"{article.version}{article.place}")
    return {role: "\n".join(names) for role, names in lines.items()}


def penalties_of(paper: Notice | Decision) -> list[Penalty]:
    """The penalties a paper names, with the articles they rest on. Two queries."""
    return list(paper.penalties.prefetch_related("citations__article__version__law"))


def identity(party: Party) -> str:
    """The party as a decision names it."""
    parts = [
        ("当事人：", party.name),
        ("统一社会信用代码：", party.uscc),
        ("法定代表人（负责人）：", party.legal_representative),
        ("住所（经营场所）：", party.address),
        ("身份证件号码：", party.id_number if party.is_person else ""),
        ("住址：", party.residence if party.is_person else ""),
    ]
    return "\n".join(f"{label}{value}" for label, value in parts if value)


def past_amounts(case: Any, penalties: list[Penalty]) -> list[tuple[str, str]]:
    """(article and tier, how such fines lay) for articles the draft or the category names.

    Of an article with no tier of five fines, how all of them lay. Four queries.
    """
    articles = {c.article.pk: c.article for p in penalties for c in p.citations.all()}
    articles |= {article.pk: article for article in usual_articles(case)}
    if not articles:
        return []
    past: dict[int, dict[str, list[int]]] = {}
    for (article, tier), amounts in past_fines(articles.values(), case=case).items():
        past.setdefault(article, {})[tier] = amounts
    return [row for pk, tiers in sorted(past.items()) for row in _spreads(str(articles[pk]), tiers)]


def _spreads(article: str, tiers: dict[str, list[int]]) -> list[tuple[str, str]]:
    found = [
        (f"{article}（{Penalty.Tier(tier).label}）" if tier else article, spread)
        for tier in Penalty.Tier.values
        if (spread := spread_of(tiers.get(tier, ()))) is not None
    ]
    if not found and (whole := spread_of(chain.from_iterable(tiers.values()))) is not None:
        found = [(article, whole)]
    return [(name, str(spread)) for name, spread in found]
