"""The one door: what may come across from a case file to a public draft, and how it is masked.

Nothing else of a case reaches a public page. Every source is named below; the draft keeps no key
of the case.
"""

from __future__ import annotations

import html
import re
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from accounts.models import User
from publicity.exposures.models import Exposure
from publicity.exposures.people import registry_of
from publicity.exposures.redaction import Change, redact_in
from publicity.pages.models import ExposurePage
from publicity.pages.money import yuan
from publicity.pages.release import new_draft
from workflow.api import Case, Decision

#: Field of the public page → what of the file it is made of. The canary test reads this list.
ALLOWED: dict[str, tuple[str, ...]] = {
    "title": ("accounts.Unit.name", "workflow.Party.name", "workflow.Case.cause"),
    "party_display": ("workflow.Party.name",),
    "uscc": ("workflow.Party.uscc",),
    "category_code": ("workflow.Category.code",),
    "category_name": ("workflow.Category.short_name",),
    "campaign_year": ("workflow.Campaign.year",),
    "unit_name": ("accounts.Unit.name",),
    "place": ("workflow.Case.place",),
    "violation": ("workflow.Case.cause",),
    "violation_type": ("workflow.ViolationType.code",),
    "decision_number": ("workflow.Decision.number",),
    "decided_on": ("workflow.Decision.decided_at",),
    "penalty_text": (
        "workflow.Party.name",
        "workflow.Penalty.kind",
        "workflow.Penalty.amount_fen",
    ),
    "fine_fen": ("workflow.Penalty.amount_fen",),
    "confiscated_fen": ("workflow.Penalty.amount_fen",),
    "laws": ("workflow.Case.legal_basis", "workflow.Decision.basis"),
    "facts": ("workflow.Decision.facts",),
    "handling": ("workflow.Decision.authority", "workflow.Decision.basis"),
    "source": ("workflow.Decision.authority",),
}
_LAW = re.compile(
    r"《?(?P<law>[\u4e00-\u9fff（）]{2,40}?(?:法|条例|办法|规定|细则|规范))》?\s*"
    r"(?P<article>第[零〇一二三四五六七八九十百千0-9]+条(?:之[一二三四五])?"
    r"(?:第[一二三四五六七八九十0-9]+款)?(?:第[（(]?[一二三四五六七八九十0-9]+[)）]?项)?)?"
)
_STATE = "中华人民共和国"
_LEADING = re.compile(r"^(?:违反了?|依据|根据|按照|以及|和|及|与)+")


def draft_from(exposure: Exposure, *, owner: User | None) -> ExposurePage:
    """Make the redacted draft page of an exposure: not live, no number, no known address.

    Natural persons, numbers and addresses are masked by the rules (domain reference 4.2).
    """
    copied, _changes = redacted(exposure.case)
    title = copied.pop("title")
    laws = [("law", item["value"]) for item in copied.pop("laws")]
    return new_draft(title=title[:255], owner=owner, laws=laws, **_fitted(copied))


def redacted(case: Case) -> tuple[dict[str, Any], list[tuple[str, Change]]]:
    """The allowed fields of the case, masked, and every change with its path."""
    return redact_in(originals(case), registry=registry_of(case))


def originals(case: Case) -> dict[str, Any]:
    """The allowed fields of the case as the file has them, before any masking."""
    decisions = issued_decisions(case)
    with translation.override(settings.LANGUAGE_CODE):
        return {
            **_of_the_case(case),
            **_of_the_parties(case),
            **_of_the_decisions(decisions),
            "laws": _laws([case.legal_basis, *(decision.basis for decision in decisions)]),
        }


def issued_decisions(case: Case) -> list[Decision]:
    """The decision that stands for each party, in the order of the parties."""
    found: dict[int, Decision] = {}
    rows = Decision.objects.filter(case_party__case=case, status=Decision.Status.ISSUED)
    rows = rows.select_related("case_party__party").prefetch_related("penalties")
    for decision in rows.order_by("round"):
        found[decision.case_party_id] = decision
    order = case.parties.order_by("order").values_list("pk", flat=True)
    return [found[pk] for pk in order if pk in found]


def working_title(case: Case) -> str:
    """A title for the staff's list: the masked public one."""
    title = {"title": _title(case)}
    masked, _changes = redact_in(title, registry=registry_of(case))
    return str(masked["title"])[:255]


def _title(case: Case) -> str:
    return f"{case.unit.name}查处{_parties(case)}{case.cause}案"


def _rows(case: Case) -> list[Any]:
    return list(case.parties.standing().select_related("party").order_by("order"))


def _parties(case: Case) -> str:
    names = [row.party.name for row in _rows(case)]
    return "、".join(names[:2]) + ("等" if len(names) > 2 else "")


def _of_the_case(case: Case) -> dict[str, Any]:
    category, violation = case.category, case.violation_type
    return {
        "title": _title(case),
        "category_code": category.code if category else "",
        "category_name": category.short_name if category else "",
        "campaign_year": category.campaign.year if category else None,
        "unit_name": case.unit.name,
        "place": case.place,
        "violation": case.cause,
        "violation_type": violation.code if violation else "",
    }


def _of_the_parties(case: Case) -> dict[str, Any]:
    parties = [row.party for row in _rows(case)]
    uscc = parties[0].uscc if len(parties) == 1 and not parties[0].is_person else ""
    return {"party_display": _parties(case), "uscc": uscc}


def _of_the_decisions(decisions: list[Decision]) -> dict[str, Any]:
    if not decisions:
        return {"facts": "<p></p>", "decided_on": None, "fine_fen": None, "confiscated_fen": None}
    penalties = [penalty for decision in decisions for penalty in decision.penalties.all()]
    text = _penalties(decisions)
    first = decisions[0]
    return {
        "decision_number": "、".join(decision.number for decision in decisions),
        "decided_on": timezone.localdate(first.decided_at) if first.decided_at else None,
        "penalty_text": text,
        "fine_fen": _sum(penalties, "fine"),
        "confiscated_fen": _sum(penalties, "gains"),
        "facts": "".join(_paragraphs(decision.facts) for decision in decisions),
        "handling": _paragraphs(f"{first.authority}依据{first.basis}，作出行政处罚：{text}")
        if text
        else "",
        "source": first.authority,
    }


def _penalties(decisions: list[Decision]) -> str:
    """What each party got, in one sentence; parties are named where there are several."""
    parts = []
    for decision in decisions:
        if words := "，".join(_penalty(penalty) for penalty in decision.penalties.all()):
            party = f"{decision.case_party.party.name}：" if len(decisions) > 1 else ""
            parts.append(party + words)
    return "；".join(parts) + "。" if parts else ""


def _penalty(penalty: Any) -> str:
    label = str(penalty.get_kind_display())
    return label if penalty.amount_fen is None else f"{label} {yuan(penalty.amount_fen)}"


def _sum(penalties: list[Any], kind: str) -> int | None:
    amounts = [p.amount_fen for p in penalties if p.kind == kind and p.amount_fen is not None]
    return sum(amounts) if amounts else None


def _paragraphs(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def _laws(texts: list[str]) -> list[dict[str, Any]]:
    """The articles cited, each once, as the stream of the page stores them.

    A law that the file also calls by its full name (中华人民共和国…) has that name everywhere.
    """
    names: dict[str, str] = {}
    found: dict[tuple[str, str], None] = {}
    for text in texts:
        for match in _LAW.finditer(text):
            law = _LEADING.sub("", match["law"])[:100]
            if len(law) > 1:
                short = law.removeprefix(_STATE)
                names[short] = max(law, names.get(short, ""), key=len)
                found.setdefault((short, (match["article"] or "")[:60]))
    return [
        {"type": "law", "value": {"law": names[short], "article": article}}
        for short, article in found
    ]


def _fitted(copied: dict[str, Any]) -> dict[str, Any]:
    """Each text within the length its column takes."""
    fitted = {}
    for name, value in copied.items():
        longest = getattr(ExposurePage._meta.get_field(name), "max_length", None)
        fitted[name] = value[:longest] if longest and isinstance(value, str) else value
    return fitted
